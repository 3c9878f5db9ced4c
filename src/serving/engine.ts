import type { ImageLimits } from '../core/run-record.ts';
import type { Launcher, ServerAddress } from './launcher.ts';
import type { LogEvent } from './log-event.ts';

/** What one server is asked to serve, and how. */
export interface EngineRequest {
  /** Folder or id of the model. */
  readonly modelPath: string;
  /** Name that the server is to give the model; unique per launch. */
  readonly servedName: string;
  /** GPUs over which the model is split; at least 1. */
  readonly tensorParallelSize: number;
  /** Longest prompt plus answer, in tokens. */
  readonly maxModelLen: number;
  /** Share of each GPU's memory that the server may take, in (0, 1]. */
  readonly gpuMemoryUtilization: number;
  readonly limits: ImageLimits;
  /** Folder from which the server may read images named by `file://`. */
  readonly mediaFolder: string;
  readonly seed: number;
}

/** How a request becomes a process. */
export interface EngineCommand {
  command(address: ServerAddress): readonly string[];
  /** Environment variables that give way to what the person has set. */
  readonly environmentDefaults: Readonly<Record<string, string>>;
  environment(address: ServerAddress): Readonly<Record<string, string>>;
  /** What people should know, e.g. settings that this version does not have. */
  readonly notes: readonly string[];
}

/** A kind of model server: makes its command line and reads its log. */
export interface Engine {
  readonly name: string;
  /** Whether its servers take the slot's GPUs; the simulator's do not. */
  readonly usesGpus: boolean;
  /** @throws {SynthrlError} `ENGINE_NOT_FOUND` when the launcher does not find its program */
  prepare(request: EngineRequest, launcher: Launcher): Promise<EngineCommand>;
  /** What a line of the log says about the start, if anything. */
  readLine(line: string): LogEvent | undefined;
}
