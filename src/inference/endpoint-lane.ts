import PQueue from 'p-queue';
import { ChatClient } from './chat-client.ts';
import type { Endpoint } from './endpoint.ts';
import type { Failure } from './failure.ts';
import { delayMs, type Patience } from './patience.ts';

/** Requests that a lane starts with, and by how many it grows per tick: a burst of images stalls a server. */
const rampStep = 16;

/**
 * One endpoint as the dispatcher sees it: how many more requests it may get, whether it is given a rest, and whether
 * it is gone. The queue is a limiter only and never holds a backlog: waiting work stays where any lane can take it.
 */
export class EndpointLane {
  readonly endpoint: Endpoint;
  readonly client: ChatClient;
  /** Taken out for good. */
  isOut = false;
  readonly #patience: Patience;
  readonly #limiter: PQueue;
  readonly #inFlight = new Set<AbortController>();
  #limit: number;
  #isRamping = true;
  #restsUntil = 0;
  #lastTroubleAt = Number.NEGATIVE_INFINITY;
  #refusals = 0;
  #throttles = 0;

  constructor(endpoint: Endpoint, patience: Patience) {
    this.endpoint = endpoint;
    this.client = new ChatClient(endpoint, patience.deadlineMs);
    this.#patience = patience;
    this.#limiter = new PQueue({ concurrency: endpoint.window });
    this.#limit = Math.min(rampStep, endpoint.window);
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** In use and not being given a rest. */
  get isOpen(): boolean {
    return !this.isOut && performance.now() >= this.#restsUntil;
  }

  get hasRoom(): boolean {
    return this.isOpen && this.#inFlight.size < Math.floor(this.#limit);
  }

  /** Runs a request that `hasRoom` admitted. */
  async run(task: (controller: AbortController) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    this.#inFlight.add(controller);
    try {
      await this.#limiter.add(() => task(controller));
    } finally {
      this.#inFlight.delete(controller);
    }
  }

  /** Called a few times per second. */
  tick(): void {
    if (!this.#isRamping) return;
    this.#limit = Math.min(this.endpoint.window, this.#limit + rampStep);
    this.#isRamping = this.#limit < this.endpoint.window;
  }

  answered(): void {
    // It was gone and is back, perhaps with cold caches: begin gently, but do not creep.
    if (this.#refusals > 0) this.#isRamping = true;
    this.#refusals = 0;
    this.#throttles = 0;
    if (!this.#isRamping) this.#limit = Math.min(this.endpoint.window, this.#limit + 1 / this.#limit);
  }

  /**
   * Takes note of what a failure says about the endpoint. Requests that were under way together fail together, and
   * count as one.
   *
   * @param sentAt - `performance.now()` when the request was sent
   * @returns milliseconds until the endpoint may be asked again, where it is given a rest
   */
  failed(failure: Failure, sentAt: number): number | undefined {
    if (failure.kind !== 'unreachable' && failure.kind !== 'throttled') {
      // Whatever it said, it was there.
      if (failure.httpStatus !== undefined) this.#refusals = 0;
      return undefined;
    }
    const now = performance.now();
    if (sentAt < this.#lastTroubleAt) return Math.max(0, this.#restsUntil - now);
    this.#lastTroubleAt = now;
    this.#isRamping = false;
    if (failure.kind === 'throttled') {
      this.#throttles += 1;
      this.#refusals = 0;
      this.#limit = Math.max(1, this.#limit / 2);
    } else {
      this.#refusals += 1;
      this.#limit = 1;
    }
    if (this.#refusals >= this.#patience.refusals || this.#throttles >= this.#patience.throttledAttempts) {
      this.takeOut();
      return undefined;
    }
    const backOffMs = delayMs(this.#patience, this.#refusals + this.#throttles);
    const restMs = Math.max(failure.retryAfterMs ?? backOffMs, this.#patience.firstDelayMs / 2);
    this.#restsUntil = now + restMs;
    return restMs;
  }

  takeOut(): void {
    this.isOut = true;
  }

  abort(): void {
    for (const controller of this.#inFlight) controller.abort();
  }
}
