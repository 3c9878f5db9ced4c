import { binomialCdf } from './binomial-cdf.ts';
import { normalCdf } from './normal-cdf.ts';

/** Two-sided p values of McNemar's test. */
export interface McNemarTest {
  /** min(1, 2 P(X ≤ min(b, c))) for X ~ Binomial(b + c, ½). 1 where nothing is discordant. */
  readonly exact: number;
  /** The exact one with half the weight on what was seen: less cautious, close to nominal. */
  readonly mid: number;
  /** (b − c)² / (b + c), and its tail under chi-square with one degree of freedom. */
  readonly chiSquare: number;
  readonly asymptotic: number;
}

/**
 * Tests whether two paired sets of right and wrong answers have the same share right. It takes the pairs as
 * independent of each other: with several rows per underlying problem use a clustered difference instead.
 *
 * @param onlyFirst - pairs that only the first has right (b), whole
 * @param onlySecond - pairs that only the second has right (c), whole
 * @see McNemar (1947), https://doi.org/10.1007/BF02295996
 * @see Fagerland, Lydersen, Laake (2013), https://doi.org/10.1186/1471-2288-13-91 (exact and mid-p)
 */
export function mcNemarTest(onlyFirst: number, onlySecond: number): McNemarTest {
  const discordant = onlyFirst + onlySecond;
  if (discordant === 0) return { exact: 1, mid: 1, chiSquare: 0, asymptotic: 1 };
  const fewer = Math.min(onlyFirst, onlySecond);
  const atMost = binomialCdf(fewer, discordant, 0.5);
  const below = binomialCdf(fewer - 1, discordant, 0.5);
  const exact = Math.min(1, 2 * atMost);
  const mid = onlyFirst === onlySecond ? 1 : Math.min(1, atMost + below);
  const chiSquare = (onlyFirst - onlySecond) ** 2 / discordant;
  return { exact, mid, chiSquare, asymptotic: 2 * normalCdf(-Math.sqrt(chiSquare)) };
}
