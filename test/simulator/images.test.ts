import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { chat, serve, user } from './server.ts';

let folder: string;
let allowed: string;
let picture: Buffer;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'synthrl-media-')));
  allowed = join(folder, 'allowed images');
  await mkdir(allowed);
  picture = await draw(140, 112);
  await writeFile(join(allowed, 'a b?#.png'), picture);
  await writeFile(join(folder, 'outside.png'), picture);
  await symlink(join(folder, 'outside.png'), join(allowed, 'link.png'));
});

afterAll(() => rm(folder, { recursive: true }));

function draw(width: number, height: number, format: 'png' | 'jpeg' | 'webp' = 'png'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#3366aa' } })
    .toFormat(format)
    .toBuffer();
}

const dataUrl = (bytes: Buffer) => `data:image/png;base64,${bytes.toString('base64')}`;

test('image tokens are counted by the size after resizing', async () => {
  const server = await serve();
  const tokens = async (...urls: string[]) => (await chat(server, user('Look.', ...urls))).body.usage.prompt_tokens;
  const none = await tokens();
  // 140 x 112 pixels are 5 x 4 patches of 28; two more tokens frame the image.
  expect((await tokens(dataUrl(picture))) - none).toBe(22);
  expect((await tokens(dataUrl(picture), dataUrl(await draw(280, 280)))) - none).toBe(22 + 102);
});

test('the processor limits given at the start count', async () => {
  const server = await serve({ pixels: { minPixels: 3136, maxPixels: 7840 } });
  const body = (await chat(server, user('Look.', dataUrl(await draw(280, 280))))).body;
  const none = (await chat(server, user('Look.'))).body;
  expect(body.usage.prompt_tokens - none.usage.prompt_tokens).toBe(9 + 2);
});

test('images alone can be too long', async () => {
  const server = await serve({ maxModelLen: 200 });
  const reply = await chat(server, user('Look.', dataUrl(await draw(560, 560))));
  expect(reply.status).toBe(400);
  expect(reply.body.error.message).toMatch(/^Input length \(\d+\) exceeds model's maximum context length \(200\)\.$/);
});

test('images that overflow the rest make the answer shorter', async () => {
  const server = await serve({ maxModelLen: 150 });
  const reply = await chat(server, { ...user('Look.', dataUrl(await draw(280, 280))), max_tokens: 100 });
  expect(reply.body.usage.total_tokens).toBe(150);
  expect(reply.body.choices[0].finish_reason).toBe('length');
});

const bad: readonly { name: string; url: () => string | Promise<string>; status: number; message: RegExp }[] = [
  {
    name: 'no image',
    url: () => dataUrl(Buffer.from('no image at all')),
    status: 400,
    message: /^Failed to load image: cannot identify/,
  },
  {
    name: 'half a PNG',
    url: () => dataUrl(picture.subarray(0, picture.length / 2)),
    status: 400,
    message: /^Failed to load image/,
  },
  {
    name: 'a PNG with one wrong byte',
    url: () => dataUrl(Buffer.from(picture.map((byte, at) => (at === picture.length - 20 ? byte ^ 1 : byte)))),
    status: 400,
    message: /^Failed to load image/,
  },
  {
    name: 'half a JPEG',
    url: async () => dataUrl((await draw(300, 300, 'jpeg')).subarray(0, 700)),
    status: 400,
    message: /^Failed to load image/,
  },
  {
    name: 'base64 with a line break',
    url: () => dataUrl(picture).replace(/(.{60})/, '$1\n'),
    status: 400,
    message: /base64/,
  },
  {
    name: 'base64 without its padding',
    url: () => 'data:image/png;base64,QUJDRA',
    status: 400,
    message: /base64/,
  },
  { name: 'data without base64', url: () => 'data:image/png,abc', status: 501, message: /base64/ },
  { name: 'another scheme', url: () => 'ftp://host/x.png', status: 400, message: /HTTP, data or file URL/ },
  { name: 'no address', url: () => 'picture.png', status: 400, message: /HTTP, data or file URL/ },
  {
    name: 'a tiny image',
    url: async () => dataUrl(await draw(20, 100)),
    status: 400,
    message: /^Failed to apply Qwen2_5_VLProcessor on data=/,
  },
  {
    name: 'a very long image',
    url: async () => dataUrl(await draw(6000, 28)),
    status: 400,
    message: /^Failed to apply /,
  },
  { name: 'a file outside', url: () => `file://${folder}/outside.png`, status: 400, message: /must be a subpath/ },
  {
    name: 'a file outside by dots',
    url: () => `file://${allowed}/%2e%2e/outside.png`,
    status: 400,
    message: /must be a subpath/,
  },
  {
    name: 'a link to a file outside',
    url: () => `file://${allowed}/link.png`,
    status: 400,
    message: /must be a subpath/,
  },
  { name: 'the folder itself', url: () => `file://${allowed}`, status: 400, message: /must be a subpath/ },
  { name: 'an absent file', url: () => `file://${allowed}/absent.png`, status: 500, message: /No such file/ },
];

test.for(bad)('refuses $name with $status', async ({ url, status, message }) => {
  const server = await serve({ mediaFolder: allowed });
  const reply = await chat(server, user('Look.', await url()));
  expect(reply.status).toBe(status);
  expect(reply.body.error).toMatchObject({ code: status, message: expect.stringMatching(message) });
  expect(reply.body.error.message).not.toContain(folder);
});

test('file:// is refused with 500 where no folder is allowed', async () => {
  const server = await serve();
  const reply = await chat(server, user('Look.', `file://${allowed}/x.png`));
  expect(reply).toMatchObject({ status: 500, body: { error: { type: 'InternalServerError', code: 500 } } });
});

test('reads percent-encoded file addresses, and a file again when it changed', async () => {
  const server = await serve({ mediaFolder: allowed });
  const url = `file://${allowed.replaceAll(' ', '%20')}/a%20b%3F%23.png?version=1#part`;
  const first = await chat(server, user('Look.', url));
  expect(first.status).toBe(200);
  await writeFile(join(allowed, 'a b?#.png'), await draw(280, 280));
  const second = await chat(server, user('Look.', url));
  expect(second.body.usage.prompt_tokens - first.body.usage.prompt_tokens).toBe(80);
});

test.for(['png', 'jpeg', 'webp'] as const)('takes %s whatever its media type says', async (format) => {
  const server = await serve();
  expect((await chat(server, user('Look.', dataUrl(await draw(100, 80, format))))).status).toBe(200);
});

test('fetches an image from a web server; its 404 is a 422', async () => {
  const web = createServer((request, reply) => {
    if (request.url === '/there.png') reply.end(picture);
    else reply.writeHead(404).end();
  });
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
  onTestFinished(() => void web.close());
  const address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const server = await serve();
  expect((await chat(server, user('Look.', `${address}/there.png`))).status).toBe(200);
  expect((await chat(server, user('Look.', `${address}/gone.png`))).status).toBe(422);
});
