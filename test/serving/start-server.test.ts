import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LocalLauncher } from '../../src/serving/local-launcher.ts';
import { ServerStartError } from '../../src/serving/start-failure.ts';
import { startServer } from '../../src/serving/start-server.ts';
import { createVllmEngine } from '../../src/serving/vllm-engine.ts';
import { fakeCommand, fakeServerOptions, isRunning, startFake, until } from './fake-server.ts';

function readPids(path: string): number[] {
  return JSON.parse(readFileSync(path, 'utf8')) as number[];
}

async function failureOf(started: Promise<unknown>): Promise<ServerStartError> {
  const error = await started.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ServerStartError);
  return error as ServerStartError;
}

describe('a server that starts', () => {
  test('says its version, capacity and unique model name, and stops without a trace', async () => {
    const options = fakeServerOptions();
    const record = join(options.folder, 'record.json');
    const server = await startFake({ ...options, engine: fakeServerOptions({ record }).engine });
    expect(server).toMatchObject({
      label: 'slot-0',
      version: '0.28.0',
      simulated: false,
      capacity: { kvTokens: 1_234_567, maxConcurrency: 75.35 },
      notes: [],
    });
    expect(server.model).toMatch(/^global_step_16@[0-9a-f]{8}$/);
    const { argv, environment, pid } = JSON.parse(readFileSync(record, 'utf8'));
    expect(server.baseUrl).toBe(`http://127.0.0.1:${argv[argv.indexOf('--port') + 1]}/v1`);
    expect(argv.slice(0, 2)).toEqual(['serve', options.modelPath]);
    expect(environment).toMatchObject({
      VLLM_NO_USAGE_STATS: '1',
      DO_NOT_TRACK: '1',
      HF_HUB_OFFLINE: '1',
      TRANSFORMERS_OFFLINE: '1',
      VLLM_HTTP_TIMEOUT_KEEP_ALIVE: '120',
      NO_COLOR: '1',
      VLLM_DISABLE_LOG_LOGO: '1',
    });
    expect(Number(environment.VLLM_PORT)).toBeGreaterThanOrEqual(24_000);
    const pidFile = `${options.logFile}.pid`;
    expect(existsSync(pidFile)).toBe(true);

    await server.stop();
    await server.stop();
    expect(await server.ended).toMatchObject({ stopped: true, code: 0 });
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(pidFile)).toBe(false);
  });

  test('gets the arguments that an evaluation needs, and the extra ones last', async () => {
    const options = fakeServerOptions();
    const record = join(options.folder, 'record.json');
    const engine = createVllmEngine({
      name: 'vllm',
      command: fakeCommand,
      extraArguments: ['--dtype', 'half'],
      environment: { FAKE_ENGINE: JSON.stringify({ record }) },
    });
    const server = await startFake({ ...options, engine, slot: { index: 0, gpus: [4, 5] } });
    const { argv, environment } = JSON.parse(readFileSync(record, 'utf8'));
    expect(argv.slice(8)).toEqual([
      ...['--tensor-parallel-size', '2', '--max-model-len', '16384', '--gpu-memory-utilization', '0.7'],
      ...['--generation-config', 'vllm', '--limit-mm-per-prompt', '{"image":10,"video":0}'],
      ...['--mm-processor-kwargs', '{"min_pixels":262144,"max_pixels":1003520}'],
      ...['--allowed-local-media-path', options.mediaFolder, '--seed', '7', '--disable-uvicorn-access-log'],
      ...['--dtype', 'half'],
    ]);
    expect(argv.slice(2, 8)).toEqual(['--host', '127.0.0.1', '--port', argv[5], '--served-model-name', server.model]);
    expect(environment).toMatchObject({ CUDA_VISIBLE_DEVICES: '4,5', CUDA_DEVICE_ORDER: 'PCI_BUS_ID' });
    expect(statSync(options.mediaFolder).isDirectory()).toBe(true);
  });

  test('keys of endpoints do not reach it', async () => {
    const options = fakeServerOptions();
    process.env['OPENAI_API_KEY'] = 'sk-not-for-servers';
    process.env['HF_HUB_OFFLINE'] = '0';
    onTestFinished(() => {
      delete process.env['OPENAI_API_KEY'];
      delete process.env['HF_HUB_OFFLINE'];
    });
    const record = join(options.folder, 'record.json');
    const environment = { FAKE_ENGINE: JSON.stringify({ record }) };
    await startFake({
      ...options,
      engine: createVllmEngine({ name: 'vllm', command: fakeCommand, extraArguments: [], environment }),
    });
    const seen = JSON.parse(readFileSync(record, 'utf8')).environment;
    expect(seen.OPENAI_API_KEY).toBeUndefined();
    // What the person set wins over our default.
    expect(seen.HF_HUB_OFFLINE).toBe('0');
  });

  test('is known as the simulator when it says so', async () => {
    const server = await startFake(fakeServerOptions({ version: { version: '0.1.0', simulator: true } }));
    expect(server.simulated).toBe(true);
  });

  test('side by side, each on its own ports under its own name', async () => {
    const launcher = new LocalLauncher({ graceMs: 1000 });
    const options = [0, 1, 2].map((index) => fakeServerOptions({}, { launcher, label: `slot-${index}` }));
    const servers = await Promise.all(options.map((each) => startFake(each)));
    expect(new Set(servers.map((server) => server.baseUrl)).size).toBe(3);
    expect(new Set(servers.map((server) => server.model)).size).toBe(3);
  });

  test('is given all the time it needs while its log shows new steps', async () => {
    const slow = { everyMs: 150, steps: 12 };
    const server = await startFake(fakeServerOptions({ slow }, { startTimeoutMs: 1000 }));
    expect(server.version).toBe('0.28.0');
  });
});

describe('stopping', () => {
  test('a server that ignores SIGTERM is killed with all that it started', async () => {
    const options = fakeServerOptions();
    const pids = join(options.folder, 'pids.json');
    const script = { ignoreTerm: true, children: ['group', 'own'], pids };
    const server = await startFake({ ...options, engine: fakeServerOptions(script).engine });
    const processes = readPids(pids);
    expect(processes.map(isRunning)).toEqual([true, true, true]);
    await server.stop();
    expect(processes.map(isRunning)).toEqual([false, false, false]);
    expect(readFileSync(options.logFile, 'utf8')).toContain('SIGTERM ignored');
    expect(await server.ended).toMatchObject({ stopped: true });
  });

  test('a server that dies takes its children along, and says why', async () => {
    const options = fakeServerOptions();
    const pids = join(options.folder, 'pids.json');
    const script = { children: ['group', 'own'], pids };
    const server = await startFake({ ...options, engine: fakeServerOptions(script).engine });
    await fetch(server.baseUrl.replace('/v1', '/die'));
    expect(await server.ended).toEqual({
      code: 1,
      signal: null,
      stopped: false,
      reason: 'exited with status 1: the GPU has too little memory',
    });
    expect(readPids(pids).map(isRunning)).toEqual([false, false, false]);
    await server.stop();
  });

  test('a server that is killed says by which signal', async () => {
    const options = fakeServerOptions();
    const pids = join(options.folder, 'pids.json');
    const server = await startFake({ ...options, engine: fakeServerOptions({ pids }).engine });
    process.kill(readPids(pids)[0]!, 'SIGKILL');
    expect(await server.ended).toEqual({
      code: null,
      signal: 'SIGKILL',
      stopped: false,
      reason: 'was ended by SIGKILL',
    });
  });
});

describe('a server that does not start', () => {
  const head = '(EngineCore_DP0 pid=9) ERROR 11-22 20:00:00 [core.py:708] ';
  const wrapper = 'RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}';
  test('its log tells the cause, not what merely followed from it', async () => {
    const cause = `${head}torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 130.00 MiB.`;
    const options = fakeServerOptions({ lines: [cause, wrapper], exit: 1 });
    const error = await failureOf(startServer(options));
    expect(error).toMatchObject({
      code: 'SERVER_START_FAILED',
      failure: 'gpu-memory-exhausted',
      logFile: options.logFile,
    });
    expect(error.message).toContain('did not start: the GPU has too little memory (it exited with status 1)');
    expect(error.message).toContain(options.logFile);
    expect(error.logLines).toContain(cause);
    expect(error.hint).toContain('--max-model-len');
  });

  test('a log that says nothing of use is shown at its end, made harmless', async () => {
    const lines = [
      'one\u001b[31m red\u001b[0m \u0007',
      `long ${'x'.repeat(5000)}`,
      'last hf_abcdefghijklmnopqrstuvwxyz',
    ];
    const error = await failureOf(startServer(fakeServerOptions({ lines, exit: 3 })));
    expect(error.failure).toBe('ended');
    expect(error.message).toContain('it exited with status 3');
    expect(error.logLines.map((line) => line.slice(0, 20))).toEqual([
      'one red ',
      `long ${'x'.repeat(15)}`,
      'last <key>',
    ]);
    expect(Math.max(...error.logLines.map((line) => line.length))).toBeLessThanOrEqual(300);
  });

  test('a hang ends after the time without a new step, and leaves no process', async () => {
    const options = fakeServerOptions();
    const pids = join(options.folder, 'pids.json');
    const lines = ['INFO No available shared memory broadcast block found in 60 seconds.'];
    const script = { hang: true, lines, pids, children: ['group'] };
    const error = await failureOf(
      startServer({ ...options, engine: fakeServerOptions(script).engine, startTimeoutMs: 600 }),
    );
    expect(error.failure).toBe('waiting-for-workers');
    expect(error.message).toContain('no new step for 1 s');
    expect(readPids(pids).map(isRunning)).toEqual([false, false]);
  });

  test('a taken port is left for another, twice', async () => {
    const taken = { lines: ['OSError: [Errno 98] Address already in use'], exit: 1 };
    const first = fakeServerOptions();
    const starts = join(first.folder, 'starts');
    const server = await startFake({ ...first, engine: fakeServerOptions({ ...taken, failFirst: 2, starts }).engine });
    expect(server.version).toBe('0.28.0');
    expect(readFileSync(starts, 'utf8')).toBe('...');

    const second = fakeServerOptions(taken);
    const error = await failureOf(startServer(second));
    expect(error).toMatchObject({ code: 'PORT_TAKEN', failure: 'port-taken' });
    expect(readFileSync(second.logFile, 'utf8').match(/"serve"/g)).toHaveLength(3);
  });

  test('another server under its address is not taken for it', async () => {
    const error = await failureOf(startServer(fakeServerOptions({ servedName: 'someone-else' })));
    expect(error).toMatchObject({ code: 'PORT_TAKEN' });
    expect(error.message).toContain('another server answers at http://127.0.0.1:');
  });

  test('one whose processes cannot be written down is stopped again', async () => {
    const options = fakeServerOptions();
    const pids = join(options.folder, 'pids.json');
    mkdirSync(`${options.logFile}.pid`, { recursive: true });
    const engine = fakeServerOptions({ pids, lines: [] }).engine;
    await expect(startServer({ ...options, engine })).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    if (existsSync(pids)) expect(readPids(pids).map(isRunning)).toEqual([false]);
    expect((await options.launcher.leftovers(options.folder)).length).toBe(0);
  });

  test('a program that is not there is named with the ways out', async () => {
    const engine = createVllmEngine({ name: 'vllm', command: ['no-such-vllm'], extraArguments: [], environment: {} });
    await expect(startServer({ ...fakeServerOptions(), engine })).rejects.toMatchObject({
      code: 'ENGINE_NOT_FOUND',
      message: 'The program "no-such-vllm" that starts the server was not found.',
      hint: expect.stringMatching(/--vllm-command .*--server .*--engine simulator/),
    });
  });

  test('an interrupted start leaves nothing behind', async () => {
    const options = fakeServerOptions();
    const pids = join(options.folder, 'pids.json');
    const abort = new AbortController();
    const engine = fakeServerOptions({ hang: true, pids }).engine;
    const started = startServer({ ...options, engine, signal: abort.signal });
    const outcome = expect(started).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await until(() => existsSync(pids) && readFileSync(pids, 'utf8') !== '', 'the engine runs');
    abort.abort();
    await outcome;
    expect(readPids(pids).map(isRunning)).toEqual([false]);
    expect(existsSync(`${options.logFile}.pid`)).toBe(false);
  });
});

test('a port on which something answers is passed over', async () => {
  const other = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await sleep(0);
  const { port } = other.address() as AddressInfo;
  const launcher = new LocalLauncher({ graceMs: 1000, ports: { first: port, last: port } });
  await expect(startServer(fakeServerOptions({}, { launcher }))).rejects.toMatchObject({ code: 'PORT_TAKEN' });
});
