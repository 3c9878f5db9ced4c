import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import sharp from 'sharp';
import type { Problem } from '../../src/core/problem.ts';
import { ask } from '../../src/inference/ask.ts';
import { ImageStore } from '../../src/inference/images/image-store.ts';

export interface SpeedRow {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** Of what was measured: requests, images. */
  readonly n: number;
}

/** Requests in flight in all measurements. */
const window = 32;

/** Answers every request at once, in a process of its own, so that its work is not counted as ours. */
const serverCode = `
  const text = 'So the angle is 42 degrees. '.repeat(20) + '\\\\boxed{42}';
  const message = { role: 'assistant', content: text };
  const body = JSON.stringify({ id: 'x', object: 'chat.completion', model: 'checkpoint',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 400, completion_tokens: 200, total_tokens: 600 } });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  require('node:http').createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, headers).end(body));
  }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

type Way = (count: number) => Promise<unknown>;

/** CPU and requests per second of the dispatcher beside a plain loop over the openai client, on one local server. */
export async function measureDispatch(count = 2000): Promise<SpeedRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'synthrl-speed-'));
  const server = spawn(process.execPath, ['-e', serverCode], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const port = await new Promise<string>((resolve) =>
      server.stdout.once('data', (line) => resolve(String(line).trim())),
    );
    const baseUrl = `http://127.0.0.1:${port}/v1`;
    const image = join(folder, 'photo.png');
    writeFileSync(image, await noise(256, 260));
    const images = new ImageStore({ folder: join(folder, 'cache'), limits });
    const kilobytes = Math.round(readFileSync(image).length / 1000);
    return [
      ...(await compare('small request', count, plain(baseUrl), ours(baseUrl, images, 'base64'))),
      ...(await compare(
        `request with a ${kilobytes} kB image inside`,
        Math.ceil(count / 4),
        plain(baseUrl, image),
        ours(baseUrl, images, 'base64', image),
      )),
      ...(await measureOne('request with an image by path, dispatcher', count, ours(baseUrl, images, 'file', image))),
    ];
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const limits = { minPixels: 3136, maxPixels: 1_003_520, maxImages: 10 };
const sampling = { temperature: 0, topP: 0.95, repetitionPenalty: 1, maxTokens: 2048, maxModelLen: 16_384, seed: 0 };
const instruction = 'You FIRST think about the reasoning process and then provide the final answer.';
const questionText = 'In triangle ABC, the angle at A is 42 degrees. What is the angle at B? '.repeat(3);

function ours(baseUrl: string, images: ImageStore, kind: 'file' | 'base64', image?: string): Way {
  return (count) =>
    ask({
      items: Array.from({ length: count }, (_, at) => ({ problem: problem(`${at}`, image), sample: 0 })),
      endpoints: [{ label: 'local', baseUrl, model: 'checkpoint', images: kind, dialect: 'vllm', window }],
      question: { prompt: { layout: 'original-eval', instruction }, images: limits, sampling },
      images,
      session: 'speed',
      record: () => undefined,
    });
}

/** What one would write in ten lines: the client's own fetch, a pool of workers, images read when asked. */
function plain(baseUrl: string, image?: string): Way {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'none' });
  const send = () => {
    const text = { type: 'text' as const, text: `${instruction} ${questionText}` };
    const url = () => `data:image/png;base64,${readFileSync(image ?? '').toString('base64')}`;
    const content = image ? [{ type: 'image_url' as const, image_url: { url: url() } }, text] : [text];
    return client.chat.completions.create({
      model: 'checkpoint',
      messages: [{ role: 'user', content }],
      temperature: 0,
      top_p: 0.95,
      max_tokens: 2048,
      seed: 0,
    });
  };
  return async (count) => {
    let left = count;
    const work = async () => {
      while (left > 0) {
        left -= 1;
        await send();
      }
    };
    await Promise.all(Array.from({ length: window }, work));
  };
}

async function compare(name: string, count: number, plainWay: Way, ourWay: Way): Promise<SpeedRow[]> {
  return [
    ...(await measureOne(`${name}, plain openai loop`, count, plainWay)),
    ...(await measureOne(`${name}, dispatcher`, count, ourWay)),
  ];
}

/** The median of three rounds after a warm-up. */
async function measureOne(name: string, count: number, way: Way): Promise<SpeedRow[]> {
  await way(Math.ceil(count / 4));
  const cpu: number[] = [];
  const rate: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage();
    const startedAt = performance.now();
    await way(count);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000 / count);
    rate.push(count / ((performance.now() - startedAt) / 1000));
  }
  return [
    { measure: name, value: median(cpu), unit: 'CPU ms per request', n: 3 * count },
    { measure: name, value: median(rate), unit: 'requests per second', n: 3 * count },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function problem(id: string, image?: string): Problem {
  const fixed = { benchmark: 'speed', question: '', choices: [], answer: '42', facets: {} };
  const images = image ? [{ path: image }] : [];
  return { ...fixed, id, group: id, prompt: questionText, images, policy: { type: 'free' } };
}

/** A picture that hardly compresses, the same at every call. */
async function noise(width: number, height: number): Promise<Uint8Array> {
  const pixels = new Uint8Array(width * height * 3);
  let state = 1;
  for (let at = 0; at < pixels.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
