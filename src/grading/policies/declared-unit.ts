import type { Problem } from '../../core/problem.ts';
import type { Candidate } from '../extraction/extract-answer.ts';
import { readValue } from '../values/read-value.ts';
import { unwrapMarkup } from '../values/unwrap-markup.ts';

/** Letters that belong to a value: commands, exponents of floats, the name in front of an equals sign. */
const valueLetters = /^[^=≈]{0,20}[=≈]|\\[A-Za-z]+|(?<=\d)[eE](?=[-+]?\d)/g;

/** A text with the declared unit taken off its end. */
export interface WithoutUnit {
  readonly text: string;
  /** What it bore: the declared unit, none, or something else beside the number. */
  readonly found: 'declared' | 'none' | 'other';
}

/** Takes the unit off the end of a number. Units are compared sign by sign, so that unknown ones can be told apart too. */
export function withoutUnit(text: string, unit: string): WithoutUnit {
  const [plain, wanted] = [unwrapMarkup(text), spelled(unit)];
  for (let at = plain.length; at > 0 && plain.length - at <= 40; at -= 1) {
    const inside = plain.slice(at).replace(/^[\s([{]+|[\s)\]}.]+$/g, '');
    if (wanted !== '' && spelled(inside) === wanted && !/[A-Za-z]$/.test(plain.slice(0, at))) {
      return { text: plain.slice(0, at).replace(/[\s([{^]+$/, ''), found: 'declared' };
    }
  }
  return { text: plain, found: /\p{L}|°|%/u.test(plain.replace(valueLetters, '')) ? 'other' : 'none' };
}

/** A unit in one spelling: `$\mathrm{~m} / \mathrm{s}$` as `m/s`. */
function spelled(unit: string): string {
  return unwrapMarkup(unit)
    .replace(/\\(?:mathrm|text|rm|circ)(?![A-Za-z])/g, (command) => (command === '\\circ' ? '°' : ''))
    .replace(/\\(?:cdot|times)(?![A-Za-z])|[*×]/g, '·')
    .replace(/[\s{}~^\\]/g, '');
}

/** A word right behind an answer: in brackets, or up to a space or the sentence's end. */
const behind =
  /^[\s!\\]{0,6}(?:[([（]\s{0,3}([^()（）[\]]{1,30}?)\s{0,3}[)\]）]|([^\s.,;，。()（）[\]]{1,20}(?:\s?\/\s?[^\s.,;，。()（）[\]]{1,10})?)(?:(?=\s*(?:[.,;，。]|$))|(\s)))/;

/** Letters that stand upright as units do in LaTeX. */
const upright = /^(?:\\q?quad|[^\p{L}]){0,12}\\(?:text|textrm|mathrm|rm|operatorname)(?![A-Za-z])/u;

/** A unit that is not known here: `keV`, `rad/s`, but neither `approximately` nor the mark of a part, `a` or `ii`. */
const unitLike =
  /^(?!(?:and|or|so|if|is|as|for|ii|iii|iv)$)(?=.*\p{L}{2}|.*\p{L}[/^])[^\s\d]?\S{1,3}$|^\p{L}\S{0,12}[/^]\S{1,12}$/u;

/**
 * The unit that stands right behind an answer, as far as it is surely one: a known one, or anything like one in brackets or
 * upright letters. Where the sentence goes on, `in` and single letters may be words.
 *
 * @param tail - what follows the answer
 */
export function unitBehind(tail: string, unit: string): string | undefined {
  const line = /^[}$\s]{0,6}[^\n]{0,80}/.exec(tail)?.[0] ?? '';
  const plain = unwrapMarkup(line.replace(/\\[,;:!( ]|\{\}/g, ' ')).replace(/[{}]/g, '');
  const match = behind.exec(plain);
  const word = match?.[1] ?? match?.[2];
  if (word === undefined || spelled(word) === '') return undefined;
  if (spelled(word) === spelled(unit)) return word;
  const isClear = match?.[1] !== undefined || upright.test(line);
  const isSymbol = isClear || /\p{Ll}\p{Lu}|\p{L}\//u.test(word);
  const value = readValue(`1 ${word}`);
  const isKnown = value.kind === 'number' && (value.unit !== '' || value.percent);
  if (!isKnown) return isSymbol && unitLike.test(spelled(word)) ? word : undefined;
  const isWord = match?.[3] !== undefined && !isClear && (word.length === 1 || word === 'in');
  return isWord ? undefined : word;
}

/**
 * The text of a candidate, with the unit that stands right behind its box where the data declares one: the box is asked
 * to hold the number alone, and `\boxed{730} (cm)` is not 730 m.
 */
export function withUnitBehind(response: string, { text, end, rule }: Candidate, { policy }: Problem): string {
  if (policy.type !== 'values' || policy.unit === undefined || rule !== 'boxed') return text;
  const word = unitBehind(response.slice(end, end + 90), policy.unit);
  return word === undefined ? text : `${text} ${word}`;
}
