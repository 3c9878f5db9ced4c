import type { Problem } from '../../core/problem.ts';
import type { Graded } from '../grader.ts';

/** What a worker is started with. */
export interface WorkerStart {
  /** One Int32: 1-based place in the batch of the item under way, 0 between batches. The pool reads it to tell which item hangs. */
  readonly progress: SharedArrayBuffer;
  /** Given to the worker's entry as it is. */
  readonly settings: unknown;
  /** URL of the module that calls answerBatches. */
  readonly entry: string;
}

/** A batch for a worker. Problems go over once; items then name them by number. Flat arrays are cloned in half the time of objects. */
export interface WorkerBatch {
  /** Forget every problem known so far, before reading `problems`. */
  readonly forget: boolean;
  readonly problems: readonly (readonly [number, Problem])[];
  /** The problem's number of each item. */
  readonly asked: readonly number[];
  /** The response of each item. */
  readonly texts: readonly string[];
}

/** `ready` once after loading, then the grades of each batch in the order of its items. */
export type WorkerReply = { readonly ready: true } | { readonly grades: readonly Graded[] };
