import { type ResourceLimits, Worker } from 'node:worker_threads';
import { systemErrorCode } from '../../core/errors.ts';
import type { Problem } from '../../core/problem.ts';
import type { Graded, GradeItem } from '../grader.ts';
import type { WorkerBatch, WorkerReply, WorkerStart } from './worker-messages.ts';

/** Why a worker is gone. `start`: it never came to read a batch. */
export type WorkerEnd = 'start' | 'time-limit' | 'memory-limit' | 'worker-crash';

/** What the pool hears from a worker. */
export interface WorkerEvents {
  onGrades(worker: PoolWorker, grades: readonly Graded[]): void;
  /**
   * The worker is gone, and its batch with it.
   *
   * @param place - 0-based place in the batch of the item under way; undefined where none was
   * @param cause - what the worker died of, for a message
   */
  onEnd(worker: PoolWorker, end: WorkerEnd, place: number | undefined, cause: unknown): void;
}

/** Most problems that a worker keeps; then it begins anew, so that its memory stays flat in a service that never ends. */
const maxKnownProblems = 20_000;

/** One worker thread: sends it batches, knows which problems it has, and watches that it gets on. */
export class PoolWorker {
  readonly #worker: Worker;
  readonly #place: Int32Array;
  readonly #events: WorkerEvents;
  #known = new Map<Problem, number>();
  #ready = false;
  #end: WorkerEnd | undefined;
  #cause: unknown;
  #batchSize = 0;
  #placeSeen = 0;
  /** Watches in a row that found the same item, or none, under way. */
  #still = 0;

  /** @throws where the system gives no further thread */
  constructor(options: { entry: URL; settings: unknown; limits: ResourceLimits; events: WorkerEvents }) {
    const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#place = new Int32Array(progress);
    this.#events = options.events;
    const { entry } = options;
    const isSource = entry.pathname.endsWith('.ts');
    this.#worker = new Worker(isSource ? new URL('./run-from-sources.mjs', import.meta.url) : entry, {
      workerData: { progress, settings: options.settings, entry: entry.href } satisfies WorkerStart,
      resourceLimits: options.limits,
      // Node's own flags of this process, such as those for its debugger, are not for the worker.
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on('message', (reply: WorkerReply) => this.#hear(reply));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#ended());
  }

  /** Whether a batch is with it. */
  get busy(): boolean {
    return this.#batchSize > 0;
  }

  send(items: readonly GradeItem[]): void {
    this.#batchSize = items.length;
    this.#placeSeen = 0;
    this.#still = 0;
    this.#worker.ref();
    const forget = this.#known.size > maxKnownProblems;
    if (forget) this.#known.clear();
    const problems: [number, Problem][] = [];
    const numberOf = (problem: Problem) => {
      const known = this.#known.get(problem);
      if (known !== undefined) return known;
      const number = this.#known.size;
      this.#known.set(problem, number);
      problems.push([number, problem]);
      return number;
    };
    const asked = items.map(({ problem }) => numberOf(problem));
    const texts = items.map(({ text }) => text);
    this.#worker.postMessage({ forget, problems, asked, texts } satisfies WorkerBatch);
  }

  /**
   * To be called at equal intervals while it is busy. Intervals are counted rather than clock time, so that a machine
   * that slept, or a main thread that was held up, blames nobody.
   *
   * @param most - intervals that one item may take
   * @param mostIdle - intervals in which it may begin with no item, as while it loads
   */
  watch(most: number, mostIdle: number): void {
    if (!this.busy || this.#end !== undefined) return;
    const place = Atomics.load(this.#place, 0);
    this.#still = place === this.#placeSeen ? this.#still + 1 : 0;
    this.#placeSeen = place;
    if (this.#still < (place === 0 ? mostIdle : most)) return;
    this.#end = this.#ready ? 'time-limit' : 'start';
    this.#cause = new Error('it did not get on');
    void this.#worker.terminate();
  }

  /** Ends it; nothing is heard of it any more. */
  async terminate(): Promise<void> {
    this.#worker.removeAllListeners().on('error', () => undefined);
    await this.#worker.terminate();
  }

  #hear(reply: WorkerReply): void {
    // Grades that came while it was being ended: the batch is graded again, as was settled then.
    if (this.#end !== undefined) return;
    if ('ready' in reply) {
      this.#ready = true;
      return;
    }
    this.#batchSize = 0;
    this.#worker.unref();
    this.#events.onGrades(this, reply.grades);
  }

  #fail(error: unknown): void {
    this.#cause ??= error;
    if (!this.#ready) this.#end ??= 'start';
    this.#end ??= systemErrorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory-limit' : 'worker-crash';
  }

  #ended(): void {
    const end = this.#end ?? (this.#ready ? 'worker-crash' : 'start');
    const place = end === 'time-limit' ? this.#placeSeen : Atomics.load(this.#place, 0);
    this.#events.onEnd(this, end, this.busy && place > 0 ? place - 1 : undefined, this.#cause);
  }
}
