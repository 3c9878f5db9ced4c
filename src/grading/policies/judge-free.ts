import type { Problem } from '../../core/problem.ts';
import { isRefusal } from '../extraction/refusal.ts';
import { shorterForms } from '../extraction/shorter-forms.ts';
import { compareValues } from '../values/compare-values.ts';
import type { ComparisonPolicy, Outcome } from '../values/comparison.ts';
import { readValue, spelling } from '../values/read-value.ts';
import { unwrapMarkup } from '../values/unwrap-markup.ts';
import type { Value } from '../values/value.ts';
import { goldOf } from './comparison-policy.ts';
import { readDecimalComma } from './judge-number.ts';
import { judgeWords, normalWords } from './judge-text.ts';
import { type Judgement, judgementOf } from './judgement.ts';

/** Judges a free answer: word for word, else by the kinds of value that gold answer and answer turn out to be. */
export function judgeFree(text: string, problem: Problem): Judgement | undefined {
  const forms = shorterForms(text.slice(0, 600));
  const goldSpelling = spelling(problem.answer);
  if (goldSpelling !== undefined && forms.some((form) => spelling(form) === goldSpelling))
    return { verdict: 'correct', rule: 'same-text' };
  if (sameLetter(problem.answer, text)) return { verdict: 'correct', rule: 'same-text' };
  if (isOtherLetter(problem.answer, text)) return { verdict: 'incorrect', rule: 'other-letter' };
  if (isRefusal(unwrapMarkup(text.slice(0, 600)))) return { verdict: 'no_answer', rule: 'refusal' };
  const { value: gold, policy } = goldOf(problem);
  if (gold.kind === 'number' && isNoNumber(unwrapMarkup(text.slice(0, 600))))
    return { verdict: 'incorrect', rule: 'no-number' };
  const answer = readForm(forms, gold);
  if (gold.kind === 'words') return judgeWordsOf(forms, problem.answer);
  if (answer === undefined) return undefined;
  if (gold.kind === 'unreadable') return { verdict: 'undecided', rule: 'gold-unreadable' };
  return judgementOf(compareFree(gold, answer, text, policy), `free-${gold.kind}`);
}

/** The first form that reads as the kind of the gold answer, else the first that reads as a value at all. */
function readForm(forms: readonly string[], gold: Value): Value | undefined {
  let other: Value | undefined;
  for (const form of forms) {
    const value = readValue(form);
    if (value.kind === gold.kind && value.kind !== 'words') return value;
    if (value.kind === 'number' || value.kind === 'sequence' || value.kind === 'ratio') return value;
    if (value.kind !== 'words' && (value.kind !== 'unreadable' || value.reason === 'division-by-zero')) other ??= value;
  }
  return other;
}

function compareFree(gold: Value, answer: Value, text: string, policy: ComparisonPolicy): Outcome {
  const found = compareValues(gold, answer, policy);
  if (gold.kind !== 'number' || answer.kind !== 'sequence' || found.found !== 'different') return found;
  if (!policy.decimalComma) return found;
  const comma = readDecimalComma(text);
  return comma === undefined ? found : compareValues(gold, comma, policy);
}

/** An answer that surely is no number: an option's letter, or that there is none. */
function isNoNumber(text: string): boolean {
  return (
    /^[([]?[A-E][)\]]?[.:]?$/.test(text) ||
    /^(?:there (?:is|are) )?no (?:real |such )?(?:solutions?|answer|number|value)\b.{0,20}$/i.test(text)
  );
}

/** A gold answer that is one letter, as `C` and `(c)` are the same mark. */
function sameLetter(gold: string, answer: string): boolean {
  const letter = /^\s*([A-Z])\s*$/.exec(gold)?.[1];
  if (letter === undefined || answer.length > 60) return false;
  return letterOf(answer)?.toUpperCase() === letter;
}

function isOtherLetter(gold: string, answer: string): boolean {
  return /^\s*[A-E]\s*$/.test(gold) && answer.length <= 60 && /^[A-E]$/.test(letterOf(answer) ?? '');
}

function letterOf(answer: string): string | undefined {
  return /^[([]?\s?([A-Za-z])\s?[)\]]?[.:]?$/.exec(unwrapMarkup(answer))?.[1];
}

/** A word or a few as gold answer: other words are another answer, parts of them may not be. */
function judgeWordsOf(forms: readonly string[], gold: string): Judgement | undefined {
  const said = forms.map(normalWords).filter((form) => form !== '');
  const wanted = normalWords(gold);
  if (said.includes(wanted)) return { verdict: 'correct', rule: 'same-text' };
  const [answer] = said;
  if (answer === undefined || answer.length > 200) return undefined;
  // A sentence as gold answer has too many ways of being said.
  return wanted.split(' ').length <= 3
    ? judgeWords(wanted, answer)
    : { verdict: 'undecided', rule: 'free-words-unknown' };
}
