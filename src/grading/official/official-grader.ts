import type { Graded, Grader } from '../grader.ts';
import { judgeOfficially, type OfficialOptions } from './official-rules.ts';
import type { OfficialVerdict } from './official-verdict.ts';

/**
 * Each benchmark's published deterministic evaluation, quirks included: for comparison with published numbers, not for
 * verdicts to rely on. Responses for which that evaluation asks a model are `undecided`.
 */
export function createOfficialGrader(options: OfficialOptions): Grader {
  return {
    mode: 'official',
    version: options.mathvistaInteger === 'int' ? 'official/1+int' : 'official/1',
    batchSize: 1,
    grade: async (items) => items.map(({ problem, text }) => graded(judgeOfficially(problem, text, options), text)),
    close: async () => undefined,
  };
}

/** Published rules rewrite the answer that they find, so it may stand nowhere in the response: then all of it is named. */
function graded({ verdict, rule, extracted }: OfficialVerdict, response: string): Graded {
  if (extracted === null) return { verdict, rule, extracted: null };
  const at = response.lastIndexOf(extracted);
  const [start, end] = at < 0 ? [0, response.length] : [at, at + extracted.length];
  return { verdict, rule, extracted: { text: extracted, start, end, rule } };
}
