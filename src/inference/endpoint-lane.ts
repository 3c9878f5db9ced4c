import PQueue from 'p-queue';
import { ChatClient } from './chat-client.ts';
import type { Endpoint } from './endpoint.ts';
import type { Failure } from './failure.ts';
import { delayMs, type Patience } from './patience.ts';

/** Requests that a lane starts with, and by how many it grows per tick: a burst of images stalls a server. */
const rampStep = 16;

/** Rounds of broken requests that may be the requests' own fault; after these the endpoint is given rests. */
const toleratedRounds = 2;

/** Rounds of failures since the last answer, by what the failures say about the endpoint. */
type Rounds = Record<'unreachable' | 'throttled' | 'broken', number>;

const noRounds: Rounds = { unreachable: 0, throttled: 0, broken: 0 };

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
  #lastRoundAt = Number.NEGATIVE_INFINITY;
  #rounds: Rounds = { ...noRounds };

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
    if (this.#rounds.unreachable > 0 || this.#rounds.broken > toleratedRounds) this.#isRamping = true;
    this.#rounds = { ...noRounds };
    if (!this.#isRamping) this.#limit = Math.min(this.endpoint.window, this.#limit + 1 / this.#limit);
  }

  /**
   * Takes note of what a failure says about the endpoint. Requests that were under way together fail together and
   * are one round; an answer ends the count. Rests grow from round to round, and after too many the endpoint is out.
   *
   * @param sentAt - `performance.now()` when the request was sent
   * @returns milliseconds until the endpoint may be asked again, where it is given a rest
   */
  failed(failure: Failure, sentAt: number): number | undefined {
    // A request that is wrong in itself says nothing about the endpoint.
    if (failure.kind === 'never' || failure.kind === 'configuration') return undefined;
    const now = performance.now();
    if (sentAt < this.#lastRoundAt) return Math.max(0, this.#restsUntil - now);
    this.#lastRoundAt = now;
    const kind = failure.kind === 'once' ? 'broken' : failure.kind;
    this.#rounds[kind] += 1;
    const most = { unreachable: this.#patience.refusals, throttled: this.#patience.throttledAttempts };
    if (this.#rounds[kind] >= { ...most, broken: this.#patience.brokenRounds }[kind]) this.takeOut();
    const rounds = this.#rounds[kind] - (kind === 'broken' ? toleratedRounds : 0);
    if (this.isOut || rounds <= 0) return undefined;
    this.#isRamping = false;
    this.#limit = kind === 'throttled' ? Math.max(1, this.#limit / 2) : 1;
    const restMs = failure.retryAfterMs ?? delayMs(this.#patience, rounds);
    this.#restsUntil = now + Math.max(restMs, this.#patience.firstDelayMs / 2);
    return this.#restsUntil - now;
  }

  takeOut(): void {
    this.isOut = true;
  }

  abort(): void {
    for (const controller of this.#inFlight) controller.abort();
  }
}
