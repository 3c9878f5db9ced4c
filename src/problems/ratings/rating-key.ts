import type { Problem } from '../../core/problem.ts';

/**
 * Benchmarks whose problems are rated once for all rows that are versions of one: MathVerse by `problem_index`, DynaMath
 * by seed. In others each row has its own rating, also where rows share a group (the steps of a We-Math composite).
 */
const ratedByGroup: ReadonlySet<string> = new Set(['mathverse', 'dynamath']);

/** The id under which a problem's rating stands in SynthRL's ratings and battles. */
export function ratingKeyOf({ benchmark, group, id }: Pick<Problem, 'benchmark' | 'group' | 'id'>): string {
  return ratedByGroup.has(benchmark) ? group : id;
}
