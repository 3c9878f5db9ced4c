import { inferiority, nonInferiority } from '../../statistics/difference-tests.ts';
import { averageDifference, pairedDifference } from '../../statistics/paired-difference.ts';
import { pairedOutcomes } from '../paired-outcomes.ts';
import type { GatedBenchmark, RuleFinding } from './evaluate-gate.ts';

/**
 * Is the accuracy of the newer side worse by less than a margin? Paired by problem, clustered by group; over several
 * benchmarks the plain mean of their differences. What is not settled counts against a pass, and against a regression.
 */
export function testMargin(benchmarks: readonly GatedBenchmark[], margin: number, alpha: number): RuleFinding {
  const paired = benchmarks.map((benchmark) => pairedOutcomes(benchmark));
  const differenceOf = (reading: 'pessimistic' | 'optimistic') =>
    averageDifference(paired.map((one) => pairedDifference(one[reading], one.clusters, { smoothed: true })));
  const passing = nonInferiority(differenceOf('pessimistic'), margin, 1 - alpha);
  const breaking = inferiority(differenceOf('optimistic'), margin, 1 - alpha);
  const mean = (side: 'newer' | 'older') => paired.reduce((sum, one) => sum + one[side], 0) / paired.length;
  return {
    passes: passing.limit > -margin,
    brokenP: breaking.p,
    n: benchmarks.reduce((sum, { problems, repeat }) => sum + problems.length * repeat, 0),
    newer: mean('newer'),
    older: mean('older'),
    ...limitsOf(passing.limit, breaking.limit),
  };
}

/** Limits within what a difference of shares can be; those that leave everything possible are no figures. */
function limitsOf(lower: number, upper: number): Pick<RuleFinding, 'lower' | 'upper' | 'note'> {
  if (lower > -1 || upper < 1) return { lower: Math.max(-1, lower), upper: Math.min(1, upper) };
  return { lower: null, upper: null, note: 'There are too few groups of problems to tell anything of a difference.' };
}
