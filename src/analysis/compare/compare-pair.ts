import { differenceP } from '../../statistics/difference-tests.ts';
import { mcNemarTest } from '../../statistics/mcnemar.ts';
import {
  averageDifference,
  clusteredDifference,
  type PairedDifference,
  pairedInterval,
} from '../../statistics/paired-difference.ts';
import { accuracyOf, type ClusterScores } from './cluster-scores.ts';

/** A difference read three ways, as a difference of two checkpoints is where some verdicts are not settled. */
export interface DifferenceReadings {
  readonly plain: PairedDifference;
  /** What is not settled counts as wrong for the newer side and as right for the older. */
  readonly pessimistic: PairedDifference;
  /** The other way round. */
  readonly optimistic: PairedDifference;
}

/** What a comparison of two checkpoints found, newer less older. */
export interface DifferenceFinding {
  /** Samples asked of each. */
  readonly n: number;
  /** Of accuracies, from −1 to 1; over several benchmarks the plain mean of theirs. */
  readonly difference: number;
  /** 95 %, over both bounds of what is not settled; null where there are too few groups to tell anything. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Two-sided, of no difference, clustered; of the reading that is least favourable to there being one. */
  readonly p: number;
  /** Two-sided exact p of McNemar's test; null where rows depend on each other, or for an average. */
  readonly mcnemar: number | null;
}

/**
 * Differences of two checkpoints on one benchmark, paired by problem and clustered by group.
 *
 * @throws {RangeError} where one of them has no results there
 */
export function readDifference(scores: ClusterScores, newer: number, older: number): DifferenceReadings {
  const { right, possible, sizes } = scores;
  const between = (sums: Float64Array | undefined, less: Float64Array | undefined) => {
    if (sums === undefined || less === undefined) throw new RangeError('Expected results of both checkpoints.');
    const differences = new Float64Array(sums.length);
    for (let cluster = 0; cluster < sums.length; cluster += 1) {
      differences[cluster] = (sums[cluster] ?? 0) - (less[cluster] ?? 0);
    }
    return clusteredDifference({ sums: differences, sizes }, { smoothed: true });
  };
  return {
    plain: between(right[newer], right[older]),
    pessimistic: between(right[newer], possible[older]),
    optimistic: between(possible[newer], right[older]),
  };
}

/** The plain mean of differences on several benchmarks. */
export function averageReadings(readings: readonly DifferenceReadings[]): DifferenceReadings {
  return {
    plain: averageDifference(readings.map(({ plain }) => plain)),
    pessimistic: averageDifference(readings.map(({ pessimistic }) => pessimistic)),
    optimistic: averageDifference(readings.map(({ optimistic }) => optimistic)),
  };
}

/** What two checkpoints' results on the same benchmarks say about their difference. */
export function findDifference(
  scores: readonly ClusterScores[],
  readings: DifferenceReadings,
  [newer, older]: readonly [newer: number, older: number],
): DifferenceFinding {
  const gaps = scores.map((one) => accuracyOf(one, newer) - accuracyOf(one, older));
  const difference = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const [low] = pairedInterval(readings.pessimistic);
  const [, high] = pairedInterval(readings.optimistic);
  const [only, other] = scores;
  return {
    n: scores.reduce((sum, { n, repeat }) => sum + n * repeat, 0),
    difference,
    interval: low > -1 || high < 1 ? [Math.max(-1, low), Math.min(1, high)] : null,
    p: leastFavourableP(readings),
    mcnemar: only === undefined || other !== undefined ? null : mcNemarOf(only, newer, older),
  };
}

/** The p value of the reading that draws the difference towards 0; 1 where that turns its sign. */
function leastFavourableP({ plain, pessimistic, optimistic }: DifferenceReadings): number {
  const reading = plain.mean >= 0 ? pessimistic : optimistic;
  return reading.mean * plain.mean > 0 ? differenceP(reading) : 1;
}

function mcNemarOf(scores: ClusterScores, newer: number, older: number): number | null {
  const { n, repeat, sizes, right, possible } = scores;
  if (repeat > 1 || sizes.length < n) return null;
  // As the p value above: what is not settled speaks against a difference.
  const gained = accuracyOf(scores, newer) >= accuracyOf(scores, older);
  const ours = gained ? right[newer] : possible[newer];
  const theirs = gained ? possible[older] : right[older];
  let [won, lost] = [0, 0];
  for (let problem = 0; problem < n; problem += 1) {
    const difference = (ours?.[problem] ?? 0) - (theirs?.[problem] ?? 0);
    if (difference > 0) won += 1;
    else if (difference < 0) lost += 1;
  }
  return (gained ? won > lost : lost > won) ? mcNemarTest(won, lost).exact : 1;
}
