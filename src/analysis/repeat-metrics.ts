import type { Metrics } from '../core/summary.ts';
import { passAtK } from '../statistics/pass-at-k.ts';
import { type Outcomes, verdictOn } from './outcomes.ts';

/**
 * Figures of several samples per problem: `mean`, the share of samples that are right, and `pass_at_k` for each k from
 * 1 to the number of samples, averaged over problems. Null where nothing was asked.
 */
export function repeatMetrics(outcomes: Outcomes): Metrics {
  const { problems, repeat } = outcomes;
  const rightByProblem = problems.map((problem) => {
    let right = 0;
    for (let sample = 0; sample < repeat; sample += 1) {
      if (verdictOn(outcomes, problem, sample) === 'correct') right += 1;
    }
    return right;
  });
  const average = (value: (right: number) => number) =>
    problems.length === 0 ? null : rightByProblem.reduce((sum, right) => sum + value(right), 0) / problems.length;
  const passes = Array.from({ length: repeat }, (_, at) => at + 1).map((k) => [
    String(k),
    average((right) => passAtK(repeat, right, k)),
  ]);
  return { mean: average((right) => right / repeat), pass_at_k: Object.fromEntries(passes) as Metrics };
}
