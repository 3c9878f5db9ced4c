import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { ChatClient } from './chat-client.ts';
import type { Endpoint } from './endpoint.ts';
import type { Failure } from './failure.ts';
import { delayMs, type Patience } from './patience.ts';
import type { Answer } from './read-reply.ts';
import type { Asked } from './request-body.ts';

/** How long and how often a judge is asked. Verdicts are short, so that a stall shows early. */
const judgePatience: Pick<Patience, 'attempts' | 'throttledAttempts' | 'firstDelayMs' | 'longestDelayMs'> = {
  attempts: 3,
  throttledAttempts: 12,
  firstDelayMs: 500,
  longestDelayMs: 30_000,
};

/** Requests in a row that failed after all their attempts; then the server counts as gone. */
const mostFailuresInARow = 8;

export interface PatientClientOptions {
  readonly endpoint: Endpoint;
  /** Longest time from sending a request to the end of its reply. */
  readonly deadlineMs: number;
  readonly patience?: Partial<typeof judgePatience>;
  /** Requests after which no more is sent, those that are sent again counted. */
  readonly mostCalls?: number | undefined;
  /** Called before the first request is sent. */
  readonly onFirstCall?: (() => void) | undefined;
}

/** An answer, with how long the request that brought it took. */
export type PatientAnswer = Answer & { readonly latencyMs: number };

/** Asks one server, a bounded number of requests at a time, and tries again what may have been an accident. */
export class PatientClient {
  readonly endpoint: Endpoint;
  readonly #patience: typeof judgePatience;
  readonly #client: ChatClient;
  readonly #limiter: PQueue;
  readonly #onFirstCall: () => void;
  readonly #mostCalls: number;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<AbortController>();
  #failuresInARow = 0;
  /** Requests that were sent. */
  calls = 0;
  /** Why the server is asked no more; undefined while it is. */
  gone: string | undefined;

  constructor(options: PatientClientOptions) {
    this.#onFirstCall = options.onFirstCall ?? (() => undefined);
    this.#mostCalls = options.mostCalls ?? Number.POSITIVE_INFINITY;
    this.endpoint = options.endpoint;
    this.#patience = { ...judgePatience, ...options.patience };
    this.#client = new ChatClient(options.endpoint, options.deadlineMs);
    // As many requests wait at the same time as the endpoint's window holds.
    setMaxListeners(0, this.#stopping.signal);
    this.#limiter = new PQueue({ concurrency: options.endpoint.window });
  }

  /** Whether as many requests were sent as may be. */
  get isSpent(): boolean {
    return this.calls >= this.#mostCalls;
  }

  /**
   * The server's answer, or why it could not be had; undefined where it was not asked to the end, because the client is
   * closed, the server gone or the number of calls spent. Never rejects for what the server does.
   */
  async ask(asked: Asked): Promise<PatientAnswer | Failure | undefined> {
    const result = await this.#limiter.add(() => this.#askPatiently(asked));
    if (result !== undefined && 'text' in result) this.#failuresInARow = 0;
    return result;
  }

  async #askPatiently(asked: Asked): Promise<PatientAnswer | Failure | undefined> {
    let failures = 0;
    let throttled = 0;
    while (this.gone === undefined && !this.isSpent) {
      const sentAt = performance.now();
      const result = await this.#askOnce(asked);
      if ('text' in result) return { ...result, latencyMs: Math.round(performance.now() - sentAt) };
      if (this.gone !== undefined) return undefined;
      if (result.kind === 'configuration') this.gone = result.message;
      if (result.kind === 'throttled') throttled += 1;
      else failures += 1;
      const { attempts, throttledAttempts } = this.#patience;
      if (result.kind === 'never' || failures >= attempts || throttled >= throttledAttempts) {
        this.#failuresInARow += 1;
        if (this.#failuresInARow >= mostFailuresInARow) this.gone ??= result.message;
        return result;
      }
      await this.#wait(result.retryAfterMs ?? delayMs(this.#patience, failures + throttled));
    }
    return undefined;
  }

  async #askOnce(asked: Asked): Promise<Awaited<ReturnType<ChatClient['ask']>>> {
    const controller = new AbortController();
    this.#underWay.add(controller);
    this.calls += 1;
    if (this.calls === 1) this.#onFirstCall();
    try {
      return await this.#client.ask(asked, controller);
    } finally {
      this.#underWay.delete(controller);
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    const { signal } = this.#stopping;
    await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  /** Ends all requests; what is still waiting gets no reply. */
  async close(): Promise<void> {
    this.gone ??= 'it was stopped';
    this.#stopping.abort();
    for (const controller of this.#underWay) controller.abort();
    await this.#client.close();
  }
}
