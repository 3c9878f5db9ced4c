import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

/** Exchanges that end with a server that is stopped or dies. */
const scripted = new Set(['stopped-stream', 'death-stream', 'death-reply']);
const keyed = /^keyed-|^error-(?:no-key|bad-key|file-without-flag)$/;
const exchanges = recording.replies.filter((name) => !scripted.has(name));

describe('the simulator answers as vLLM was recorded to', () => {
  test.each(exchanges)('%s', async (name) => {
    const { request, response } = recording.reply(name);
    const answer = await ask(keyed.test(name) ? servers.keyed : servers.main, request);
    expect(answer.status).toBe(response.status);
    expect(answer.headers['content-type']).toBe(response.headers['content-type']);
    if (response.json === undefined) return;
    expect(shape(answer.json)).toEqual(shape(response.json));
    if (response.status >= 400) expect(answer.json).toEqual(response.json);
  });
});

async function ask(server: RunningSimulator | undefined, request: RecordedRequest): Promise<RecordedReply> {
  const { method, headers, body } = request;
  const text = typeof body === 'string' ? body : JSON.stringify(fill(body));
  const response = await fetch(`${server?.url}${request.path}`, { method, headers, ...(body === null ? {} : { body: text }) });
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
