import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LocalLauncher } from '../../src/serving/local-launcher.ts';
import { probeEndpoint } from '../../src/serving/probe-endpoint.ts';
import { startServer } from '../../src/serving/start-server.ts';
import { createVllmEngine } from '../../src/serving/vllm-engine.ts';
import { writeSimulatedCheckpoint } from '../../src/simulator/write-checkpoint.ts';
import { fakeServerOptions, startFake } from './fake-server.ts';

const command = [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'fixtures/simulator.ts')];

/** Options that start the simulator on a whole checkpoint. */
function withSimulator(changes: Parameters<typeof fakeServerOptions>[1] = {}, extraArguments: string[] = []) {
  const options = fakeServerOptions();
  const modelPath = join(options.folder, 'global_step_16');
  writeSimulatedCheckpoint(modelPath, 16);
  const engine = createVllmEngine({ name: 'simulator', command, extraArguments, environment: {} });
  return { ...options, modelPath, engine, ...changes };
}

test('the simulator is started, read and stopped as vLLM is', async () => {
  const options = withSimulator({ slot: { index: 0, gpus: [0, 1] } });
  const server = await startFake(options);
  expect(server).toMatchObject({
    simulated: true,
    notes: [],
    capacity: { kvTokens: expect.any(Number), maxConcurrency: expect.any(Number) },
  });
  const probed = await probeEndpoint({ url: server.baseUrl });
  expect(probed).toMatchObject({ model: server.model, simulated: true, dialect: 'vllm', maxModelLen: 16384 });
  const asked = await fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: server.model, messages: [{ role: 'user', content: 'What is 2 + 2?' }] }),
  });
  expect(await asked.json()).toMatchObject({ object: 'chat.completion', model: server.model });
  await server.stop();
  expect(await server.ended).toMatchObject({ stopped: true });
  expect(readFileSync(options.logFile, 'utf8')).toContain('Application startup complete.');
});

test('what it refuses is told as vLLM’s refusal would be', async () => {
  const launcher = new LocalLauncher({ graceMs: 1000 });
  const causes = await Promise.all(
    [
      withSimulator({ launcher, slot: { index: 0, gpus: [0, 1, 2] } }),
      withSimulator({ launcher }, ['--no-such-flag']),
      withSimulator({ launcher, modelPath: '/nowhere/at/all' }),
    ].map((options) => startServer(options).catch((error: unknown) => error)),
  );
  expect(causes).toMatchObject(
    ['attention-heads', 'arguments', 'model-not-found'].map((failure) => ({ code: 'SERVER_START_FAILED', failure })),
  );
});
