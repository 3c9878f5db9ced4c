import type { Verdict } from '../../core/grade.ts';
import { type Cluster, effectiveSampleSize } from '../../statistics/clustered-interval.ts';
import { wilsonInterval } from '../../statistics/wilson-interval.ts';
import { groupProblems, mayBeRight, verdictOn } from '../outcomes.ts';
import type { GatedBenchmark, RuleFinding } from './evaluate-gate.ts';
import type { GateBound, GateMetric } from './gate-rule.ts';

/**
 * Does a share of the newer side's samples keep to a bound? By Wilson's limits on the effective number of samples; over
 * several benchmarks the plain mean of their shares. Accuracy is read at its lower bound for a pass and at its upper bound
 * for a breach.
 */
export function testShare(
  benchmarks: readonly GatedBenchmark[],
  metric: Exclude<GateMetric, 'asked'>,
  bound: GateBound,
  alpha: number,
): RuleFinding {
  const isAccuracy = metric === 'accuracy';
  const shares = (counts: (verdict: Verdict) => boolean) =>
    benchmarks.map((benchmark) => shareOf(clustersOf(benchmark, counts)));
  const least = shares((verdict) => verdict === (isAccuracy ? 'correct' : metric));
  const most = isAccuracy ? shares(mayBeRight) : least;
  const { lower } = averageOf(least, alpha);
  const { upper } = averageOf(most, alpha);
  const floor = bound.kind === 'at_least';
  return {
    passes: floor ? lower >= bound.amount : upper <= bound.amount,
    brokenP: floor
      ? beyondP((level) => bound.amount - averageOf(most, level).upper)
      : beyondP((level) => averageOf(least, level).lower - bound.amount),
    n: benchmarks.reduce((sum, { problems, repeat }) => sum + problems.length * repeat, 0),
    newer: averageOf(least, alpha).mean,
    older: null,
    lower,
    upper,
  };
}

interface Share {
  readonly share: number;
  readonly effective: number;
}

/**
 * The plain mean of shares of different samples, with one-sided limits at level alpha: distances of the Wilson limits put
 * together by their squares (MOVER). Of a single share these are its Wilson limits.
 *
 * @see Zou, Donner (2008), https://doi.org/10.1002/sim.3095
 */
function averageOf(shares: readonly Share[], alpha: number): { mean: number; lower: number; upper: number } {
  // A one-sided limit at level α is one end of a two-sided interval at 2α.
  const limits = shares.map(({ share, effective }) => wilsonInterval(share, effective, 1 - 2 * alpha));
  const mean = shares.reduce((sum, { share }) => sum + share, 0) / shares.length;
  const reach = (end: 0 | 1) =>
    Math.hypot(...shares.map(({ share }, index) => share - (limits[index]?.[end] ?? share))) / shares.length;
  return { mean, lower: mean - reach(0), upper: mean + reach(1) };
}

/**
 * The level at which a one-sided limit reaches the bound: for a single share the p value of the score test.
 *
 * @param beyond - by how much the limit at a level lies beyond the bound; grows with the level
 * @returns 1 where the estimate itself is not beyond it
 */
function beyondP(beyond: (level: number) => number): number {
  let [low, high] = [1e-15, 0.5 - 1e-9];
  if (beyond(high) <= 0) return 1;
  if (beyond(low) > 0) return 0;
  for (let step = 0; step < 100 && high - low > 1e-12 * high; step += 1) {
    const level = Math.sqrt(low * high);
    if (beyond(level) > 0) high = level;
    else low = level;
  }
  return high;
}

function shareOf(clusters: readonly Cluster[]): Share {
  const total = clusters.reduce((sum, cluster) => sum + cluster.total, 0);
  const successes = clusters.reduce((sum, cluster) => sum + cluster.successes, 0);
  const independent = clusters.every((cluster) => cluster.total === 1);
  return { share: successes / total, effective: independent ? total : effectiveSampleSize(clusters) };
}

function clustersOf({ problems, repeat, newer }: GatedBenchmark, counts: (verdict: Verdict) => boolean): Cluster[] {
  return [...groupProblems(problems).values()].map((group) => {
    let successes = 0;
    for (const problem of group) {
      for (let sample = 0; sample < repeat; sample += 1) {
        if (counts(verdictOn({ problems, repeat, verdicts: newer }, problem, sample))) successes += 1;
      }
    }
    return { total: group.length * repeat, successes };
  });
}
