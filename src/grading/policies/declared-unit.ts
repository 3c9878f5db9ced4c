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
      return { text: plain.slice(0, at).replace(/[\s([{]+$/, ''), found: 'declared' };
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

/** A word right behind an answer that can only be its unit: in brackets, or with nothing behind it. */
const behind =
  /^[}\s]{0,3}\$?[\s~]{0,3}(?:[(（]\s*([^()（）\n]{1,30}?)\s*[)）]|([^\s.,;，。()（）]{1,20})(?=\s*(?:[.,;，。]|$)))/;

/**
 * The text of a candidate, with the unit that stands right behind its box where the data declares one: the box is asked
 * to hold the number alone, and `\boxed{730} (cm)` is not 730 m.
 */
export function withUnitBehind(response: string, { text, end, rule }: Candidate, { policy }: Problem): string {
  if (policy.type !== 'values' || policy.unit === undefined || rule !== 'boxed') return text;
  const match = behind.exec(response.slice(end, end + 60));
  const word = match?.[1] ?? match?.[2];
  if (word === undefined || spelled(word) === '') return text;
  const value = readValue(`1 ${word}`);
  const isUnit =
    spelled(word) === spelled(policy.unit) || (value.kind === 'number' && (value.unit !== '' || value.percent));
  return isUnit ? `${text} ${word}` : text;
}
