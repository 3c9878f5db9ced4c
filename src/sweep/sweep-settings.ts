import type { Logger } from 'pino';
import type { RunDirectory } from '../core/run-directory.ts';
import type { AskedQuestion } from '../core/run-record.ts';
import type { EngineRecord } from '../core/session.ts';
import type { Grader } from '../grading/grader.ts';
import type { Endpoint } from '../inference/endpoint.ts';
import type { ImageStore } from '../inference/images/image-store.ts';
import type { Engine } from '../serving/engine.ts';
import type { Launcher } from '../serving/launcher.ts';
import type { Slot } from '../serving/slots.ts';
import type { CheckpointSource } from './find-checkpoints.ts';
import type { BenchmarkUnderTest } from './grade-and-summarise.ts';

/** Where requests go: servers that are started for each checkpoint, or endpoints that already run. */
export type Serving =
  | {
      readonly kind: 'launch';
      readonly engine: Engine;
      readonly launcher: Launcher;
      readonly slots: readonly Slot[];
      readonly gpuMemoryUtilization: number;
      readonly startTimeoutMs: number;
      /** Most requests in flight per server. */
      readonly window: number;
      /** The engine loads no weights, so that a folder without them is complete. */
      readonly weightsOptional: boolean;
    }
  | { readonly kind: 'endpoints'; readonly endpoints: readonly Endpoint[]; readonly engine: EngineRecord };

/** What a checkpoint is about; `failed`: it could not be evaluated, or not to its end. */
export type CheckpointStage = 'starting' | 'asking' | 'grading' | 'done' | 'failed';

/** Samples of one benchmark that a checkpoint is asked now, and those that it answered before. */
export interface BenchmarkWork {
  readonly benchmark: string;
  readonly asked: number;
  readonly present: number;
}

/** What a sweep tells while it goes. */
export interface SweepListener {
  /** A sentence for people. */
  say(sentence: string): void;
  /** One sample ended. */
  progress(event: { checkpoint: string; benchmark: string; status: 'answered' | 'failed' }): void;
  /** A checkpoint begins, or begins again on new servers: how many samples are asked now, how many are answered. */
  begin(event: { checkpoint: string; work: readonly BenchmarkWork[] }): void;
  /** A checkpoint came to another stage. */
  stage(event: { checkpoint: string; stage: CheckpointStage }): void;
  /** A server of the session is ready and has said what it is. */
  engine(engine: EngineRecord): void;
}

/** Everything that a sweep needs. */
export interface SweepSettings {
  readonly run: RunDirectory;
  readonly question: AskedQuestion;
  readonly benchmarks: readonly BenchmarkUnderTest[];
  readonly checkpoints: readonly CheckpointSource[];
  readonly serving: Serving;
  readonly images: ImageStore;
  readonly grader: Grader;
  readonly session: string;
  readonly signal: AbortSignal;
  readonly listener: SweepListener;
  readonly log: Logger;
}
