import { compositeSamples, hasStep } from './composites.ts';
import type { Figures } from './figure.ts';
import { masteryFigures } from './mastery-figures.ts';
import type { Outcomes } from './outcomes.ts';
import { sampleShare } from './sample-share.ts';

/**
 * We-Math's figures, from the `step` facet (`one-step`, `two-step`, `three-step`) and groups that hold a composite
 * problem with its one-step parts.
 *
 * - `strict` and `loose`, over composites whose parts were all selected: `ik`, `ig`, `cm` as shares of composites,
 *   `rm` = RM / (CM + RM), `score` = (CM + IG/2) / composites. Strict mastery wants every part right, loose one part.
 * - `one_step`, `two_step`, `three_step`: share right among the problems of that step.
 *
 * Null where there is nothing to divide by. Samples are counted one by one; what is not `correct` counts as not right.
 *
 * @see Qiao et al. (2024), https://arxiv.org/abs/2407.01284
 */
export function fourDimensionalMetrics(outcomes: Outcomes): Figures {
  const composites = compositeSamples(outcomes);
  const step = (name: string) =>
    sampleShare(
      outcomes,
      outcomes.problems.filter((problem) => hasStep(problem, name)),
    );
  return {
    strict: masteryFigures(composites, true),
    loose: masteryFigures(composites, false),
    one_step: step('one-step'),
    two_step: step('two-step'),
    three_step: step('three-step'),
  };
}
