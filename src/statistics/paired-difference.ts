import { studentTQuantile } from './student-t.ts';
import type { Interval } from './wilson-interval.ts';

/** Mean of paired differences with its spread between clusters. */
export interface PairedDifference {
  /** Mean of the differences, e.g. accuracy after less accuracy before. */
  readonly mean: number;
  /** Of the mean; infinity for a single cluster, which says nothing about the spread between clusters (0 uncorrected). */
  readonly standardError: number;
  /** How many differences. */
  readonly n: number;
  readonly clusters: number;
  /** Degrees of freedom that limits are read at: clusters − 1; infinity (the normal distribution) without correction. */
  readonly freedom: number;
}

/**
 * Mean difference of paired observations and its standard error when those of one cluster may depend on each other:
 *
 *     SE² = G/(G−1) × Σ_g (Σ_{i in g} (d_i − mean))² / n²    over G clusters (CR1)
 *
 * Without clusters this is sd(d)/√n. With `smoothed`, two clusters of average size are added, half a one won, half
 * a one lost and one level (for independent binary pairs this is Agresti and Min's interval), so that sides that never
 * differ do not count as known to be equal; the mean is then drawn towards 0 by G/(G+2). With `corrected` false the factor
 * G/(G−1) is left out and limits are read from the normal distribution: the large-sample (Wald, CR0) form, which is also
 * the error of the ideal bootstrap, and 0 for a single cluster.
 *
 * @param differences - d_i, e.g. −1, 0 or 1; at least one
 * @param clusters - cluster of each difference; each its own where left out
 * @throws {RangeError} without differences, or for another number of clusters
 * @see Miller (2024), https://arxiv.org/abs/2411.00640
 * @see Agresti, Min (2005), https://doi.org/10.1002/sim.1781 (smoothing)
 */
export function pairedDifference(
  differences: ArrayLike<number>,
  clusters?: ArrayLike<number | string>,
  options: { readonly smoothed?: boolean; readonly corrected?: boolean } = {},
): PairedDifference {
  const observed = differences.length;
  if (observed === 0) throw new RangeError('Expected at least one pair, got none.');
  if (clusters !== undefined && clusters.length !== observed) {
    throw new RangeError(`Expected a cluster for each of ${observed} differences, got ${clusters.length}.`);
  }
  return clusteredDifference(clusterSums(differences, clusters), options);
}

/** Differences summed within clusters: place by place the sum of a cluster and how many differences it has. */
export interface ClusterSums {
  readonly sums: Float64Array;
  /** Each at least 1. */
  readonly sizes: Float64Array;
}

/**
 * As {@link pairedDifference}, where the sums within clusters are known.
 *
 * @param clusters - at least one
 */
export function clusteredDifference(
  { sums, sizes }: ClusterSums,
  options: { readonly smoothed?: boolean; readonly corrected?: boolean } = {},
): PairedDifference {
  const count = sums.length;
  let [observed, total] = [0, 0];
  for (let cluster = 0; cluster < count; cluster += 1) {
    observed += sizes[cluster] ?? 0;
    total += sums[cluster] ?? 0;
  }
  const added = options.smoothed ? observed / count : 0;
  const n = observed + 2 * added;
  const mean = total / n;
  // ½ (1 − mean)² + ½ (−1 − mean)² + mean²
  let squares = added * added * (1 + 2 * mean * mean);
  for (let cluster = 0; cluster < count; cluster += 1) {
    squares += ((sums[cluster] ?? 0) - (sizes[cluster] ?? 0) * mean) ** 2;
  }
  const corrected = options.corrected ?? true;
  const freedom = corrected ? count - 1 : Number.POSITIVE_INFINITY;
  const variance = corrected && count > 1 ? (squares * count) / (count - 1) : squares;
  const standardError = freedom < 1 ? Number.POSITIVE_INFINITY : Math.sqrt(variance) / n;
  return { mean, standardError, n: observed, clusters: count, freedom };
}

/** Limits of a paired difference on both sides, by Student's t on its degrees of freedom. */
export function pairedInterval(difference: PairedDifference, confidence = 0.95): Interval {
  const reach = differenceReach(difference, (1 + confidence) / 2);
  return [difference.mean - reach, difference.mean + reach];
}

/** How far a one-sided limit of the given confidence lies from the mean. */
export function differenceReach({ standardError, freedom }: PairedDifference, confidence: number): number {
  if (freedom < 1) return Number.POSITIVE_INFINITY;
  return standardError === 0 ? 0 : studentTQuantile(confidence, freedom) * standardError;
}

function clusterSums(differences: ArrayLike<number>, clusters: ArrayLike<number | string> | undefined): ClusterSums {
  if (clusters === undefined) {
    return { sums: Float64Array.from(differences), sizes: new Float64Array(differences.length).fill(1) };
  }
  const places = new Map<number | string, number>();
  const sums: number[] = [];
  const sizes: number[] = [];
  for (let index = 0; index < differences.length; index += 1) {
    const cluster = clusters[index] ?? '';
    const place = places.get(cluster) ?? places.size;
    places.set(cluster, place);
    sums[place] = (sums[place] ?? 0) + (differences[index] ?? 0);
    sizes[place] = (sizes[place] ?? 0) + 1;
  }
  return { sums: Float64Array.from(sums), sizes: Float64Array.from(sizes) };
}

/**
 * The plain mean of differences that were measured on different problems, such as one per benchmark: their errors add up
 * by squares, and the degrees of freedom follow from how unequal they are.
 *
 * @param differences - at least one
 * @see Satterthwaite (1946), https://doi.org/10.2307/3002019 (degrees of freedom)
 */
export function averageDifference(differences: readonly PairedDifference[]): PairedDifference {
  if (differences.length === 0) throw new RangeError('Expected at least one difference, got none.');
  const count = differences.length;
  const sum = (value: (difference: PairedDifference) => number) =>
    differences.reduce((all, one) => all + value(one), 0);
  const variance = sum(({ standardError }) => standardError ** 2);
  const spread = sum(({ standardError, freedom }) => (standardError === 0 ? 0 : standardError ** 4 / freedom));
  const freedom = differences.some((one) => one.freedom < 1)
    ? 0
    : spread === 0
      ? Math.min(...differences.map((one) => one.freedom))
      : variance ** 2 / spread;
  return {
    mean: sum(({ mean }) => mean) / count,
    standardError: Math.sqrt(variance) / count,
    n: sum(({ n }) => n),
    clusters: sum(({ clusters }) => clusters),
    freedom,
  };
}
