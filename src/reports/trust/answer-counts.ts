import type { Response } from '../../core/response.ts';

/** What a checkpoint's journals hold of one benchmark, or of one server. */
export interface AnswerCount {
  readonly checkpoint: string;
  /** The benchmark, or the server's label. */
  readonly name: string;
  /** Attempts that brought an answer; where an answer was made again, both count. */
  readonly answers: number;
  /** Answers that were cut because they were as long as was allowed. */
  readonly cut: number;
  /** Attempts that ended without an answer, those that were tried again among them. */
  readonly failures: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Sum over answers, from dispatch to the end; requests run side by side. */
  readonly latencyMs: number;
}

/** What the journals of a run hold, counted. */
export interface AnswerCounts {
  readonly benchmarks: readonly AnswerCount[];
  readonly servers: readonly AnswerCount[];
  /** How many attempts ended with which error, the most frequent first. */
  readonly errors: readonly { readonly code: string; readonly count: number }[];
}

type Writable = { -readonly [Member in keyof AnswerCount]: AnswerCount[Member] };

/** Counts attempts as they are read; holds no text. */
export class AnswerCounter {
  readonly #benchmarks = new Map<string, Writable>();
  readonly #servers = new Map<string, Writable>();
  readonly #errors = new Map<string, number>();

  add(checkpoint: string, benchmark: string, response: Response): void {
    const counts = [countOf(this.#benchmarks, checkpoint, benchmark)];
    if (response.server) counts.push(countOf(this.#servers, checkpoint, response.server));
    for (const count of counts) addTo(count, response);
    if (response.status === 'answered') return;
    const code = response.error?.code ?? 'unknown';
    this.#errors.set(code, (this.#errors.get(code) ?? 0) + 1);
  }

  get counts(): AnswerCounts {
    const errors = [...this.#errors].map(([code, count]) => ({ code, count }));
    return {
      benchmarks: [...this.#benchmarks.values()],
      servers: [...this.#servers.values()],
      errors: errors.sort((left, right) => right.count - left.count),
    };
  }
}

function countOf(counts: Map<string, Writable>, checkpoint: string, name: string): Writable {
  const key = JSON.stringify([checkpoint, name]);
  const known = counts.get(key);
  if (known !== undefined) return known;
  const zero = { answers: 0, cut: 0, failures: 0, promptTokens: 0, completionTokens: 0, latencyMs: 0 };
  const count = { checkpoint, name, ...zero };
  counts.set(key, count);
  return count;
}

function addTo(count: Writable, response: Response): void {
  if (response.status === 'failed') {
    count.failures += 1;
    return;
  }
  count.answers += 1;
  if (response.finishReason === 'length') count.cut += 1;
  count.promptTokens += response.usage?.promptTokens ?? 0;
  count.completionTokens += response.usage?.completionTokens ?? 0;
  count.latencyMs += response.latencyMs ?? 0;
}
