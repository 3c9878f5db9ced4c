import type { Problem } from '../../core/problem.ts';
import { isRefusal } from '../extraction/refusal.ts';
import { unwrapMarkup } from '../values/unwrap-markup.ts';
import type { Judgement } from './judgement.ts';

const opening = /^["'([]*(yes|no|true|false|[01]|是的?|对|不是|否|不对)(?![\p{L}\p{N}])(.*)$/su;
const affirmative: ReadonlySet<string> = new Set(['yes', 'true', '1', '是', '是的', '对']);
/** `no` alone, or in front of a clause: `no difference` and `no idea` say something else. */
const aloneOrClause =
  /^(?:$|[.,;:!)\]"'–—-]|\s+(?:because|since|as|it|they|there|the|this|these|that|in|according|based)\b)/;
/** What an answer goes on to call its answer. */
const restated = /\banswer(?:\s+is|\s*:)\s*(yes|no)\b/;
const nothingMore = /^[\s.!)\]"']*$/;
const otherSaid = /^[\s.,;:!)\]"'/–—-]*(?:(?:and|or|but)\s+)?(?:yes|no)\b/;

/** Judges an answer to a question of yes or no, by the word that it opens with; what only describes is left to a judge. */
export function judgeYesNo(text: string, problem: Problem): Judgement | undefined {
  const said = readYesNo(text);
  if (said === 'both') return { verdict: 'undecided', rule: 'yes-and-no' };
  if (said !== undefined) return { verdict: said === problem.answer ? 'correct' : 'incorrect', rule: 'yes-no' };
  return isRefusal(text.slice(0, 600)) ? { verdict: 'no_answer', rule: 'refusal' } : undefined;
}

/** What a text opens with; undefined where that is neither. */
export function readYesNo(text: string): 'yes' | 'no' | 'both' | undefined {
  const match = opening.exec(unwrapMarkup(text.slice(0, 600)).toLowerCase());
  const [word, rest] = [match?.[1], match?.[2]];
  if (word === undefined || rest === undefined) return undefined;
  if (otherSaid.test(rest) || (restated.exec(rest)?.[1] ?? word) !== word) return 'both';
  if (word === 'no' && !aloneOrClause.test(rest)) return undefined;
  // `1` and `true` stand for yes only where nothing else is said of them.
  if (word !== 'no' && word !== 'yes' && !nothingMore.test(rest)) return undefined;
  return affirmative.has(word) ? 'yes' : 'no';
}
