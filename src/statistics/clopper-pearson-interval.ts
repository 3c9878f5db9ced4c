import { betaQuantile } from './beta-distribution.ts';
import type { Interval } from './wilson-interval.ts';

/**
 * Interval for a proportion that covers at least as often as it says at every true value, at the price of being wide:
 * Beta quantiles at (k, n−k+1) and (k+1, n−k). The limit is 0 where nothing succeeded and 1 where everything did.
 *
 * @param successes - k, whole, 0 ≤ k ≤ n
 * @param total - n, at least 1
 * @param confidence - coverage, between 0 and 1
 * @throws {RangeError} for counts that contradict each other
 * @see Clopper, Pearson (1934), https://doi.org/10.1093/biomet/26.4.404
 */
export function clopperPearsonInterval(successes: number, total: number, confidence = 0.95): Interval {
  if (!(total >= 1 && successes >= 0 && successes <= total)) {
    throw new RangeError(`Expected 0 ≤ successes ≤ total and a total of at least 1, got ${successes} of ${total}.`);
  }
  const tail = (1 - confidence) / 2;
  return [
    successes === 0 ? 0 : betaQuantile(tail, successes, total - successes + 1),
    successes === total ? 1 : betaQuantile(1 - tail, successes + 1, total - successes),
  ];
}
