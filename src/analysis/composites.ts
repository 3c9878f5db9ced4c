import type { Problem } from '../core/problem.ts';
import { groupProblems, mayBeRight, type Outcomes, verdictOn } from './outcomes.ts';

/** How many one-step problems a composite problem is made of, by its `step` facet. */
const partsByStep: Readonly<Record<string, number>> = { 'two-step': 2, 'three-step': 3 };

/** One sample of a composite problem and of all the one-step problems that it is made of. */
export interface CompositeSample {
  readonly group: string;
  readonly parts: number;
  /** What is right. */
  readonly right: { readonly whole: boolean; readonly parts: number };
  /** What is right or could still turn out so. */
  readonly possible: { readonly whole: boolean; readonly parts: number };
}

/** Every sample of the composites whose parts were all selected. A group holds a composite with its parts. */
export function compositeSamples(outcomes: Outcomes): CompositeSample[] {
  return findComposites(outcomes.problems).flatMap(({ whole, parts }) =>
    Array.from({ length: outcomes.repeat }, (_, sample) => {
      const verdict = verdictOn(outcomes, whole, sample);
      const partVerdicts = parts.map((part) => verdictOn(outcomes, part, sample));
      const partsRight = partVerdicts.filter((each) => each === 'correct').length;
      return {
        group: whole.group,
        parts: parts.length,
        right: { whole: verdict === 'correct', parts: partsRight },
        possible: { whole: mayBeRight(verdict), parts: partVerdicts.filter(mayBeRight).length },
      };
    }),
  );
}

/** Whether a problem is of a step: `one-step`, `two-step`, `three-step`. */
export function hasStep(problem: Problem, step: string): boolean {
  const { step: steps } = problem.facets;
  return steps?.includes(step) ?? false;
}

function findComposites(problems: readonly Problem[]): { whole: Problem; parts: Problem[] }[] {
  return [...groupProblems(problems).values()].flatMap((group) => {
    const parts = group.filter((problem) => hasStep(problem, 'one-step'));
    return group.flatMap((whole) => {
      const needed = Object.entries(partsByStep).find(([step]) => hasStep(whole, step))?.[1];
      return needed !== undefined && parts.length === needed ? [{ whole, parts }] : [];
    });
  });
}
