import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { writeAnswerKey } from '../../src/simulator/answer-key.ts';
import { LoadingError } from '../../src/simulator/command/check-model.ts';
import { ArgumentError, parseServe } from '../../src/simulator/command/parse-serve.ts';
import { settingsFrom } from '../../src/simulator/command/settings-from.ts';
import { writeSimulatedCheckpoint } from '../../src/simulator/write-checkpoint.ts';
import { sampleKey } from './sample-key.ts';
import { post, user } from './server.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synthrl-command-'));
});

afterAll(() => rm(folder, { recursive: true }));

interface Running {
  readonly child: ChildProcess;
  /** Both streams. */
  output(): string;
  /** Exit status. */
  readonly ended: Promise<number | null>;
}

function run(words: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'vllm.mjs'), ...words], {
    env: { ...process.env, ...environment },
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, output: () => text, ended: once(child, 'close').then(([status]) => status as number | null) };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  return port;
}

const isUp = (port: number) =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    (response) => response.status === 200,
    () => false,
  );

test('serves a checkpoint like vllm does, from start-up to SIGTERM', { timeout: 20_000 }, async () => {
  const model = join(folder, 'run', 'global_step_4');
  writeSimulatedCheckpoint(model, 4);
  const keyPath = join(folder, 'key.json');
  const key = sampleKey(10, { global_step_4: 100 });
  writeAnswerKey(keyPath, key);
  const port = await freePort();
  const flags = [
    '--port',
    String(port),
    '--host',
    '127.0.0.1',
    '--served_model_name',
    'ckpt@1',
    '--max-model-len',
    '16K',
  ];
  const words = [
    'serve',
    model,
    ...flags,
    '-tp',
    '2',
    '--limit-mm-per-prompt',
    '{"image":10,"video":0}',
    '--api-key',
    'hush',
  ];
  const server = run(words, { SYNTHRL_SIMULATOR_KEY: keyPath, SYNTHRL_SIMULATOR_STARTUP_MS: '600' });
  await expect.poll(server.output, { timeout: 10_000 }).toContain('Starting to load model');
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await expect.poll(() => isUp(port), { timeout: 10_000 }).toBe(true);
  const body = { model: 'ckpt@1', ...user(`Think. ${key.entries[0]?.prompt}`), temperature: 0 };
  const reply = await post(`http://127.0.0.1:${port}/v1/chat/completions`, body, { authorization: 'Bearer hush' });
  expect(reply).toMatchObject({ status: 200, body: { model: 'ckpt@1', choices: [{ finish_reason: 'stop' }] } });
  expect(reply.body.system_fingerprint).toContain('-tp2-');
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  const log = server.output();
  expect(log.split('\n')[0]).toMatch(/^synthrl simulator/);
  for (const marker of [
    /vLLM server version [\d.]+\S*, serving model/,
    /non-default args:/,
    /Initializing a V1 LLM engine \(v/,
    /Loading safetensors checkpoint shards:\s+(\d+)%/,
    /Loading weights took ([\d.]+) seconds/,
    /Available KV cache memory: ([\d.]+) GiB/,
    /GPU KV cache size: ([\d,]+) tokens/,
    /Maximum concurrency for 16,384 tokens per request: ([\d.]+)x/,
    /Graph capturing finished in (\d+) secs/,
    /init engine \(profile, create kv cache, warmup model\) took ([\d.]+)/,
    /Starting vLLM (API )?server.* on http/,
    /Application startup complete\./,
    /"POST \/v1\/chat\/completions HTTP\/1\.1" 200 OK/,
  ]) {
    expect(log).toMatch(marker);
  }
  expect(log).not.toContain('hush');
});

test('stops while it loads', { timeout: 20_000 }, async () => {
  const server = run(['serve', 'tiny', '--port', '0'], { SYNTHRL_SIMULATOR_STARTUP_MS: '60000' });
  await expect.poll(server.output, { timeout: 10_000 }).toContain('Initializing');
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});

/** How a command line is refused, without paying for a process: 2 in argparse's way, 1 with a traceback. */
function refusal(words: readonly string[]): { status: number; message: string } | undefined {
  try {
    settingsFrom(parseServe(words), {}, () => undefined);
    return undefined;
  } catch (error) {
    if (error instanceof ArgumentError) return { status: 2, message: error.message };
    if (error instanceof LoadingError) return { status: 1, message: error.message };
    throw error;
  }
}

const failures: readonly { name: string; words: (model: string) => readonly string[]; status: number; says: RegExp }[] =
  [
    {
      name: 'an unknown flag',
      words: (model) => ['serve', model, '--disable-log-requests'],
      status: 2,
      says: /^unrecognized arguments: --disable-log-requests/,
    },
    {
      name: 'a port of letters',
      words: (model) => ['serve', model, '--port', 'x'],
      status: 2,
      says: /argument --port: invalid int value: 'x'/,
    },
    {
      name: 'a flag without its value',
      words: (model) => ['serve', model, '--port'],
      status: 2,
      says: /argument --port: expected one argument/,
    },
    {
      name: 'the old form of media limits',
      words: (model) => ['serve', model, '--limit-mm-per-prompt', 'image=4'],
      status: 2,
      says: /argument --limit-mm-per-prompt/,
    },
    {
      name: 'heads that do not split',
      words: (model) => ['serve', model, '-tp', '8'],
      status: 1,
      says: /Total number of attention heads \(28\) must be divisible by tensor parallel size \(8\)/,
    },
    {
      name: 'a missing folder',
      words: () => ['serve', '/no/such/model'],
      status: 1,
      says: /Repo id must be in the form .*'\/no\/such\/model'/,
    },
    {
      name: 'a missing media folder',
      words: (model) => ['serve', model, '--allowed-local-media-path', '/no/such/folder'],
      status: 1,
      says: /--allowed-local-media-path/,
    },
  ];

test.for(failures)('refuses $name in the words of vllm', ({ words, status, says }) => {
  const model = join(folder, 'whole');
  writeSimulatedCheckpoint(model, 1);
  const [, ...rest] = words(model);
  expect(refusal(rest)).toEqual({ status, message: expect.stringMatching(says) });
});

const broken: readonly { name: string; harm: (model: string) => Promise<void>; says: RegExp }[] = [
  {
    name: 'no config.json',
    harm: (model) => rm(join(model, 'config.json')),
    says: /Invalid repository ID or local directory/,
  },
  {
    name: 'no weights',
    harm: (model) => rm(join(model, 'model.safetensors')),
    says: /Cannot find any model weights with/,
  },
  {
    name: 'weights cut in the header',
    harm: (model) => truncate(join(model, 'model.safetensors'), 20),
    says: /safetensors.*InvalidHeader/,
  },
  {
    name: 'weights cut in the data',
    harm: (model) => truncate(join(model, 'model.safetensors'), 70),
    says: /safetensors.*incomplete metadata, file not fully covered/,
  },
  {
    name: 'weights of rubbish',
    harm: (model) => writeFile(join(model, 'model.safetensors'), 'x'.repeat(99)),
    says: /safetensors.*header too large/,
  },
];

test.for(broken)('refuses a checkpoint with $name', async ({ name, harm, says }) => {
  const model = join(folder, name);
  writeSimulatedCheckpoint(model, 1);
  await harm(model);
  expect(refusal([model])).toEqual({ status: 1, message: expect.stringMatching(says) });
});

test('ends before loading when the port is taken', { timeout: 20_000 }, async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as { port: number };
  const server = run(['serve', 'tiny', '--host', '127.0.0.1', '--port', String(port)]);
  expect(await server.ended).toBe(1);
  expect(server.output()).toMatch(/\[Errno 98\] Address already in use/);
  expect(server.output()).not.toContain('Initializing');
});

test('prints usage and ends with 2 for an unknown flag, with 1 for a missing model', { timeout: 20_000 }, async () => {
  const flag = run(['serve', 'tiny', '--disable-log-requests']);
  const model = run(['serve', '/no/such/model']);
  const empty = join(folder, 'no weights at all');
  writeSimulatedCheckpoint(empty, 1);
  await rm(join(empty, 'model.safetensors'));
  const weights = run(['serve', empty]);
  expect([await flag.ended, await model.ended, await weights.ended]).toEqual([2, 1, 1]);
  expect(weights.output()).toMatch(
    /ERROR .*Cannot find any model weights with[\s\S]*RuntimeError: Engine core initialization failed\./,
  );
  expect(flag.output()).toMatch(/^usage: vllm serve .*\n.*error: unrecognized arguments: --disable-log-requests\n$/);
  expect(model.output()).toMatch(/Traceback[\s\S]*HFValidationError: Repo id must be/);
});

test('tells its version and its flags', { timeout: 20_000 }, async () => {
  const version = run(['--version']);
  const all = run(['serve', '--help=all']);
  const some = run(['serve', '--help=max-num']);
  expect([await version.ended, await all.ended, await some.ended]).toEqual([0, 0, 0]);
  expect(version.output()).toMatch(/^0\.\d+\.\d+\+synthrl\.\S+\n$/);
  for (const flag of [
    '--tensor-parallel-size',
    '-tp',
    '--no-enable-prefix-caching',
    '--limit-mm-per-prompt',
    '--generation-config',
  ]) {
    expect(all.output()).toContain(flag);
  }
  expect(some.output()).toContain('--max-num-seqs');
  expect(some.output()).not.toContain('--port');
});
