import type { Problem } from '../core/problem.ts';
import type { Figure } from './figure.ts';
import { figureOf } from './figure-of.ts';
import { mayBeRight, type Outcomes, verdictOn } from './outcomes.ts';

/** The share of samples of some problems that are right, clustered by group. */
export function sampleShare(outcomes: Outcomes, problems: readonly Problem[] = outcomes.problems): Figure {
  const units = problems.flatMap((problem) =>
    Array.from({ length: outcomes.repeat }, (_, sample) => {
      const verdict = verdictOn(outcomes, problem, sample);
      const value = verdict === 'correct' ? 1 : 0;
      return { group: problem.group, value, least: value, most: mayBeRight(verdict) ? 1 : 0 };
    }),
  );
  return figureOf(units);
}
