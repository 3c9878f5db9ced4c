import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { probeEndpoint } from '../../src/serving/probe-endpoint.ts';
import { StartProgress } from '../../src/serving/start-progress.ts';
import { vllmArguments } from '../../src/serving/vllm-arguments.ts';
import { parseVllmHelp } from '../../src/serving/vllm-flags.ts';
import { readVllmLine } from '../../src/serving/vllm-log.ts';
import { type Recording, recordings } from './recordings.ts';

/** What each recorded failure must be read as, and a line that must be shown for it. */
const failures: Readonly<Record<string, readonly [cause: string | undefined, shown: RegExp]>> = {
  'unknown-argument': ['arguments', /unrecognized arguments: --disable-log-requests/],
  'old-image-limit': ['arguments', /--limit-mm-per-prompt: Value image=2,video=0 cannot be converted/],
  'model-missing': ['model-not-found', /Repo id must be in the form|Invalid repository ID/],
  'weights-missing': ['weights-missing', /Cannot find any model weights with/],
  'weights-truncated': ['weights-truncated', /incomplete metadata|MetadataIncompleteBuffer/],
  'weights-header': ['weights-truncated', /header too large|HeaderTooLarge/],
  'weights-other-shape': ['engine', /exceeds dimension size/],
  'config-missing': ['model-not-found', /Invalid repository ID or local directory specified/],
  'config-broken': ['model-files', /is not a valid JSON file/],
  'processor-missing': ['model-files', /Can't load image processor/],
  'heads-not-divisible': ['attention-heads', /must be divisible by tensor parallel size/],
  'model-len-too-large': ['model-too-short', /is greater than the derived max_model_len/],
  'port-in-use': ['port-taken', /\[Errno 98\]/],
  'external-data-parallel': ['arguments', /do not support external data parallel mode/],
};

function follow(log: string): StartProgress & { marks: string[] } {
  const progress = new StartProgress({ readLine: readVllmLine });
  const marks: string[] = [];
  for (const line of log.split(/[\r\n]+/)) {
    const event = readVllmLine(line);
    if (progress.read(line) && event?.kind === 'progress') marks.push(event.mark);
  }
  return Object.assign(progress, { marks });
}

describe.each(recordings.map((recording) => [recording.name, recording] as const))('%s', (_name, recording) => {
  test('its help lists every flag that is passed to it, and none that it refuses', () => {
    // v0.10.0 takes the word "all" for a search; what it finds must not pass for the whole list.
    const all = parseVllmHelp(recording.text('help-all.txt'));
    const flags = all.known === undefined ? parseVllmHelp(recording.text('help.txt')) : all;
    expect(flags.known?.size).toBeGreaterThan(100);
    const { arguments: build, notes } = vllmArguments(
      {
        modelPath: '/m',
        servedName: 'm@1',
        tensorParallelSize: 2,
        maxModelLen: 16384,
        gpuMemoryUtilization: 0.7,
        limits: { minPixels: 262144, maxPixels: 1003520, maxImages: 10 },
        mediaFolder: '/media',
        seed: 0,
      },
      flags,
    );
    const used = build({ host: '127.0.0.1', port: 1, internalPort: 2 }).filter((word) => word.startsWith('--'));
    expect(used.filter((flag) => !flags.known?.has(flag))).toEqual([]);
    expect(notes).toEqual([]);
    expect(flags.mediaLimits).toBe('json');
  });

  test('its start is read to the end: steps in order, capacity, no failure', () => {
    const start = follow(recording.text('start.log'));
    expect(start.marks.slice(0, 4)).toEqual(['version', 'arguments', 'engine', 'model']);
    expect(start.marks).toEqual(expect.arrayContaining(['weights', 'warm', 'http', 'ready']));
    expect(start.cause).toBeUndefined();
    const log = recording.text('start.log');
    const tokens = /KV cache size: ([\d,]+) tokens/.exec(log)?.[1]?.replaceAll(',', '');
    const concurrency = /Maximum concurrency for [\d,]+ tokens per request: ([\d.]+)x/.exec(log)?.[1];
    expect(start.capacity).toEqual({ kvTokens: Number(tokens), maxConcurrency: Number(concurrency) });
  });

  test('refused requests are no failures of the server', () => {
    const failed = recording
      .text('serving.log')
      .split('\n')
      .filter((line) => readVllmLine(line)?.kind === 'failure');
    expect(failed).toEqual([]);
  });

  const ended = Object.entries(recording.index.failures).filter(([, { exitCode }]) => typeof exitCode === 'number');
  test.each(ended.map(([name]) => name))('the failed start %s is understood', (name) => {
    const [cause, shown] = failures[name] ?? [undefined, /never/];
    const start = follow(recording.text(`failures/${name}.log`));
    expect(start.cause).toBe(cause);
    expect(start.tellingLines.slice(-8).join('\n')).toMatch(shown);
    expect(start.marks).not.toContain('ready');
  });

  test('the death of its engine is seen in the log by those versions that see it', () => {
    const events = recording.text('death.log').split('\n').map(readVllmLine);
    const isSeen = events.some((event) => event?.kind === 'failure' && event.cause === 'engine');
    // v0.10.0 goes on as before: /health says 200, and requests are never answered.
    expect(isSeen).toBe(recording.index.death.healthAfter.status === 503);
  });

  test('a server that answers as it does is known for vLLM', async () => {
    const url = await replay(recording);
    const models = recording.reply('models').response.json;
    expect(await probeEndpoint({ url })).toEqual({
      baseUrl: `${url}/v1`,
      model: 'tiny@recording',
      version: recording.reply('version').response.json.version,
      simulated: false,
      dialect: 'vllm',
      maxModelLen: models.data[0].max_model_len,
    });
  });

  test('its files are small and name no machine', () => {
    for (const file of readdirSync(recording.folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(recording.folder, file);
      if (statSync(path).isDirectory()) continue;
      expect(statSync(path).size, file).toBeLessThan(200_000);
      if (!/\.(?:png|jpg)$/.test(file))
        expect(readFileSync(path, 'utf8'), file).not.toMatch(/\/(?:root|home|opt|work)\//);
    }
  });
});

/** A server that gives the recorded answers to GET requests. */
async function replay(recording: Recording): Promise<string> {
  const byPath: Readonly<Record<string, string>> = {
    '/v1/models': 'models',
    '/version': 'version',
    '/health': 'health',
  };
  const server = createServer((request, reply) => {
    const { status, headers, json, text } = recording.reply(byPath[request.url ?? ''] ?? 'route-unknown').response;
    reply.writeHead(status, { ...headers }).end(json === undefined ? text : JSON.stringify(json));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
