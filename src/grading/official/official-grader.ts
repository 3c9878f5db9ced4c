import type { Problem } from '../../core/problem.ts';
import type { Graded } from '../grader.ts';
import { judgeOfficially, type OfficialOptions } from './official-rules.ts';
import type { OfficialVerdict } from './official-verdict.ts';

/** Name and version of the published rules under these options. */
export function officialVersion({ mathvistaInteger }: OfficialOptions): string {
  return mathvistaInteger === 'int' ? 'official/1+int' : 'official/1';
}

/**
 * The grade of one response by its benchmark's published deterministic evaluation, quirks included: for comparison with
 * published numbers, not for verdicts to rely on. Responses for which that evaluation asks a model are `undecided`.
 */
export function gradeOfficially(problem: Problem, text: string, options: OfficialOptions): Graded {
  return graded(judgeOfficially(problem, text, options), text);
}

/** Published rules rewrite the answer that they find, so it may stand nowhere in the response: then all of it is named. */
function graded({ verdict, rule, extracted }: OfficialVerdict, response: string): Graded {
  if (extracted === null) return { verdict, rule, extracted: null };
  const at = response.lastIndexOf(extracted);
  const [start, end] = at < 0 ? [0, response.length] : [at, at + extracted.length];
  return { verdict, rule, extracted: { text: extracted, start, end, rule } };
}
