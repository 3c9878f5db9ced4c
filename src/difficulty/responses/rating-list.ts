import { normalQuantile } from '../../statistics/normal-quantile.ts';
import type { BucketCuts } from '../ratings/bucket.ts';
import { bucketChances } from '../ratings/rate-battles.ts';
import { eloMean, eloPerLogit, type Rating } from '../ratings/rating.ts';

/** Difficulties in log-odds with their standard errors, one per item. */
export interface Difficulties {
  readonly values: Float64Array;
  readonly errors: Float64Array;
}

/** Log-odds that differ by less are equal: fits stop before their last digits. */
const resolution = 1e-7;

/**
 * Difficulties as ratings on the Elo scale, hardest first, their mean 1000; intervals are ±1.96 standard errors.
 *
 * @param components - the connected component of each item
 */
export function ratingList(
  ids: readonly string[],
  { values, errors }: Difficulties,
  components: Int32Array,
  cuts: BucketCuts,
): Rating[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rounded = values.map((value) => Math.round((value - mean) / resolution) * resolution);
  const order = [...ids.keys()].sort(
    (one, other) =>
      (rounded[other] as number) - (rounded[one] as number) || ((ids[one] ?? '') < (ids[other] ?? '') ? -1 : 1),
  );
  const reach = normalQuantile(0.975);
  const ratings: Rating[] = [];
  for (const [place, item] of order.entries()) {
    const rating = eloMean + eloPerLogit * (rounded[item] as number);
    const se = eloPerLogit * (errors[item] as number);
    const before = ratings.at(-1);
    ratings.push({
      id: ids[item] ?? '',
      rating,
      rank: before?.rating === rating ? before.rank : place + 1,
      lowerCi: rating - reach * se,
      upperCi: rating + reach * se,
      se,
      battles: 0,
      ...bucketChances(rating, se, cuts),
      component: components[item] as number,
    });
  }
  return ratings;
}
