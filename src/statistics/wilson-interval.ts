import { normalQuantile } from './normal-quantile.ts';

/** Lower and upper limit, in [0, 1]. */
export type Interval = readonly [low: number, high: number];

/**
 * Wilson score interval for a proportion.
 *
 * @param proportion - the observed proportion, in [0, 1]
 * @param total - how many independent observations it rests on, above 0; an effective sample size need not be whole
 * @param confidence - coverage, between 0 and 1
 * @throws {RangeError} where an argument is outside its range: no observations have no interval
 * @see Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953
 */
export function wilsonInterval(proportion: number, total: number, confidence = 0.95): Interval {
  if (!(proportion >= 0 && proportion <= 1)) {
    throw new RangeError(`Expected a proportion from 0 to 1, got ${proportion}.`);
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Expected a number of observations above 0, got ${total}.`);
  }
  const z = normalQuantile((1 + confidence) / 2);
  const shrink = 1 + (z * z) / total;
  const centre = (proportion + (z * z) / (2 * total)) / shrink;
  const variance = (proportion * (1 - proportion)) / total + (z * z) / (4 * total * total);
  const half = (z * Math.sqrt(variance)) / shrink;
  // At 0 and 1 the limit is the proportion itself; elsewhere rounding could leave it outside by one last digit.
  return [Math.max(0, Math.min(proportion, centre - half)), Math.min(1, Math.max(proportion, centre + half))];
}
