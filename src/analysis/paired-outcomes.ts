import type { Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import { problemShares } from './problem-shares.ts';

/** Differences of two checkpoints on the same problems, newer less older, one per problem, each from −1 to 1. */
export interface PairedOutcomes {
  /** By what is right on both sides. */
  readonly plain: Float64Array;
  /** What is not settled counts as wrong for the newer and as right for the older. */
  readonly pessimistic: Float64Array;
  /** The other way round. */
  readonly optimistic: Float64Array;
  /** The group of each problem. */
  readonly clusters: readonly string[];
  /** Accuracy of each side over these problems, in [0, 1]; NaN without any. */
  readonly newer: number;
  readonly older: number;
}

/**
 * Pairs the verdicts of two checkpoints problem by problem; several samples of one are averaged first.
 *
 * @param keep - which problems take part; all by default
 */
export function pairedOutcomes(options: {
  readonly problems: readonly Problem[];
  readonly repeat: number;
  readonly newer: ReadonlyMap<string, Verdict>;
  readonly older: ReadonlyMap<string, Verdict>;
  readonly keep?: (problem: Problem) => boolean;
}): PairedOutcomes {
  const problems = options.keep ? options.problems.filter(options.keep) : options.problems;
  const { repeat } = options;
  const newer = problemShares({ problems, repeat, verdicts: options.newer });
  const older = problemShares({ problems, repeat, verdicts: options.older });
  const plain = newer.right.map((share, index) => share - (older.right[index] ?? 0));
  return {
    plain,
    pessimistic: newer.right.map((share, index) => share - (older.possible[index] ?? 0)),
    optimistic: newer.possible.map((share, index) => share - (older.right[index] ?? 0)),
    clusters: problems.map(({ group }) => group),
    newer: mean(newer.right),
    older: mean(older.right),
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
