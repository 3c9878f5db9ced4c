import type { Problem } from '../../core/problem.ts';
import { isRefusal } from '../extraction/refusal.ts';
import { shorterForms } from '../extraction/shorter-forms.ts';
import { compareValues } from '../values/compare-values.ts';
import { readValue } from '../values/read-value.ts';
import { unwrapMarkup } from '../values/unwrap-markup.ts';
import { goldOf } from './comparison-policy.ts';
import { type Judgement, judgementOf } from './judgement.ts';

const calendar = `january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday`.split(/\s+/);
const filler =
  /^(?:(?:the )?(?:function|graph|line|product|month|day|color|colour|answer) is|it is|they are|it's|the|an?|in|on|to)\s+/;

/** Judges a word or phrase: the same words, or the same typed value. A part of the words earns nothing. */
export function judgeText(text: string, problem: Problem): Judgement | undefined {
  const gold = normalWords(problem.answer);
  const forms = shorterForms(text.slice(0, 600))
    .map(normalWords)
    .filter((form) => form !== '');
  if (forms.includes(gold)) return { verdict: 'correct', rule: 'same-text' };
  if (isRefusal(unwrapMarkup(text.slice(0, 600)))) return { verdict: 'no_answer', rule: 'refusal' };
  const typed = judgeTyped(text, problem);
  if (typed !== undefined) return typed;
  const [answer] = forms;
  return answer === undefined || answer.length > 200 ? undefined : judgeWords(gold, answer);
}

/** Gold answers that are values: points, times, lists, lines such as `x = 4`. */
function judgeTyped(text: string, problem: Problem): Judgement | undefined {
  const { value: gold, policy } = goldOf(problem);
  if (gold.kind === 'words' || gold.kind === 'unreadable' || (gold.kind === 'expression' && gold.label === undefined))
    return undefined;
  for (const form of shorterForms(text.slice(0, 600))) {
    const answer = readValue(form);
    if (answer.kind === 'words' || answer.kind === 'unreadable') continue;
    return judgementOf(compareValues(gold, answer, policy), `text-${gold.kind}`);
  }
  return undefined;
}

/** Words against words; what is only part of the gold answer, or more than it, is left open. */
export function judgeWords(gold: string, answer: string): Judgement | undefined {
  const wanted = gold.split(' ');
  const said = answer.split(/[^\p{L}\p{N}'=.-]+/u).filter((word) => word !== '');
  if (said.length === 0) return undefined;
  if (said.every((word) => wanted.includes(word))) return { verdict: 'undecided', rule: 'part-of-text' };
  const holds = wanted.every((word) => said.includes(word));
  const denies = /\b(?:not|no|never|neither|nor|non|isn't|aren't)\b/.test(answer);
  if (!holds) {
    // The same capitals in another order may name the same thing (a segment, a set).
    const sorted = (word: string) => [...word].sort().join('');
    const reordered = said.length === 1 && wanted.length === 1 && sorted(said[0] ?? '') === sorted(gold);
    const short = said.length <= Math.max(3, wanted.length + 1);
    return { verdict: short && !reordered ? 'incorrect' : 'undecided', rule: short ? 'other-text' : 'text-unknown' };
  }
  return { verdict: denies ? 'incorrect' : 'undecided', rule: denies ? 'denied-text' : 'text-unknown' };
}

/** Lower case without markup, articles and final stops; months and days in their short form. */
export function normalWords(text: string): string {
  const plain = unwrapMarkup(text.slice(0, 600))
    .toLowerCase()
    .replace(/[.,;:!?'"]+$|^['"(]+(?=\w+['")]*$)|(?<=^['"(]*\w+)['")]+$/g, '')
    .replace(/\s*([(),=:])\s*/g, '$1')
    .trim()
    .replace(filler, '');
  return plain
    .split(' ')
    .map(
      (word) =>
        calendar
          .find((name) => word.length >= 3 && (name === word || (name.startsWith(word) && word.length <= 5)))
          ?.slice(0, 3) ?? word,
    )
    .join(' ');
}
