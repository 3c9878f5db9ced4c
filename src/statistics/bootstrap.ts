import { normalCdf } from './normal-cdf.ts';
import { normalQuantile } from './normal-quantile.ts';
import { createRandom } from './random.ts';
import type { Interval } from './wilson-interval.ts';

/**
 * Bootstrap distribution of a mean: clusters are drawn with replacement, as many as there are, and the pooled mean of
 * their observations is taken each time. For paired sides give the differences.
 *
 * @param values - one per observation
 * @param clusters - cluster of each value; each its own where left out
 * @returns the means, sorted upwards
 * @throws {RangeError} without values
 * @see Efron, Tibshirani (1993), "An Introduction to the Bootstrap", chapter 6
 * @see Field, Welsh (2007), https://doi.org/10.1111/j.1467-9868.2007.00593.x (drawing whole clusters)
 */
export function bootstrapMeans(
  values: ArrayLike<number>,
  options: { readonly rounds: number; readonly seed: string; readonly clusters?: ArrayLike<number | string> },
): Float64Array {
  if (values.length === 0) throw new RangeError('Expected at least one value, got none.');
  const { sums, sizes } = pool(values, options.clusters);
  const random = createRandom(options.seed);
  const means = new Float64Array(options.rounds);
  for (let round = 0; round < options.rounds; round += 1) {
    let sum = 0;
    let size = 0;
    for (let drawn = 0; drawn < sums.length; drawn += 1) {
      const cluster = Math.floor(random() * sums.length);
      sum += sums[cluster] ?? 0;
      size += sizes[cluster] ?? 0;
    }
    means[round] = sum / size;
  }
  return means.sort();
}

/** The share `confidence` of a sorted bootstrap distribution that lies in its middle. */
export function percentileInterval(sorted: Float64Array, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  return [sortedQuantile(sorted, tail), sortedQuantile(sorted, 1 - tail)];
}

/**
 * The same, corrected for a distribution that lies to one side of the estimate, as where resampling stretches what was
 * stretched already: with z₀ the normal quantile of the share of rounds below the estimate, the limits are the quantiles
 * at Φ(2 z₀ ± z). They are read at position (n + 1) p, from 1, at which few rounds too leave out the tails asked for.
 *
 * @param sorted - at least one round; fewer than 2/(1 − confidence) give its ends
 * @param estimate - from the data as they fell
 * @see Efron (1981), https://doi.org/10.2307/3314608
 */
export function biasCorrectedInterval(sorted: Float64Array, estimate: number, confidence = 0.95): Interval {
  let below = 0;
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  const lean = 2 * normalQuantile((below + 0.5) / (sorted.length + 1));
  const reach = normalQuantile((1 + confidence) / 2);
  const at = (z: number) => sortedQuantile(sorted, (normalCdf(z) * (sorted.length + 1) - 1) / (sorted.length - 1 || 1));
  return [at(lean - reach), at(lean + reach)];
}

/**
 * Quantile of sorted values, linear between neighbours: position (n − 1) p from 0 (type 7 of Hyndman and Fan).
 *
 * @throws {RangeError} without values
 * @see Hyndman, Fan (1996), https://doi.org/10.2307/2684934
 */
export function sortedQuantile(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) throw new RangeError('Expected at least one value, got none.');
  const position = (sorted.length - 1) * Math.min(1, Math.max(0, probability));
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}

/**
 * The bootstrap distribution of a mean of −1, 0 and 1 without drawing: the chance of each possible sum of n draws, by
 * n-fold convolution in n² steps.
 *
 * @param counts - how many pairs were won, lost and level
 * @returns chances of the sums −n … n, in this order
 */
export function exactBootstrapSums(counts: {
  readonly won: number;
  readonly lost: number;
  readonly level: number;
}): Float64Array {
  const n = counts.won + counts.lost + counts.level;
  const [up, down, same] = [counts.won / n, counts.lost / n, counts.level / n];
  let chances = new Float64Array(2 * n + 1);
  chances[n] = 1;
  for (let drawn = 1; drawn <= n; drawn += 1) {
    const next = new Float64Array(2 * n + 1);
    for (let place = n - drawn; place <= n + drawn; place += 1) {
      next[place] = same * (chances[place] ?? 0) + up * (chances[place - 1] ?? 0) + down * (chances[place + 1] ?? 0);
    }
    chances = next;
  }
  return chances;
}

function pool(
  values: ArrayLike<number>,
  clusters: ArrayLike<number | string> | undefined,
): { sums: Float64Array; sizes: Float64Array } {
  if (clusters === undefined)
    return { sums: Float64Array.from(values), sizes: new Float64Array(values.length).fill(1) };
  if (clusters.length !== values.length) {
    throw new RangeError(`Expected a cluster for each of ${values.length} values, got ${clusters.length}.`);
  }
  const places = new Map<number | string, number>();
  for (let index = 0; index < clusters.length; index += 1) {
    const cluster = clusters[index] ?? '';
    if (!places.has(cluster)) places.set(cluster, places.size);
  }
  const sums = new Float64Array(places.size);
  const sizes = new Float64Array(places.size);
  for (let index = 0; index < values.length; index += 1) {
    const place = places.get(clusters[index] ?? '') ?? 0;
    sums[place] = (sums[place] ?? 0) + (values[index] ?? 0);
    sizes[place] = (sizes[place] ?? 0) + 1;
  }
  return { sums, sizes };
}
