import type { Cluster } from '../../src/statistics/clustered-interval.ts';

/** Clusters from one 0/1 outcome and one cluster label per observation. */
export function clustersOf(outcomes: readonly number[], labels: readonly number[]): Cluster[] {
  const clusters = new Map<number, Cluster>();
  for (const [at, label] of labels.entries()) {
    const { total, successes } = clusters.get(label) ?? { total: 0, successes: 0 };
    clusters.set(label, { total: total + 1, successes: successes + (outcomes[at] ?? 0) });
  }
  return [...clusters.values()];
}
