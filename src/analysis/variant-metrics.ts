import type { Metrics } from '../core/summary.ts';
import { groupProblems, type Outcomes, verdictOn } from './outcomes.ts';

/**
 * DynaMath's figures, where a group is a seed and its problems are the variants.
 *
 * - `average`: share of all samples that are right;
 * - `worst_case`: share of seeds with every selected variant right, averaged over samples;
 * - `reasoning_robustness`: worst_case / average, null where the average is 0.
 *
 * All null where nothing was asked. What is not `correct` counts as not right.
 *
 * @see Zou et al. (2024), https://arxiv.org/abs/2411.00836
 */
export function variantMetrics(outcomes: Outcomes): Metrics {
  const seeds = groupProblems(outcomes.problems);
  let right = 0;
  let allRight = 0;
  for (const variants of seeds.values()) {
    for (let sample = 0; sample < outcomes.repeat; sample += 1) {
      const rightHere = variants.filter((problem) => verdictOn(outcomes, problem, sample) === 'correct').length;
      right += rightHere;
      if (rightHere === variants.length) allRight += 1;
    }
  }
  if (seeds.size === 0) return { average: null, worst_case: null, reasoning_robustness: null };
  const average = right / (outcomes.problems.length * outcomes.repeat);
  const worst = allRight / (seeds.size * outcomes.repeat);
  return { average, worst_case: worst, reasoning_robustness: average === 0 ? null : worst / average };
}
