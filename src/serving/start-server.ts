import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageLimits } from '../core/run-record.ts';
import { writeError } from '../core/write-file.ts';
import type { Engine, EngineCommand } from './engine.ts';
import type { Launcher, PlacedServer, ServerEnd } from './launcher.ts';
import type { Slot } from './slots.ts';
import { explainCause, ServerStartError } from './start-failure.ts';
import { type ServerCapacity, StartProgress } from './start-progress.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** Starts anew, on another port each, after another program took the port. */
const portRetries = 2;
const defaultStartTimeoutMs = 15 * 60_000;

/** A server that is ready for requests. */
export interface RunningServer {
  readonly label: string;
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  /** Name under which it serves the model; unique per launch, so that a reply by another server is seen. */
  readonly model: string;
  /** Version as it says itself; `unknown` where it does not. */
  readonly version: string;
  /** Whether it says that it is the simulator. */
  readonly simulated: boolean;
  readonly capacity: ServerCapacity;
  /** What people should know about how it was started. */
  readonly notes: readonly string[];
  /** Resolves when it is not running any more. Never rejects. */
  readonly ended: Promise<ServerEnd>;
  /**
   * Ends it and everything that it started; its GPUs are free afterwards.
   *
   * @throws {SynthrlError} `SERVER_STOP_FAILED`
   */
  stop(): Promise<void>;
}

/** What `startServer` is told. */
export interface StartServerOptions {
  readonly engine: Engine;
  readonly launcher: Launcher;
  /** Folder or id of the model. */
  readonly modelPath: string;
  readonly slot: Slot;
  /** Short name for people, e.g. `slot-0`. */
  readonly label: string;
  readonly logFile: string;
  /** Longest prompt plus answer, in tokens. */
  readonly maxModelLen: number;
  /** Share of each GPU's memory, in (0, 1]. */
  readonly gpuMemoryUtilization: number;
  readonly limits: ImageLimits;
  /** Folder of the images that it may read by `file://`. */
  readonly mediaFolder: string;
  readonly seed: number;
  /** Longest time without progress before it is ready, in milliseconds. Default: 15 minutes. */
  readonly startTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Starts a server and waits until it is ready. Nothing of it is left when this throws.
 *
 * @throws {ServerStartError} `SERVER_START_FAILED` with the cause and lines of the log; `PORT_TAKEN` when three ports
 *   in turn were taken by others
 * @throws {SynthrlError} `ENGINE_NOT_FOUND`, `SERVER_STOP_FAILED`, or `INTERRUPTED` when the signal was aborted
 */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await tryStart(options);
    } catch (error) {
      if (!(error instanceof ServerStartError) || error.failure !== 'port-taken' || retries === portRetries)
        throw error;
    }
  }
}

async function tryStart(options: StartServerOptions): Promise<RunningServer> {
  const { engine, launcher, label, slot, signal } = options;
  const servedName = `${modelLabel(options.modelPath)}@${randomBytes(4).toString('hex')}`;
  const command = await prepare(options, servedName);
  const gpus = engine.usesGpus ? slot.gpus : [];
  const placed = await launcher.place({ label, gpus, logFile: options.logFile, ...command });
  const progress = new StartProgress(engine);
  try {
    const startTimeoutMs = options.startTimeoutMs ?? defaultStartTimeoutMs;
    const ready = await waitUntilReady({ placed, progress, servedName, startTimeoutMs, signal });
    if ('failure' in ready) {
      throw new ServerStartError({ label, ...ready, logLines: progress.tellingLines, logFile: options.logFile });
    }
    placed.recordProcesses();
    return {
      label,
      baseUrl: `${placed.url}/v1`,
      model: servedName,
      version: ready.version,
      simulated: ready.simulated,
      capacity: await readCapacity(placed, progress),
      notes: command.notes,
      ended: placed.ended.then((end) => withCause(end, placed, engine)),
      stop: () => placed.stop(),
    };
  } catch (error) {
    await placed.stop();
    throw error;
  }
}

function prepare(options: StartServerOptions, servedName: string): Promise<EngineCommand> {
  return options.engine.prepare(
    {
      modelPath: options.modelPath,
      servedName,
      tensorParallelSize: Math.max(1, options.slot.gpus.length),
      maxModelLen: options.maxModelLen,
      gpuMemoryUtilization: options.gpuMemoryUtilization,
      limits: options.limits,
      mediaFolder: resolvedFolder(options.mediaFolder),
      seed: options.seed,
    },
    options.launcher,
  );
}

/** The folder with its links resolved, as vLLM compares it with the resolved paths of images; made where it is absent. */
function resolvedFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    return realpathSync(path);
  } catch (error) {
    throw writeError(error, path);
  }
}

/** Folders that every checkpoint of verl has and that tell none from another. */
const commonFolders = ['actor', 'huggingface', ''];

/** The part of a model's path that people know it by, in characters that need no escaping anywhere. */
function modelLabel(modelPath: string): string {
  const parts = modelPath.split('/');
  const part = parts.findLast((name) => !commonFolders.includes(name)) ?? '';
  // A dash in front would be read as a flag.
  const plain = part
    .slice(-60)
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^-+/, '');
  return plain === '' ? 'model' : plain;
}

/** The lines that tell the capacity may still be on their way when /health answers. */
async function readCapacity(placed: PlacedServer, progress: StartProgress): Promise<ServerCapacity> {
  for (let looks = 0; looks < 3; looks += 1) {
    for (const line of await placed.newLogLines()) progress.read(line);
    if (progress.capacity.kvTokens !== undefined) break;
    await sleep(20);
  }
  return progress.capacity;
}

/** Adds what the end of the log says about a server that ended by itself. */
async function withCause(end: ServerEnd, placed: PlacedServer, engine: Engine): Promise<ServerEnd> {
  if (end.stopped) return end;
  const tail = new StartProgress(engine);
  for (const line of await placed.lastLogLines()) tail.read(line);
  return tail.cause === undefined ? end : { ...end, reason: `${end.reason}: ${explainCause(tail.cause)}` };
}
