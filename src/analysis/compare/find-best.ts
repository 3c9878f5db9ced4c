import { clusteredCovariance } from '../../statistics/clustered-covariance.ts';
import { normalDraws } from '../../statistics/normal-draws.ts';
import { type BestEstimate, bestEstimate } from './best-estimate.ts';
import { type BestSetMember, bestSet } from './best-set.ts';
import { accuracyOf, type ClusterScores } from './cluster-scores.ts';
import type { DifferenceReadings } from './compare-pair.ts';

/** Repetitions that corrections for looking at all checkpoints are read from. */
const defaultRounds = 10_000;

/** Which checkpoint is best, by place. */
export interface BestFinding {
  /** The highest average accuracy; the first of equals. */
  readonly highest: number;
  readonly members: readonly BestSetMember[];
  readonly estimate: BestEstimate;
}

/**
 * Finds the highest checkpoint, those that cannot be told apart from it, and what it is worth.
 *
 * @param options.scores - of the benchmarks that the average is over, all with results of every checkpoint
 * @param options.readings - the averaged difference of two checkpoints, first less second
 */
export function findBest(options: {
  readonly scores: readonly ClusterScores[];
  readonly base: number;
  readonly readings: (newer: number, older: number) => DifferenceReadings;
  readonly seed: string;
  readonly rounds?: number;
}): BestFinding {
  const { scores, base, readings, seed } = options;
  const count = scores[0]?.right.length ?? 0;
  const averages = Array.from(
    { length: count },
    (_, place) => scores.reduce((sum, one) => sum + accuracyOf(one, place), 0) / scores.length,
  );
  const highest = averages.indexOf(Math.max(...averages));
  const covariance = averageCovariance(scores, count);
  const rounds = options.rounds ?? defaultRounds;
  const draws = normalDraws(covariance, { width: count, rounds, seed: `best/${seed}` });
  const members = bestSet({ count, readings, covariance, draws });
  const candidates = members.flatMap(({ checkpoint, inSet }) => (inSet ? [checkpoint] : []));
  const estimate = bestEstimate({
    scores,
    highest,
    base,
    candidates,
    readings,
    covariance,
    draws,
    seed: `held out/${seed}`,
  });
  return { highest, members, estimate };
}

/** Covariance of the checkpoints' average accuracies: benchmarks are independent, and each weighs the same. */
function averageCovariance(scores: readonly ClusterScores[], count: number): Float64Array {
  const total = new Float64Array(count * count);
  for (const { right, sizes } of scores) {
    const sums = right.filter((each) => each !== undefined);
    const covariance = clusteredCovariance(sums, sizes);
    for (let place = 0; place < total.length; place += 1) {
      total[place] = (total[place] ?? 0) + (covariance[place] ?? 0) / scores.length ** 2;
    }
  }
  return total;
}
