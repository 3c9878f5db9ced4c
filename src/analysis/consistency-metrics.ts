import type { Problem } from '../core/problem.ts';
import type { Figure, Figures } from './figure.ts';
import { figureOf } from './figure-of.ts';
import { groupProblems, mayBeRight, type Outcomes, verdictOn } from './outcomes.ts';

/**
 * HallusionBench's figures of consistency, beside its plain accuracy. A group is a set of figures that the same
 * questions are asked of; the facets `figure` and `question` number both within it.
 *
 * - `question_pair`: share of questions that are right on every figure of their set, and without one where that is asked;
 * - `figure`: share of figures of which every question is right. What has no picture is no figure.
 *
 * Null where nothing was asked. What is not `correct` counts as not right.
 *
 * @see Guan et al. (2024), https://arxiv.org/abs/2310.14566
 */
export function consistencyMetrics(outcomes: Outcomes): Figures {
  const pictured = outcomes.problems.filter(({ images }) => images.length > 0);
  return {
    question_pair: allRight(outcomes, outcomes.problems, 'question'),
    figure: allRight(outcomes, pictured, 'figure'),
  };
}

/** The share of units with every problem right, where a unit is what has one value of a facet in its group. */
function allRight(outcomes: Outcomes, problems: readonly Problem[], facet: 'figure' | 'question'): Figure {
  const units = [...groupProblems(problems).values()].flatMap((set) => {
    const values = new Set(set.map((problem) => problem.facets[facet]?.[0]));
    return [...values].map((value) => set.filter((problem) => problem.facets[facet]?.[0] === value));
  });
  const samples = Array.from({ length: outcomes.repeat }, (_, sample) => sample);
  return figureOf(
    units.flatMap((unit) =>
      samples.map((sample) => {
        const verdicts = unit.map((problem) => verdictOn(outcomes, problem, sample));
        const value = verdicts.every((verdict) => verdict === 'correct') ? 1 : 0;
        return { group: unit[0]?.group ?? '', value, least: value, most: verdicts.every(mayBeRight) ? 1 : 0 };
      }),
    ),
  );
}
