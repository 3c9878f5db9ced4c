import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageTokens } from '../../src/inference/images/image-tokens.ts';
import { negativeName, serveFlags } from '../../src/simulator/command/serve-flags.ts';
import { type RunningSimulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type RecordedReply, type RecordedRequest, recordingOf } from '../serving/recordings.ts';

// The simulator speaks the wire format of the newest recorded version.
const recording = recordingOf('vllm-0.32.0-cpu');

const work = mkdtempSync(join(tmpdir(), 'synthrl-conformance-'));
const media = join(work, 'media');
const outside = join(work, 'outside');
const servers: { main?: RunningSimulator; keyed?: RunningSimulator } = {};

beforeAll(async () => {
  mkdirSync(outside);
  cpSync(join(recording.folder, 'images'), media, { recursive: true });
  cpSync(join(recording.folder, 'images', 'triangle.png'), join(outside, 'triangle.png'));
  symlinkSync(join(media, 'triangle.png'), join(media, 'link.png'));
  const settings = {
    model: '/model',
    servedNames: ['tiny@recording'],
    host: '127.0.0.1',
    port: 0,
    maxModelLen: 2048,
    mediaLimits: { image: 2, video: 0 },
  };
  servers.main = await startSimulator({ ...settings, mediaFolder: media });
  servers.keyed = await startSimulator({ ...settings, apiKeys: ['recording-key'] });
});

afterAll(async () => {
  await servers.main?.close();
  await servers.keyed?.close();
  rmSync(work, { recursive: true });
});

/** Exchanges in which a server is stopped or dies. */
const scripted = new Set(['stopped-stream', 'death-stream', 'death-reply']);
const keyed = /^keyed-|^error-(?:no-key|bad-key|file-without-flag)$/;
const exchanges = recording.replies.filter((name) => !scripted.has(name));

/** Where the simulator is meant to differ, and what is held all the same. */
const deviations: Readonly<Record<string, { readonly why: string; readonly held: 'status' | 'words' | 'nothing' }>> = {
  version: { why: 'it says that it is a simulator', held: 'status' },
  'keyed-version-no-key': { why: 'it says that it is a simulator', held: 'status' },
  'chat-logprobs': { why: 'it has no probabilities', held: 'status' },
  'error-image-without-url': { why: 'a parser of another language words it', held: 'status' },
  'error-too-small-image': { why: 'it refuses what older versions refuse', held: 'nothing' },
  'error-unreachable-url': { why: 'the reason is in the words of its own HTTP client', held: 'status' },
  'error-image-too-long': { why: 'its tokenizer counts otherwise', held: 'words' },
};

describe('the simulator answers as vLLM was recorded to', () => {
  test.each(exchanges)('%s', async (name) => {
    const { request, response } = recording.reply(name);
    const answer = await ask(keyed.test(name) ? servers.keyed : servers.main, request);
    const held = deviations[name]?.held;
    if (held === 'nothing') return;
    expect(answer.status).toBe(response.status);
    expect(answer.headers['content-type']).toBe(response.headers['content-type']);
    if (held === 'status' || response.json === undefined) return;
    expect(shape(answer.json)).toEqual(shape(response.json));
    if (response.status < 400) return;
    expect(held === 'words' ? withoutNumbers(answer.json) : answer.json).toEqual(
      held === 'words' ? withoutNumbers(response.json) : response.json,
    );
  });

  test.each(
    exchanges.filter((name) => name.startsWith('chat-stream') && recording.reply(name).response.status === 200),
  )('the events of %s', async (name) => {
    const { request, response } = recording.reply(name);
    const recorded = events(response);
    const answered = events(await ask(servers.main, request));
    expect(answered.at(-1)).toBe('[DONE]');
    expect(recorded.at(-1)).toBe('[DONE]');
    for (const at of [0, 1, -2]) expect(shape(answered.at(at))).toEqual(shape(recorded.at(at)));
  });

  test('every counter that it shows is one of vLLM, under the same labels', async () => {
    const shown = series(await (await fetch(`${servers.main?.url}/metrics`)).text());
    const recorded = series(recording.text('metrics-busy.txt'));
    expect([...shown].filter((name) => !recorded.has(name))).toEqual([]);
    expect(shown.size).toBeGreaterThan(20);
  });

  test('every argument that vLLM takes is taken', () => {
    const lines = recording.text('help-all.txt').split('\n');
    const heads = lines.filter((line) => /^ {2}-/.test(line));
    const names = heads.flatMap((line) => line.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? []);
    const known = new Set(serveFlags.flatMap((flag) => [...flag.names, negativeName(flag)]));
    expect(names.length).toBeGreaterThan(400);
    expect(names.filter((name) => !known.has(name) && !['-h', '--help'].includes(name))).toEqual([]);
  });

  // Pixel sizes of the recorded images; 280 x 224 pixels are 10 x 8 patches.
  test.each([
    ['chat-image-data', [[280, 224]]],
    ['chat-image-file', [[280, 224]]],
    ['chat-image-jpeg', [[300, 200]]],
    ['chat-image-transparent', [[200, 200]]],
    [
      'chat-two-images',
      [
        [280, 224],
        [140, 112],
      ],
    ],
  ] as const)('images take as many tokens: %s', (name, sizes) => {
    const counted = promptTokens(name) - promptTokens('chat-text');
    const framed = sizes.map(([width, height]) => imageTokens(width, height) + 2);
    expect(framed.reduce((sum, tokens) => sum + tokens, 0)).toBe(counted);
  });
});

function promptTokens(name: string): number {
  return recording.reply(name).response.json.usage.prompt_tokens;
}

/** The events of a stream, parsed but for the mark of its end. */
function events(reply: RecordedReply): unknown[] {
  const lines = (reply.text ?? '').split('\n').filter((line) => line.startsWith('data: '));
  return lines.map((line) => (line === 'data: [DONE]' ? '[DONE]' : JSON.parse(line.slice(6))));
}

/** Names and label names of all series of vLLM's own, without bucket bounds. */
function series(metrics: string): Set<string> {
  const lines = metrics.split('\n').filter((line) => line.startsWith('vllm:'));
  return new Set(lines.map((line) => line.replace(/"[^"]*"/g, '""').replace(/ \S+$/, '')));
}

function withoutNumbers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/(?<=\()\d+/g, '0'));
}

async function ask(server: RunningSimulator | undefined, request: RecordedRequest): Promise<RecordedReply> {
  const { method, headers, body } = request;
  const text = typeof body === 'string' ? body : JSON.stringify(fill(body));
  const response = await fetch(`${server?.url}${request.path}`, {
    method,
    headers,
    ...(body === null ? {} : { body: text }),
  });
  const type = response.headers.get('content-type');
  const said = await response.text();
  return {
    status: response.status,
    headers: type === null ? {} : { 'content-type': type },
    ...(type?.startsWith('application/json') ? { json: JSON.parse(said) } : { text: said }),
  };
}

/** Puts the addresses of the recorded images into a body. */
function fill(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fill);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)]));
  }
  const [, kind, name = ''] = (typeof value === 'string' && /^\{(data|file|outside):(.+)\}$/.exec(value)) || [];
  if (kind === undefined) return value;
  if (kind !== 'data') return pathToFileURL(join(kind === 'file' ? media : outside, name)).href;
  const type = name.endsWith('.jpg') ? 'image/jpeg' : 'image/png';
  return `data:${type};base64,${readFileSync(join(media, name)).toString('base64')}`;
}

/** Names and kinds of all members; a list by its first item. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shape(item)]));
  }
  return value === null ? 'null' : typeof value;
}
