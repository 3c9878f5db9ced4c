import type { Problem } from '../../core/problem.ts';
import { isBlank, isRefusal } from '../extraction/refusal.ts';
import { shorterForms } from '../extraction/shorter-forms.ts';
import { readValue } from '../values/read-value.ts';
import { unwrapMarkup } from '../values/unwrap-markup.ts';
import { judgeFree } from './judge-free.ts';
import type { Judgement } from './judgement.ts';
import { areTexts, differsFromOption, isNumberOption, sameOption } from './match-option.ts';
import { type ChoiceReading, readChoice } from './read-choice.ts';

/** Judges an answer to a multiple-choice question. Two different options named at once are left open where one is right. */
export function judgeChoice(text: string, problem: Problem): Judgement | undefined {
  const gold = problem.policy.type === 'choice' ? problem.policy.letters : [];
  const several = problem.policy.type === 'choice' && problem.policy.several === true;
  const reading = (several ? runTogether(text) : undefined) ?? readChoice(text, problem.choices);
  if (reading?.rule !== 'option-text' && isBlank(unwrapMarkup(text.slice(0, 40))))
    return { verdict: 'no_answer', rule: 'refusal' };
  if (gold.length === 0) return judgeByText(text, problem, reading);
  if (reading === undefined) return judgeUnread(text, problem, gold);
  const outside =
    problem.choices.length > 0 && reading.letters.some((letter) => letter.charCodeAt(0) - 65 >= problem.choices.length);
  if (outside) {
    if (isRefusal(reading.rest ?? '')) return { verdict: 'no_answer', rule: 'refusal' };
    const saved = reading.contradiction !== undefined && gold.includes(reading.contradiction);
    return { verdict: saved ? 'undecided' : 'incorrect', rule: 'no-such-option' };
  }
  if (several && reading.letters.length > 1 && /\bor\b/i.test(text.slice(0, 60)))
    return { verdict: 'undecided', rule: 'one-letter-or-another' };
  if (reading.rule === 'repeated-letter') return { verdict: 'undecided', rule: reading.rule };
  const right = sameOptions(reading.letters, gold, problem.choices);
  if (reading.contradiction !== undefined && (right || gold.includes(reading.contradiction))) {
    return { verdict: 'undecided', rule: 'letter-and-text-contradict' };
  }
  return { verdict: right ? 'correct' : 'incorrect', rule: reading.rule };
}

/** `BD` where several letters are asked for: capitals, each once. */
function runTogether(text: string): ChoiceReading | undefined {
  const letters = [...(/^[([{]?\s?([A-J]{2,6})\s?[)\]}]?\.?$/.exec(unwrapMarkup(text.slice(0, 60)))?.[1] ?? '')];
  return letters.length > 1 && new Set(letters).size === letters.length
    ? { letters, rule: 'several-letters' }
    : undefined;
}

function sameOptions(left: readonly string[], right: readonly string[], choices: readonly string[]): boolean {
  const index = (letter: string) => letter.charCodeAt(0) - 65;
  return (
    left.length === right.length &&
    left.every((letter) => right.some((other) => letter === other || sameOption(choices, index(letter), index(other))))
  );
}

/** The gold answer could not be tied to a letter: the text of the option named, or the answer itself, is compared with it. */
function judgeByText(text: string, problem: Problem, reading: ChoiceReading | undefined): Judgement | undefined {
  const index = reading?.letters.length === 1 ? (reading.letters[0] ?? '').charCodeAt(0) - 65 : -1;
  return judgeFree(problem.choices[index] ?? text, problem);
}

/** An answer that names no option: it declines, or it states something that is not the right option. */
function judgeUnread(text: string, problem: Problem, gold: readonly string[]): Judgement | undefined {
  const plain = unwrapMarkup(text.slice(0, 600));
  if (isRefusal(plain)) return { verdict: 'no_answer', rule: 'refusal' };
  if (/^(?:none|neither)\b[^.]{0,40}(?:above|options?|choices?|these|them|given|correct)\b/i.test(plain)) {
    return { verdict: 'incorrect', rule: 'none-of-the-options' };
  }
  if (!areTexts(problem.choices)) return undefined;
  const isName =
    /^[\p{L}\s'-]{3,40}$/u.test(plain) && plain.split(' ').length <= 3 && readValue(plain).kind === 'words';
  if (isName && gold.every((letter) => isNumberOption(problem.choices, letter.charCodeAt(0) - 65))) {
    return { verdict: 'incorrect', rule: 'words-for-a-number' };
  }
  const stated = shorterForms(plain).find((form) => ['number', 'ratio', 'sequence'].includes(readValue(form).kind));
  if (stated === undefined) return undefined;
  const differs = gold.every((letter) => differsFromOption(stated, problem.choices, letter.charCodeAt(0) - 65));
  return {
    verdict: differs ? 'incorrect' : 'undecided',
    rule: differs ? 'no-option-has-this-value' : 'option-unknown',
  };
}
