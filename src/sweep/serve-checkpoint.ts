import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckpointDirectory } from '../core/run-directory.ts';
import type { Endpoint } from '../inference/endpoint.ts';
import type { Slot } from '../serving/slots.ts';
import { type RunningServer, startServer } from '../serving/start-server.ts';
import type { CheckpointSource } from './find-checkpoints.ts';
import type { Serving, SweepSettings } from './sweep-settings.ts';

/** The servers of one checkpoint, one per slot, all ready. */
export interface ServedCheckpoint {
  readonly endpoints: readonly Endpoint[];
  /** Whether the server with this label has ended. */
  isDown(label: string): boolean;
  /** Stops them all; resolves when their GPUs are free. */
  stop(): Promise<void>;
}

/**
 * Starts one server per slot and waits until all are ready. When one fails to start, the others are stopped.
 *
 * @throws {SynthrlError} what `startServer` throws
 */
export async function serveCheckpoint(
  settings: SweepSettings,
  serving: Extract<Serving, { kind: 'launch' }>,
  source: CheckpointSource,
  directory: CheckpointDirectory,
  slots: readonly Slot[],
): Promise<ServedCheckpoint> {
  mkdirSync(directory.servers, { recursive: true });
  const started = await Promise.allSettled(slots.map((slot) => startOne(settings, serving, source, directory, slot)));
  const servers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = started.find((result) => result.status === 'rejected');
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  if (failure) {
    await stop();
    throw failure.reason;
  }
  try {
    announce(settings, serving, source, servers);
  } catch (error) {
    // The session could not be written down, or may not mix with those before it.
    await stop();
    throw error;
  }
  const down = new Set<string>();
  for (const server of servers) {
    void server.ended.then((end) => {
      down.add(server.label);
      settings.log.info({ checkpoint: source.name, server: server.label, end }, 'server ended');
    });
  }
  return { endpoints: servers.map((server) => asEndpoint(server, serving)), isDown: (label) => down.has(label), stop };
}

function announce(
  { listener }: SweepSettings,
  { engine }: Extract<Serving, { kind: 'launch' }>,
  source: CheckpointSource,
  servers: readonly RunningServer[],
): void {
  for (const note of new Set(servers.flatMap((server) => server.notes))) listener.say(`${source.name}: ${note}`);
  for (const { version, simulated } of servers) listener.engine({ name: engine.name, version, simulated });
}

async function startOne(
  settings: SweepSettings,
  serving: Extract<Serving, { kind: 'launch' }>,
  source: CheckpointSource,
  directory: CheckpointDirectory,
  slot: Slot,
): Promise<RunningServer> {
  const label = `slot-${slot.index}`;
  const gpus = slot.gpus.length === 0 ? '' : ` on GPU ${slot.gpus.join(', ')}`;
  settings.listener.say(`${source.name}: starting a server${gpus}`);
  return startServer({
    engine: serving.engine,
    launcher: serving.launcher,
    modelPath: source.model,
    slot,
    label,
    logFile: join(directory.servers, `${settings.session}.${label}.log`),
    maxModelLen: settings.question.sampling.maxModelLen,
    gpuMemoryUtilization: serving.gpuMemoryUtilization,
    limits: settings.question.images,
    mediaFolder: settings.images.folder,
    seed: settings.question.sampling.seed,
    startTimeoutMs: serving.startTimeoutMs,
    signal: settings.signal,
  });
}

function asEndpoint(server: RunningServer, serving: Extract<Serving, { kind: 'launch' }>): Endpoint {
  return {
    label: server.label,
    baseUrl: server.baseUrl,
    model: server.model,
    images: 'file',
    dialect: 'vllm',
    window: serving.window,
  };
}
