import { logGamma } from './log-gamma.ts';

/**
 * Evidence against "both sides win equally often" that may be looked at after every pair: the ratio of a Beta mixture of
 * win chances to ½, over the discordant pairs. Its reciprocal, at most 1, is a p value at any stopping time.
 *
 * @param won - discordant pairs that the first side has, whole
 * @param lost - those that the second side has, whole
 * @param prior - shapes of the mixing Beta distribution
 * @returns log of the ratio; above log(1/α) rejects at level α
 * @see Ramdas, Grünwald, Vovk, Shafer (2023), https://doi.org/10.1214/23-STS894
 */
export function logEvidence(won: number, lost: number, prior: readonly [number, number] = [10, 10]): number {
  const [a, b] = prior;
  return logBeta(won + a, lost + b) - logBeta(a, b) + (won + lost) * Math.LN2;
}

/**
 * Half width of an interval for a mean that holds at all sample sizes at once (normal mixture):
 * √(2 s² (s² + n τ²) / (n² τ²) × log(√((s² + n τ²)/s²) / α)).
 *
 * @param options.n - observations so far
 * @param options.standardDeviation - s, of one observation
 * @param options.tau - scale of differences at which it is meant to be tightest
 * @see Johari, Koomen, Pekelis, Walsh (2022), https://doi.org/10.1287/opre.2021.2135
 */
export function alwaysValidReach(options: {
  readonly n: number;
  readonly standardDeviation: number;
  readonly tau: number;
  readonly alpha: number;
}): number {
  const variance = options.standardDeviation ** 2;
  const spread = variance + options.n * options.tau ** 2;
  const scale = (2 * variance * spread) / (options.n ** 2 * options.tau ** 2);
  return Math.sqrt(scale * Math.log(Math.sqrt(spread / variance) / options.alpha));
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
