import { betaCdf, betaQuantile } from './beta-distribution.ts';
import { normalCdf } from './normal-cdf.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * Share of Student's t distribution that lies below t.
 *
 * @param freedom - degrees of freedom, above 0; infinity is the normal distribution
 * @see https://dlmf.nist.gov/8.17 (by I_x(½, ν/2) with x = t²/(ν + t²))
 */
export function studentTCdf(t: number, freedom: number): number {
  if (freedom === Number.POSITIVE_INFINITY) return normalCdf(t);
  const square = t * t;
  // Each side from what is small there, so that it keeps its digits.
  if (square < 1) {
    const within = betaCdf(square / (freedom + square), 0.5, freedom / 2);
    return t < 0 ? (1 - within) / 2 : (1 + within) / 2;
  }
  const tail = betaCdf(freedom / (freedom + square), freedom / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/**
 * The t below which a share `probability` of Student's t distribution lies.
 *
 * @param probability - 0 < probability < 1
 * @param freedom - degrees of freedom, above 0; infinity is the normal distribution
 * @throws {RangeError} for a probability outside
 */
export function studentTQuantile(probability: number, freedom: number): number {
  if (freedom === Number.POSITIVE_INFINITY) return normalQuantile(probability);
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`Expected a probability between 0 and 1, both left out, got ${probability}.`);
  }
  const outside = 2 * Math.min(probability, 1 - probability);
  const t = Math.sqrt(freedom * squareRatio(outside, freedom));
  return probability < 0.5 ? -t : t;
}

/** t²/ν, from the side on which it keeps its digits. */
function squareRatio(outside: number, freedom: number): number {
  if (outside > 1e-3 && freedom > 10) {
    const y = betaQuantile(1 - outside, 0.5, freedom / 2);
    return y / (1 - y);
  }
  const x = betaQuantile(outside, freedom / 2, 0.5);
  return (1 - x) / x;
}
