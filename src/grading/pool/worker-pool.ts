import type { ResourceLimits } from 'node:worker_threads';
import { errorMessage } from '../../core/errors.ts';
import type { Graded, GradeItem } from '../grader.ts';
import { gaveUp } from './grade-safely.ts';
import { cutIntoBatches, fillIn, type PoolBatch, type PoolRequest } from './pool-queue.ts';
import { PoolWorker, type WorkerEnd, type WorkerEvents } from './pool-worker.ts';

/** Watches in the time of one item: it is ended between one and one and a quarter of its limit. */
const watches = 4;
/** Milliseconds that a worker may take to load, or to receive a batch. */
const idleLimitMs = 60_000;
/** Workers in a row that may fail before they read a batch. */
const maxStartFailures = 3;

export interface WorkerPoolOptions {
  /** Module that calls answerBatches. */
  readonly entry: URL;
  /** Handed to the entry; must survive structuredClone. */
  readonly settings: unknown;
  readonly workers: number;
  /** Milliseconds that one item may take. */
  readonly itemTimeoutMs: number;
  readonly limits: ResourceLimits;
}

/**
 * Worker threads that grade. An item that takes too long, or that brings its worker down, gets the verdict `timeout`;
 * a new worker takes over the rest. Workers start with the first items, or with `start`, and hold no process alive while idle.
 */
export class WorkerPool implements WorkerEvents {
  readonly #options: WorkerPoolOptions;
  readonly #workers = new Map<PoolWorker, PoolBatch | undefined>();
  readonly #queue: PoolBatch[] = [];
  readonly #requests = new Set<PoolRequest>();
  #watch: NodeJS.Timeout | undefined;
  #startFailures = 0;
  #closed = false;
  /** Workers ended or lost so far. */
  replaced = 0;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Items that are not yet graded. */
  get waiting(): number {
    let sum = 0;
    for (const { missing } of this.#requests) sum += missing;
    return sum;
  }

  /** Starts all workers before there is anything for them to do, so that the first items need not wait for that. */
  start(): void {
    while (this.#workers.size < this.#options.workers && this.#addWorker() !== undefined);
  }

  /** Grades in the order of the items. @throws {Error} where no worker can be started, or the pool is closed meanwhile */
  async grade(items: readonly GradeItem[]): Promise<readonly Graded[]> {
    if (items.length === 0) return [];
    if (this.#closed) throw closedError();
    let request: PoolRequest | undefined;
    try {
      return await new Promise<readonly Graded[]>((resolve, reject) => {
        request = { items, grades: new Array(items.length), missing: items.length, resolve, reject };
        this.#requests.add(request);
        this.#queue.push(...cutIntoBatches(request));
        this.#assign();
      });
    } finally {
      if (request !== undefined) this.#requests.delete(request);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#rejectAll(closedError());
    const workers = [...this.#workers.keys()];
    this.#workers.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  onGrades(worker: PoolWorker, grades: readonly Graded[]): void {
    this.#startFailures = 0;
    const batch = this.#workers.get(worker);
    this.#workers.set(worker, undefined);
    if (batch !== undefined) fillIn(batch, grades);
    this.#assign();
  }

  onEnd(worker: PoolWorker, end: WorkerEnd, place: number | undefined, cause: unknown): void {
    const batch = this.#workers.get(worker);
    this.#workers.delete(worker);
    this.replaced += 1;
    if (end === 'start') {
      this.#startFailures += 1;
      if (batch !== undefined) this.#queue.unshift(batch);
      if (this.#startFailures >= maxStartFailures) {
        this.#rejectAll(new Error(`no grading worker could be started: ${errorMessage(cause)}`, { cause }));
      }
    } else if (batch !== undefined) this.#settle(batch, end, place);
    this.#assign();
  }

  /** The item that was under way is given up; the rest is graded again. Where none was, the batch is halved to find it. */
  #settle({ request, places }: PoolBatch, end: Exclude<WorkerEnd, 'start'>, place: number | undefined): void {
    const blamed = place ?? (places.length === 1 ? 0 : undefined);
    if (blamed === undefined) {
      const middle = Math.ceil(places.length / 2);
      this.#queue.unshift({ request, places: places.slice(0, middle) }, { request, places: places.slice(middle) });
      return;
    }
    const rest = places.filter((_, index) => index !== blamed);
    if (rest.length > 0) this.#queue.unshift({ request, places: rest });
    fillIn({ request, places: places.slice(blamed, blamed + 1) }, [gaveUp(end)]);
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idleWorker();
      const batch = worker && this.#queue.shift();
      if (worker === undefined || batch === undefined) break;
      this.#workers.set(worker, batch);
      worker.send(batch.places.flatMap((place) => batch.request.items[place] ?? []));
    }
    this.#keepWatch([...this.#workers.keys()].some(({ busy }) => busy));
  }

  #idleWorker(): PoolWorker | undefined {
    for (const [worker, batch] of this.#workers) if (batch === undefined) return worker;
    return this.#workers.size < this.#options.workers ? this.#addWorker() : undefined;
  }

  #addWorker(): PoolWorker | undefined {
    try {
      const worker = new PoolWorker({ ...this.#options, events: this });
      this.#workers.set(worker, undefined);
      return worker;
    } catch (error) {
      // Fewer workers do the same work; without any there is no going on.
      if (this.#workers.size === 0) this.#rejectAll(error);
      return undefined;
    }
  }

  #keepWatch(needed: boolean): void {
    if (needed === (this.#watch !== undefined)) return;
    clearInterval(this.#watch);
    if (!needed) {
      this.#watch = undefined;
      return;
    }
    const intervalMs = Math.max(5, this.#options.itemTimeoutMs / watches);
    this.#watch = setInterval(() => {
      for (const worker of [...this.#workers.keys()]) worker.watch(watches, Math.ceil(idleLimitMs / intervalMs));
    }, intervalMs);
  }

  #rejectAll(error: unknown): void {
    this.#queue.length = 0;
    for (const { reject } of this.#requests) reject(error);
    this.#requests.clear();
    this.#startFailures = 0;
  }
}

function closedError(): Error {
  return new Error('the grading pool was closed');
}
