import type { Problem } from '../../core/problem.ts';
import type { OfficialVerdict } from './official-verdict.ts';
import { afterLast, strip } from './python-text.ts';

/** We-Math's published verdict: the first character behind the last `Answer`, brackets, colons and full stops left out. */
export function judgeWeMath(problem: Problem, response: string): OfficialVerdict {
  const letter = extractWeMathLetter(response);
  const isCorrect = letter !== undefined && letter === problem.answer;
  return { verdict: isCorrect ? 'correct' : 'incorrect', rule: 'official-wemath', extracted: letter ?? null };
}

/** A letter from A to H; undefined where another character stands in its place. */
export function extractWeMathLetter(response: string): string | undefined {
  const behind = strip(strip(afterLast(response, 'Answer')).replace(/[<>:.]/g, ''));
  return /^[A-H]/.exec(behind)?.[0];
}
