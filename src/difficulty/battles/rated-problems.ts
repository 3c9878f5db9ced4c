import type { Problem } from '../../core/problem.ts';
import { ratingKeyOf } from '../../problems/ratings/rating-key.ts';

/**
 * Which of the rows that share a rating fight for all of them: SynthRL takes the Text Lite version of a MathVerse problem
 * and the first variant of a DynaMath seed.
 */
const fighting: Readonly<Record<string, { readonly facet: string; readonly value: string }>> = {
  mathverse: { facet: 'version', value: 'Text Lite' },
  dynamath: { facet: 'variant', value: '1' },
};

/** A problem that fights, with the key of its rating. */
export interface RatedProblem {
  readonly id: string;
  readonly problem: Problem;
}

/**
 * The problems of a selection that fight, one for each rating, in their order. Where a selection leaves out the rows that
 * would, the first of each takes their place.
 */
export function ratedProblems(problems: readonly Problem[]): { rated: RatedProblem[]; note: string | undefined } {
  const byKey = new Map<string, Problem>();
  let others = 0;
  for (const problem of problems) {
    const key = ratingKeyOf(problem);
    const known = byKey.get(key);
    if (known === undefined || (fights(problem) && !fights(known))) byKey.set(key, problem);
  }
  const rated = [...byKey].map(([id, problem]) => ({ id, problem }));
  for (const { problem } of rated) others += fights(problem) ? 0 : 1;
  const [first] = problems;
  const wanted = first && fighting[first.benchmark];
  if (first === undefined || wanted === undefined || others === 0) return { rated, note: undefined };
  const note = `${others} of ${rated.length} problems of ${first.benchmark} have no row with ${wanted.facet} ${wanted.value} in this selection; their first row is judged.`;
  return { rated, note };
}

function fights({ benchmark, facets }: Problem): boolean {
  const wanted = fighting[benchmark];
  return wanted === undefined || (facets[wanted.facet] ?? []).includes(wanted.value);
}
