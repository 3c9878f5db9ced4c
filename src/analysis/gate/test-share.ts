import type { Verdict } from '../../core/grade.ts';
import { type Cluster, effectiveSampleSize } from '../../statistics/clustered-interval.ts';
import { normalCdf } from '../../statistics/normal-cdf.ts';
import { wilsonInterval } from '../../statistics/wilson-interval.ts';
import { groupProblems, mayBeRight, verdictOn } from '../outcomes.ts';
import type { GatedBenchmark, RuleFinding } from './evaluate-gate.ts';
import type { GateBound, GateMetric } from './gate-rule.ts';

/**
 * Does a share of the newer side's samples keep to a bound? By the score test on the effective number of samples; over
 * several benchmarks all their samples together. Accuracy is read at its lower bound for a pass and at its upper bound for
 * a breach.
 */
export function testShare(
  benchmarks: readonly GatedBenchmark[],
  metric: Exclude<GateMetric, 'asked'>,
  bound: GateBound,
  alpha: number,
): RuleFinding {
  const isAccuracy = metric === 'accuracy';
  const least = shareOf(clustersOf(benchmarks, (verdict) => verdict === (isAccuracy ? 'correct' : metric)));
  const most = isAccuracy ? shareOf(clustersOf(benchmarks, mayBeRight)) : least;
  // A one-sided limit at level α is one end of a two-sided interval at 2α.
  const [lower] = wilsonInterval(least.share, least.effective, 1 - 2 * alpha);
  const [, upper] = wilsonInterval(most.share, most.effective, 1 - 2 * alpha);
  const floor = bound.kind === 'at_least';
  return {
    passes: floor ? lower >= bound.amount : upper <= bound.amount,
    brokenP: floor ? scoreP(most, bound.amount, -1) : scoreP(least, bound.amount, 1),
    n: benchmarks.reduce((sum, { problems, repeat }) => sum + problems.length * repeat, 0),
    newer: least.share,
    older: null,
    lower,
    upper,
  };
}

interface Share {
  readonly share: number;
  readonly effective: number;
}

/** Chance of a share at least this far on one side of the bound, were the true one at the bound. */
function scoreP({ share, effective }: Share, bound: number, side: 1 | -1): number {
  const spread = Math.sqrt((bound * (1 - bound)) / effective);
  const gap = side * (share - bound);
  if (spread === 0) return gap > 0 ? 0 : 1;
  return normalCdf(-gap / spread);
}

function shareOf(clusters: readonly Cluster[]): Share {
  const total = clusters.reduce((sum, cluster) => sum + cluster.total, 0);
  const successes = clusters.reduce((sum, cluster) => sum + cluster.successes, 0);
  const independent = clusters.every((cluster) => cluster.total === 1);
  return { share: successes / total, effective: independent ? total : effectiveSampleSize(clusters) };
}

function clustersOf(benchmarks: readonly GatedBenchmark[], counts: (verdict: Verdict) => boolean): Cluster[] {
  return benchmarks.flatMap(({ problems, repeat, newer }) =>
    [...groupProblems(problems).values()].map((group) => {
      let successes = 0;
      for (const problem of group) {
        for (let sample = 0; sample < repeat; sample += 1) {
          if (counts(verdictOn({ problems, repeat, verdicts: newer }, problem, sample))) successes += 1;
        }
      }
      return { total: group.length * repeat, successes };
    }),
  );
}
