import type { Problem } from '../../core/problem.ts';
import type { BenchmarkScores } from './score-benchmark.ts';

/** Results summed within groups of problems: all that differences and their errors need. */
export interface ClusterScores {
  /** Problems. */
  readonly n: number;
  /** Samples of each problem. */
  readonly repeat: number;
  /** Problems in each group. */
  readonly sizes: Float64Array;
  /** By checkpoint: shares of right samples, summed within each group; undefined for one that was not asked. */
  readonly right: readonly (Float64Array | undefined)[];
  /** The same with what is not settled counted as right. */
  readonly possible: readonly (Float64Array | undefined)[];
}

/**
 * Sums results within groups.
 *
 * @param keep - which problems take part; all by default
 */
export function clusterScores(
  scores: BenchmarkScores,
  keep: (problem: Problem) => boolean = () => true,
): ClusterScores {
  const clusterOf = new Int32Array(scores.problems.length).fill(-1);
  const places = new Map<string, number>();
  const sizes: number[] = [];
  for (const [index, problem] of scores.problems.entries()) {
    if (!keep(problem)) continue;
    const place = places.get(problem.group) ?? places.size;
    places.set(problem.group, place);
    sizes[place] = (sizes[place] ?? 0) + 1;
    clusterOf[index] = place;
  }
  const summed = (values: Float64Array) => {
    const sums = new Float64Array(sizes.length);
    for (const [index, value] of values.entries()) {
      const place = clusterOf[index] ?? -1;
      if (place >= 0) sums[place] = (sums[place] ?? 0) + value;
    }
    return sums;
  };
  return {
    n: sizes.reduce((sum, size) => sum + size, 0),
    repeat: scores.repeat,
    sizes: Float64Array.from(sizes),
    right: scores.shares.map((shares) => shares && summed(shares.right)),
    possible: scores.shares.map((shares) => shares && summed(shares.possible)),
  };
}

/** Share of right samples of one checkpoint, in [0, 1]; NaN where there is none. */
export function accuracyOf({ right, n }: ClusterScores, checkpoint: number): number {
  return sumOf(right[checkpoint]) / n;
}

/** How far that share may still rise. */
export function unsettledOf({ right, possible, n }: ClusterScores, checkpoint: number): number {
  return (sumOf(possible[checkpoint]) - sumOf(right[checkpoint])) / n;
}

function sumOf(sums: Float64Array | undefined): number {
  return sums === undefined ? Number.NaN : sums.reduce((total, value) => total + value, 0);
}
