import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage, SynthrlError, systemErrorCode } from '../core/errors.ts';

/** How long trouble on the way is borne. */
export interface Patience {
  /** Attempts in a row that bring nothing, after which it is given up. */
  readonly attempts: number;
  /** Wait before the second attempt, doubled each time, in milliseconds. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** A server that asks to wait longer than this is not waited for. */
  readonly longestRetryAfterMs: number;
}

export const usualPatience: Patience = {
  attempts: 6,
  firstDelayMs: 500,
  longestDelayMs: 20_000,
  longestRetryAfterMs: 300_000,
};

/** Trouble that another attempt may not have: a cut or silent connection, or a server that is busy. */
export class HubTrouble extends Error {
  override readonly name = 'HubTrouble';
  /** What the server asks for, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Counts the attempts of one task and waits between them. */
export class Attempts {
  readonly #task: string;
  readonly #patience: Patience;
  readonly #signal: AbortSignal | undefined;
  readonly #note: (sentence: string) => void;
  #fruitless = 0;

  constructor(options: {
    /** What is tried, as the subject of "could not be fetched". */
    task: string;
    patience: Patience;
    signal?: AbortSignal | undefined;
    note: (sentence: string) => void;
  }) {
    this.#task = options.task;
    this.#patience = options.patience;
    this.#signal = options.signal;
    this.#note = options.note;
  }

  /** An attempt got further: the count begins anew. */
  progressed(): void {
    this.#fruitless = 0;
  }

  /**
   * Waits before the next attempt.
   *
   * @throws the error itself where another attempt would not help; `FETCH_FAILED` when patience ends
   */
  async failed(error: unknown): Promise<void> {
    this.#signal?.throwIfAborted();
    if (!(error instanceof HubTrouble)) throw error;
    this.#fruitless += 1;
    const { attempts, firstDelayMs, longestDelayMs, longestRetryAfterMs } = this.#patience;
    if (error.retryAfterMs !== undefined && error.retryAfterMs > longestRetryAfterMs) {
      const minutes = Math.ceil(error.retryAfterMs / 60_000);
      throw gaveUp(this.#task, `${error.message}, and asks to wait ${minutes} minutes`, error);
    }
    if (this.#fruitless >= attempts) throw gaveUp(this.#task, `${error.message} (${attempts} attempts)`, error);
    const backOffMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#fruitless - 1)) * (0.5 + Math.random() / 2);
    const waitMs = Math.max(backOffMs, error.retryAfterMs ?? 0);
    if (waitMs >= 5000) this.#note(`${this.#task}: ${error.message}; trying again in ${Math.round(waitMs / 1000)} s`);
    await sleep(waitMs, undefined, this.#signal ? { signal: this.#signal } : {});
  }
}

function gaveUp(task: string, reason: string, cause: unknown): SynthrlError {
  return new SynthrlError('FETCH_FAILED', `${task} could not be fetched: ${reason}.`, {
    hint: 'What arrived is kept. Check the network (HF_ENDPOINT, HTTPS_PROXY), then run the same command again: it goes on where it stopped.',
    cause,
  });
}

/** A failure of the connection as trouble, or as a coded error where another attempt would fail alike. */
export function connectionFailure(error: unknown, host: string): Error {
  const code = systemErrorCode(error) ?? '';
  if (/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/.test(code)) {
    return new SynthrlError('FETCH_FAILED', `The certificate of ${host} is not trusted: ${errorMessage(error)}.`, {
      hint: 'Where a proxy has its own authority, name its certificate in NODE_EXTRA_CA_CERTS.',
      cause: error,
    });
  }
  const told: Readonly<Record<string, string>> = {
    UND_ERR_BODY_TIMEOUT: `${host} went silent`,
    UND_ERR_HEADERS_TIMEOUT: `${host} does not answer`,
    UND_ERR_CONNECT_TIMEOUT: `${host} does not answer`,
    ENOTFOUND: `there is no host ${host}`,
    EAI_AGAIN: `the name ${host} cannot be looked up`,
    ECONNREFUSED: `${host} refuses the connection`,
  };
  return new HubTrouble(told[code] ?? `the connection to ${host} was cut (${code || errorMessage(error)})`, {
    cause: error,
  });
}

/** Retry-After as seconds or as a date, in milliseconds from now. */
export function readRetryAfter(header: string | undefined, nowMs = Date.now()): number | undefined {
  if (header === undefined || header.length > 64) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
