import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';
import { processStartTime } from '../../src/core/process-identity.ts';
import { LocalLauncher } from '../../src/serving/local-launcher.ts';
import { type RunningServer, type StartServerOptions, startServer } from '../../src/serving/start-server.ts';
import { createVllmEngine } from '../../src/serving/vllm-engine.ts';
import { temporaryFolder } from './temporary-folder.ts';

// Real processes on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 });

/** The scripted engine as a command. */
export const fakeCommand = [process.execPath, join(import.meta.dirname, 'fixtures/fake-engine.mjs')];

/** Options that start the scripted engine; whatever still runs when the test ends is stopped. */
export function fakeServerOptions(
  script: Record<string, unknown> = {},
  changes: Partial<StartServerOptions> = {},
): StartServerOptions & { folder: string } {
  const folder = temporaryFolder();
  const engine = createVllmEngine({
    name: 'vllm',
    command: fakeCommand,
    extraArguments: [],
    environment: { FAKE_ENGINE: JSON.stringify(script) },
  });
  return {
    folder,
    engine,
    launcher: new LocalLauncher({ graceMs: 1000 }),
    modelPath: '/checkpoints/run/global_step_16/actor/huggingface',
    slot: { index: 0, gpus: [] },
    label: 'slot-0',
    logFile: join(folder, 'servers', 'slot-0.log'),
    maxModelLen: 16384,
    gpuMemoryUtilization: 0.7,
    limits: { minPixels: 262144, maxPixels: 1003520, maxImages: 10 },
    mediaFolder: join(folder, 'images'),
    seed: 7,
    startTimeoutMs: 20_000,
    ...changes,
  };
}

/** Starts a server and stops it when the test ends. */
export async function startFake(options: StartServerOptions): Promise<RunningServer> {
  const server = await startServer(options);
  onTestFinished(() => server.stop());
  return server;
}

/** Waits until a condition holds; fails after half a minute. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`did not come about: ${what}`);
    await sleep(25);
  }
}

export function isRunning(pid: number): boolean {
  return processStartTime(pid) !== undefined;
}
