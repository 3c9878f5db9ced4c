import { type Interval, wilsonInterval } from './wilson-interval.ts';

/**
 * Observations that are not independent of each other: the rows of one underlying problem, the samples of one row.
 * Neither number need be whole: a success may be partial, and an observation may weigh more or less than one.
 */
export interface Cluster {
  /** Above 0. */
  readonly total: number;
  /** 0 ≤ successes ≤ total */
  readonly successes: number;
}

/**
 * Standard error of the pooled proportion when observations within a cluster may depend on each other:
 * the root of G/(G-1) × Σ (successes − total × p)² / n² over G clusters (the CR1 correction for few clusters).
 *
 * @returns infinity for a single cluster, which says nothing about the spread between clusters
 * @throws {RangeError} without observations
 * @see Miller (2024), https://arxiv.org/abs/2411.00640
 */
export function clusteredStandardError(clusters: readonly Cluster[]): number {
  const { total, successes } = pool(clusters);
  if (clusters.length === 1) return Number.POSITIVE_INFINITY;
  const proportion = successes / total;
  const squares = clusters.reduce((sum, cluster) => sum + (cluster.successes - cluster.total * proportion) ** 2, 0);
  return Math.sqrt((squares * clusters.length) / (clusters.length - 1)) / total;
}

/**
 * How many independent observations the clusters are worth, from the clustered standard error: p(1−p)/SE², at most the
 * number of observations. Where the data cannot tell (p is 0 or 1, no spread, one cluster), the number of clusters, at
 * most that of observations.
 */
export function effectiveSampleSize(clusters: readonly Cluster[]): number {
  const { total, successes } = pool(clusters);
  const proportion = successes / total;
  const standardError = clusteredStandardError(clusters);
  const spread = proportion * (1 - proportion);
  if (spread === 0 || standardError === 0 || clusters.length === 1) return Math.min(total, clusters.length);
  return Math.min(total, spread / standardError ** 2);
}

/**
 * Interval for the pooled proportion: Wilson on the effective sample size; plain Wilson where every cluster has one
 * observation.
 *
 * @param confidence - coverage, between 0 and 1
 * @throws {RangeError} without observations
 */
export function clusteredInterval(clusters: readonly Cluster[], confidence = 0.95): Interval {
  const { total, successes } = pool(clusters);
  const independent = clusters.every((cluster) => cluster.total === 1);
  return wilsonInterval(successes / total, independent ? total : effectiveSampleSize(clusters), confidence);
}

function pool(clusters: readonly Cluster[]): Cluster {
  let total = 0;
  let successes = 0;
  for (const cluster of clusters) {
    total += cluster.total;
    successes += cluster.successes;
  }
  if (total === 0) throw new RangeError('Expected at least one observation, got none.');
  return { total, successes };
}
