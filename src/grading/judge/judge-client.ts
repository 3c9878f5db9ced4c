import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Usage } from '../../core/response.ts';
import { ChatClient } from '../../inference/chat-client.ts';
import type { Endpoint } from '../../inference/endpoint.ts';
import { delayMs, type Patience } from '../../inference/patience.ts';
import type { Asked } from '../../inference/request-body.ts';

/** How long and how often a judge is asked. Verdicts are short, so that a stall shows early. */
const judgePatience: Pick<Patience, 'attempts' | 'throttledAttempts' | 'firstDelayMs' | 'longestDelayMs'> = {
  attempts: 3,
  throttledAttempts: 12,
  firstDelayMs: 500,
  longestDelayMs: 30_000,
};

/** Requests in a row that failed after all their attempts; then the judge counts as gone. */
const mostFailuresInARow = 8;

/** Room for a verdict and for the thinking that some models do before it. */
const maxTokens = 2048;

/** One question to the judge. */
export interface JudgeQuestion {
  readonly prompt: string;
  readonly replySchema: NonNullable<Asked['replySchema']>;
  /** 0-based; a question that is put again is put at another temperature, since a greedy reply would come again. */
  readonly round: number;
}

/** What a judge said. */
export interface JudgeReply {
  readonly text: string;
  readonly usage: Usage;
}

/** Asks one judge server, a bounded number of requests at a time, and tries again what may have been an accident. */
export class JudgeClient {
  readonly endpoint: Endpoint;
  readonly #patience: typeof judgePatience;
  readonly #client: ChatClient;
  readonly #limiter: PQueue;
  readonly #onFirstCall: () => void;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<AbortController>();
  #failuresInARow = 0;
  /** Requests that were sent. */
  calls = 0;
  /** Why the judge is asked no more; undefined while it is. */
  gone: string | undefined;

  /**
   * @param options.deadlineMs - longest time from sending a request to the end of its reply
   * @param options.onFirstCall - called before the first request is sent
   */
  constructor(options: {
    endpoint: Endpoint;
    deadlineMs: number;
    patience?: Partial<typeof judgePatience>;
    onFirstCall?: () => void;
  }) {
    this.#onFirstCall = options.onFirstCall ?? (() => undefined);
    this.endpoint = options.endpoint;
    this.#patience = { ...judgePatience, ...options.patience };
    this.#client = new ChatClient(options.endpoint, options.deadlineMs);
    // As many requests wait at the same time as the endpoint's window holds.
    setMaxListeners(0, this.#stopping.signal);
    this.#limiter = new PQueue({ concurrency: options.endpoint.window });
  }

  /** The judge's words, or undefined where they could not be had. Never rejects for what the server does. */
  async ask(question: JudgeQuestion): Promise<JudgeReply | undefined> {
    const reply = await this.#limiter.add(() => this.#askPatiently(question));
    if (reply !== undefined) this.#failuresInARow = 0;
    return reply;
  }

  async #askPatiently(question: JudgeQuestion): Promise<JudgeReply | undefined> {
    let failures = 0;
    let throttled = 0;
    while (this.gone === undefined) {
      const result = await this.#askOnce(question);
      if ('text' in result)
        return { text: result.text, usage: result.usage ?? { promptTokens: 0, completionTokens: 0 } };
      if (this.gone !== undefined) return undefined;
      if (result.kind === 'configuration') this.gone = result.message;
      if (result.kind === 'throttled') throttled += 1;
      else failures += 1;
      const { attempts, throttledAttempts } = this.#patience;
      if (result.kind === 'never' || failures >= attempts || throttled >= throttledAttempts) {
        this.#failuresInARow += 1;
        if (this.#failuresInARow >= mostFailuresInARow) this.gone ??= result.message;
        return undefined;
      }
      await this.#wait(result.retryAfterMs ?? delayMs(this.#patience, failures + throttled));
    }
    return undefined;
  }

  async #askOnce({ prompt, replySchema, round }: JudgeQuestion): Promise<Awaited<ReturnType<ChatClient['ask']>>> {
    const controller = new AbortController();
    this.#underWay.add(controller);
    this.calls += 1;
    if (this.calls === 1) this.#onFirstCall();
    try {
      const sampling = {
        temperature: round === 0 ? 0 : 0.5,
        topP: 1,
        repetitionPenalty: 1,
        maxTokens,
        maxModelLen: Number.MAX_SAFE_INTEGER,
        seed: 0,
      };
      const asked: Asked = { parts: [{ type: 'text', text: prompt }], sampling, sample: round, replySchema };
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
