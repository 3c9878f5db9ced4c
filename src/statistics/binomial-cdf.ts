import { betaCdf } from './beta-distribution.ts';

/**
 * Chance of at most k successes in n independent trials: P(X ≤ k) = I_{1−p}(n − k, k + 1).
 *
 * @param k - whole; below 0 gives 0, n or more gives 1
 * @param p - chance of a success, from 0 to 1
 * @see https://dlmf.nist.gov/8.17#E24
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betaCdf(1 - p, n - k, k + 1);
}
