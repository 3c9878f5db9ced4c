import { availableParallelism } from 'node:os';
import type { Graded, GradeItem, Grader } from '../grader.ts';
import { gradeSafely } from './grade-safely.ts';
import { type GradingSettings, loadGrading } from './load-grading.ts';
import { WorkerPool } from './worker-pool.ts';

/** How the work is spread. */
export interface PoolOptions {
  /** Worker threads; where it is not given, one per core but for the one that this thread needs, 1 to 8. */
  readonly workers?: number;
  /** Milliseconds that a worker may take over one item before it is ended; 5,000 where it is not given. */
  readonly itemTimeoutMs?: number;
  /**
   * Items graded in this thread before workers are started: for few items that is sooner done. The gradings here are
   * bounded in time by design; the limit is a second line of defence. 0 leaves nothing to this thread.
   */
  readonly inThreadItems?: number;
  /** Starts the workers at once, as a service wants it, and not with the first items that they get. */
  readonly startNow?: boolean;
  /** Module that is run as worker instead of ours; it must call answerBatches. */
  readonly entry?: URL;
}

export type PooledGraderOptions = GradingSettings & PoolOptions;

/** A grader with workers behind it. */
export interface PooledGrader extends Grader {
  /** Items handed over and not yet graded by the workers. */
  readonly waiting: number;
  /** Workers that were ended over an item, or that died. */
  readonly replaced: number;
}

/** Megabytes that a worker may hold: grading needs about a tenth. */
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };
/** Responses that are best handed over at once. More of them outlive young garbage collections, and memory grows. */
const batchItems = 256;
/** Graded in this thread in the time that workers take to start. */
const startUpItems = 4000;

/** A deterministic grading over worker threads. An item that hangs or crashes is `timeout`; order is kept, nothing is lost. */
export async function createPooledGrader(options: PooledGraderOptions): Promise<PooledGrader> {
  const grading = await loadGrading(options);
  const pool = new WorkerPool({
    entry: options.entry ?? workerEntry(),
    settings: settingsOf(options),
    workers: options.workers ?? Math.max(1, Math.min(8, availableParallelism() - 1)),
    itemTimeoutMs: options.itemTimeoutMs ?? 5000,
    limits,
  });
  if (options.startNow === true) pool.start();
  let left = options.inThreadItems ?? startUpItems;
  const grade = async (items: readonly GradeItem[]): Promise<readonly Graded[]> => {
    if (items.length > left) return pool.grade(items);
    left -= items.length;
    return items.map(({ problem, text }) => gradeSafely(grading.gradeOne, problem, text));
  };
  return {
    mode: grading.mode,
    version: grading.version,
    batchSize: batchItems,
    grade,
    close: () => pool.close(),
    get waiting() {
      return pool.waiting;
    },
    get replaced() {
      return pool.replaced;
    },
  };
}

/** What a worker needs to know, and nothing that cannot be sent. */
function settingsOf(options: PooledGraderOptions): GradingSettings {
  if (options.kind === 'rules') return { kind: 'rules' };
  return { kind: 'official', mathvistaInteger: options.mathvistaInteger };
}

/** The worker's module beside this one, built or not. */
function workerEntry(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './grading-worker.ts' : './grading-worker.js', import.meta.url);
}
