import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/inference/endpoint.ts';
import { ImageStore } from '../../src/inference/images/image-store.ts';
import { askAll, endpoint, limits, problem, question, root } from './asking-kit.ts';
import { type Received, reply, startScriptedServer } from './scripted-server.ts';

// A folder whose name means something in URLs: servers decode what they are sent, once.
const folder = join(root, 'a folder #1? 100%25 é');
mkdirSync(folder, { recursive: true });
const store = new ImageStore({ folder, limits });

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function picture(name: string, background: string): Promise<{ path: string }> {
  const path = join(root, name);
  writeFileSync(
    path,
    await sharp({ create: { width: 70, height: 60, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return { path };
}

async function sent(over: {
  endpoint?: Partial<Endpoint>;
  layout?: 'original-eval' | 'train';
  images?: number;
  sample?: number;
  instruction?: string;
}): Promise<Received> {
  await using server = await startScriptedServer((_received, response) => reply(response));
  const shown = [await picture('one.png', 'red'), await picture('two.png', 'blue')].slice(0, over.images ?? 1);
  const { outcome } = await askAll({
    items: [{ problem: problem('p', { images: shown, prompt: 'How "long" is ∠ABC?\n' }), sample: over.sample ?? 0 }],
    endpoints: [endpoint(server.baseUrl, over.endpoint)],
    images: store,
    question: {
      ...question,
      prompt: { layout: over.layout ?? 'original-eval', instruction: over.instruction ?? 'Think.' },
    },
  });
  expect(outcome.answered).toBe(1);
  const [received] = server.received;
  if (!received) throw new Error('nothing was received');
  return received;
}

const kinds = (received: Received) =>
  received.body.messages[0].content.map((part: { type: string; text?: string }) => part.text ?? part.type);

describe('the user turn', () => {
  test('original-eval: images, then instruction, one space, question', async () => {
    const received = await sent({ images: 2 });
    expect(received.body.messages).toHaveLength(1);
    expect(received.body.messages[0].role).toBe('user');
    expect(kinds(received)).toEqual(['image_url', 'image_url', 'Think. How "long" is ∠ABC?\n']);
  });

  test('train: instruction, one space, images, question', async () => {
    expect(kinds(await sent({ images: 2, layout: 'train' }))).toEqual([
      'Think. ',
      'image_url',
      'image_url',
      'How "long" is ∠ABC?\n',
    ]);
  });

  test('without an instruction nothing stands before the question', async () => {
    expect(kinds(await sent({ instruction: '' }))).toEqual(['image_url', 'How "long" is ∠ABC?\n']);
    expect(kinds(await sent({ instruction: '', layout: 'train' }))).toEqual(['image_url', 'How "long" is ∠ABC?\n']);
  });

  test.for(['original-eval', 'train'] as const)('a problem without images is one text (%s)', async (layout) => {
    const { body } = await sent({ images: 0, layout });
    expect(body.messages).toEqual([{ role: 'user', content: 'Think. How "long" is ∠ABC?\n' }]);
  });
});

describe('images', () => {
  test('as a path, the URL leads to the prepared file', async () => {
    const { body } = await sent({ endpoint: { images: 'file' } });
    const { url } = body.messages[0].content[0].image_url;
    const prepared = await store.prepare({ path: join(root, 'one.png') });
    expect(url).toMatch(/^file:\/\/\/[^ #?]+$/);
    expect(fileURLToPath(url)).toBe(prepared.path);
  });

  test('as base64, the body holds the prepared bytes', async () => {
    const { body, headers } = await sent({ endpoint: { images: 'base64' }, images: 2 });
    for (const [index, name] of ['one.png', 'two.png'].entries()) {
      const { url } = body.messages[0].content[index].image_url;
      const prepared = await store.prepare({ path: join(root, name) });
      const [head, data] = url.split(',');
      expect(head).toBe('data:image/png;base64');
      expect(Buffer.from(data, 'base64').equals(readFileSync(prepared.path))).toBe(true);
    }
    expect(kinds({ body } as Received)).toEqual(['image_url', 'image_url', 'Think. How "long" is ∠ABC?\n']);
    expect(Number(headers['content-length'])).toBeGreaterThan(200);
  });
});

describe('settings', () => {
  const standard = { model: 'checkpoint', temperature: 0, top_p: 0.95, max_tokens: 64 };
  test('vllm: every sampling field is sent', async () => {
    const { body, url } = await sent({ sample: 3 });
    const { messages: _messages, ...settings } = body;
    expect(url).toBe('/v1/chat/completions');
    expect(settings).toEqual({
      ...standard,
      seed: 10,
      n: 1,
      stream: false,
      repetition_penalty: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
      top_k: -1,
      min_p: 0,
    });
  });

  test('openai: only standard ones', async () => {
    const { messages: _messages, ...settings } = (await sent({ endpoint: { dialect: 'openai' } })).body;
    expect(settings).toEqual({ ...standard, seed: 7 });
  });
});

describe('keys', () => {
  const environment = { ...process.env };
  afterEach(() => {
    process.env = { ...environment };
  });

  test('a key is sent where the endpoint has one, and nothing of the environment elsewhere', async () => {
    process.env['OPENAI_API_KEY'] = 'sk-environment';
    process.env['OPENAI_ADMIN_KEY'] = 'sk-admin';
    process.env['OPENAI_ORG_ID'] = 'org';
    process.env['OPENAI_PROJECT_ID'] = 'project';
    const without = await sent({});
    expect(without.headers.authorization).toBeUndefined();
    expect(JSON.stringify(without.headers)).not.toMatch(/sk-|org|project/i);
    expect((await sent({ endpoint: { apiKey: 'sk-mine' } })).headers.authorization).toBe('Bearer sk-mine');
  });
});

describe('what a reply says', () => {
  const choice = (message: object, over = {}) => ({ choices: [{ message, finish_reason: 'stop', ...over }] });
  const replies: [name: string, over: object, dialect: Endpoint['dialect'], record: object][] = [
    ['text', choice({ content: 'said' }), 'vllm', { text: 'said', finishReason: 'stop' }],
    ['nothing is an answer too', choice({ content: null }), 'vllm', { text: '' }],
    ['an empty text', choice({ content: '' }), 'vllm', { text: '' }],
    ['cut', choice({ content: 'so far' }, { finish_reason: 'length' }), 'vllm', { finishReason: 'length' }],
    ['no reason', choice({ content: 'said' }, { finish_reason: null }), 'openai', { finishReason: 'unknown' }],
    ['thinking', choice({ reasoning: 'hm', content: '42' }), 'vllm', { text: '<think>hm</think>42' }],
    [
      'thinking of older servers',
      choice({ reasoning_content: 'hm', content: '42' }),
      'vllm',
      { text: '<think>hm</think>42' },
    ],
    ['thinking only', choice({ reasoning: 'hm', content: null }), 'vllm', { text: '<think>hm</think>' }],
    ['a refusal', choice({ content: null, refusal: 'No.' }), 'openai', { text: 'No.' }],
    ['another name for the model', { model: 'gpt-2026-01-01' }, 'openai', { text: '\\boxed{42}' }],
    ['a fingerprint', { system_fingerprint: 'vllm-0.28-tp2' }, 'vllm', { fingerprint: 'vllm-0.28-tp2' }],
    ['no usage', { usage: undefined }, 'openai', { text: '\\boxed{42}' }],
    ['usage that is none', { usage: { prompt_tokens: -1 } }, 'openai', { text: '\\boxed{42}' }],
    ['broken surrogates', choice({ content: 'a\ud800b' }), 'vllm', { status: 'answered' }],
  ];
  test.for(replies)('%s', async ([_name, over, dialect, record]) => {
    await using server = await startScriptedServer((_received, response) => reply(response, { ...over }));
    const { records } = await askAll({
      items: [{ problem: problem('p'), sample: 0 }],
      endpoints: [endpoint(server.baseUrl, { dialect })],
    });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ status: 'answered', final: true, ...record });
    if ('usage' in over) expect(records[0]).not.toHaveProperty('usage');
  });
});
