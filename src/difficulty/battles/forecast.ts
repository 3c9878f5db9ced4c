import type { KnownBattle } from './battle-journal.ts';
import { promptCharacters } from './battle-prompt.ts';

/** Tokens of a reply with one sentence of reasons, and seconds that it takes, where none was measured yet. */
const assumed = { completionTokens: 60, seconds: 3 };

/** Battles from which measured figures are better than assumed ones. */
const enoughMeasured = 20;

/** What battles will take. */
export interface Forecast {
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly seconds: number;
  /** In the currency of the prices; undefined without prices. */
  readonly cost: number | undefined;
  /** Whether tokens and time are those of earlier battles of the same design. */
  readonly isMeasured: boolean;
}

/**
 * What the battles that are left will take, before any of them is asked: by the battles that were fought, or, where there
 * are few, by the lengths of texts, the sizes of images and rough figures for a reply.
 *
 * @param options.calls - battles that are left
 * @param options.window - requests in flight
 * @param options.tokens - of each problem
 * @param options.prices - for a million tokens
 */
export function forecastBattles(options: {
  readonly calls: number;
  readonly window: number;
  readonly tokens: readonly number[];
  readonly known: Iterable<KnownBattle>;
  readonly prices: { readonly input: number | undefined; readonly output: number | undefined };
}): Forecast {
  const { calls, window, prices } = options;
  const measured = [...options.known].filter(({ promptTokens }) => promptTokens > 0);
  const isMeasured = measured.length >= enoughMeasured;
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const own = (read: (battle: KnownBattle) => number) => mean(measured.map(read));
  const each = isMeasured
    ? {
        prompt: own(({ promptTokens }) => promptTokens),
        completion: own(({ completionTokens }) => completionTokens),
        seconds: own(({ latencyMs }) => latencyMs / 1000),
      }
    : {
        prompt: promptCharacters / 4 + 2 * mean(options.tokens),
        completion: assumed.completionTokens,
        seconds: assumed.seconds,
      };
  const [promptTokens, completionTokens] = [Math.round(calls * each.prompt), Math.round(calls * each.completion)];
  const isPriced = prices.input !== undefined || prices.output !== undefined;
  const cost = ((prices.input ?? 0) * promptTokens + (prices.output ?? 0) * completionTokens) / 1e6;
  const seconds = (calls * each.seconds) / window;
  return { calls, promptTokens, completionTokens, seconds, cost: isPriced ? cost : undefined, isMeasured };
}
