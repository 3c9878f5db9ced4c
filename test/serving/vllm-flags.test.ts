import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EngineRequest } from '../../src/serving/engine.ts';
import { LocalLauncher } from '../../src/serving/local-launcher.ts';
import { vllmArguments } from '../../src/serving/vllm-arguments.ts';
import { createVllmEngine } from '../../src/serving/vllm-engine.ts';
import { parseVllmHelp, probeVllmFlags } from '../../src/serving/vllm-flags.ts';
import { fakeCommand } from './fake-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const request: EngineRequest = {
  modelPath: '/m',
  servedName: 'm@1',
  tensorParallelSize: 2,
  maxModelLen: 16384,
  gpuMemoryUtilization: 0.7,
  limits: { minPixels: 262144, maxPixels: 1003520, maxImages: 10 },
  mediaFolder: '/images',
  seed: 0,
};
const address = { host: '127.0.0.1', port: 20_100, internalPort: 24_000 };

function readFixture(name: string): string {
  return readFileSync(join(fixtures, name), 'utf8');
}

describe('help text', () => {
  test('flags are read off option lines, not off descriptions', () => {
    const { known, mediaLimits } = parseVllmHelp(readFixture('help-new.txt'));
    expect([...(known ?? [])].filter((flag) => flag.startsWith('--no-'))).toHaveLength(2);
    expect(known).toContain('--tensor-parallel-size');
    expect(known).not.toContain('--not-a-flag');
    expect(known).not.toContain('--described-only');
    expect(mediaLimits).toBe('json');
  });

  test('an old version takes media limits in pairs and is told not to log requests', () => {
    const made = vllmArguments(request, parseVllmHelp(readFixture('help-old.txt')));
    const line = made.arguments(address).join(' ');
    expect(line).toContain('--limit-mm-per-prompt image=10,video=0');
    expect(line).toMatch(/--disable-log-requests$/);
    expect(line).not.toContain('--generation-config');
    expect(made.notes).toEqual([expect.stringContaining('--generation-config: sampling settings')]);
  });

  test('text that is no help gives no flags, and then the usual ones are passed', () => {
    const flags = parseVllmHelp('Traceback (most recent call last):\n  --host\nModuleNotFoundError');
    expect(flags.known).toBeUndefined();
    const made = vllmArguments(request, flags);
    expect(made.arguments(address)).toContain('--generation-config');
    expect(made.arguments(address)).not.toContain('--disable-log-requests');
    expect(made.notes).toEqual([expect.stringContaining('did not list its flags')]);
  });
});

describe('asking a command', () => {
  const probe = async (help: string, times = 1) => {
    const record = join(temporaryFolder(), 'asked');
    const launcher = new LocalLauncher();
    const environment = { FAKE_ENGINE: JSON.stringify({ help, record }) };
    const asks = Array.from({ length: times }, () => probeVllmFlags(launcher, fakeCommand, environment));
    const [flags] = await Promise.all(asks);
    return { flags, asked: readFileSync(record, 'utf8').trim().split('\n') };
  };

  test('happens once for several servers that start together', async () => {
    const { flags, asked } = await probe('new', 4);
    expect(flags?.known).toContain('--max-model-len');
    expect(asked).toEqual(['--help=all']);
  });

  test('falls back to the help of versions before 0.10', async () => {
    const { flags, asked } = await probe('refuse');
    expect(flags?.mediaLimits).toBe('pairs');
    expect(asked).toEqual(['--help=all', '--help']);
  });

  test('ends without flags where there is no help', async () => {
    const { flags } = await probe('none');
    expect(flags?.known).toBeUndefined();
  });

  test('a program that was not there is looked for again', async () => {
    const launcher = new LocalLauncher();
    const ask = () => probeVllmFlags(launcher, ['no-such-program'], {});
    await expect(ask()).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
    await expect(ask()).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
  });
});

test.for(['--port', '--port=1', '--served_model_name', '--api-key'])('the extra argument %s is refused', (argument) => {
  const make = () =>
    createVllmEngine({ name: 'vllm', command: ['vllm'], extraArguments: [argument, 'x'], environment: {} });
  expect(make).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
