import { shorterForms } from '../extraction/shorter-forms.ts';
import { maxValueLength } from '../values/plain-text.ts';
import { readValue } from '../values/read-value.ts';
import { unwrapMarkup } from '../values/unwrap-markup.ts';
import { areTexts, differsFromOption, matchOptionText, matchOptionValue } from './match-option.ts';

/** The options that an answer names. */
export interface ChoiceReading {
  readonly letters: readonly string[];
  /** How they were named: `letter`, `letter-and-text`, `option-text`, `option-value`, … */
  readonly rule: string;
  /** A second option that the same answer names by its text; empty where the text is no option's. */
  readonly contradiction?: string;
  /** What stands behind the letter. */
  readonly rest?: string;
}

const noun = '(?:option|choice|answer|alternative|figure|picture|image|diagram|graph|shape|statement|letter|选项|图)';
const bare = new RegExp(
  `^(?:(?:the )?(?:correct |right )?${noun}s?\\s?(?:is)?\\s?:?\\s?)?[([{<"']*\\s?([A-Za-z])\\s?[)\\]}>"'.:,;]*$`,
  'i',
);
const labelled = new RegExp(
  `^(?:${noun}\\s?:?\\s?)?(?:[([{]\\s?([A-Za-z])\\s?[)\\]}][.:,]?|([A-Z])\\s?(?:[):]|\\.(?![A-Za-z]\\.)))\\s*(\\S.*)$`,
  'i',
);
const named = new RegExp(`^(?:the )?(?:correct )?${noun}\\s[([]?([A-Z])\\b[)\\]]?(.*)$`, 'is');
const explained = /^([A-Z])(?:\s?[,;–—-]\s|\s(?=because|since|as\b|which))(.*)$/;
const beforeHan = /^[([]?([A-J])[)\]]?\s?(?=[\u4E00-\u9FFF])(.*)$/;
const spaced = /^([A-Z])\s(.+)$/;
const bracketed = /(?<![\w\\}])[([]\s?([A-Z])\s?[)\]]/g;
const several = /^[([]?[A-Z][)\]]?(?:(?:\s?[,&/;]\s?|\s(?:and|or)\s|,\s?(?:and|or)\s)[([]?[A-Z][)\]]?)+$/;
const trailing =
  /(?:\bis|\bso|\bthus|\bhence|\btherefore|\bbe|:|=|是|选)\s?(?:option|choice|figure)?\s?[([]?([A-Z])[)\]]?$/;

/** Reads which option an answer names, by letter, by letter and text, by text, or by value; undefined where it names none. */
export function readChoice(answer: string, choices: readonly string[]): ChoiceReading | undefined {
  if (answer.length > maxValueLength) return undefined;
  const text = unwrapMarkup(answer).replace(/[.,;:!\s]+$/, '');
  if (text === '') return undefined;
  return (
    bareLetter(text, choices) ??
    letterAndItsText(text, choices) ??
    optionText(text, choices) ??
    severalLetters(text) ??
    letterWithRest(text, choices) ??
    bracketedLetter(text, choices) ??
    optionValue(text, choices) ??
    trailingLetter(text)
  );
}

function bareLetter(text: string, choices: readonly string[]): ChoiceReading | undefined {
  const letter = bare.exec(text)?.[1];
  if (letter === undefined) return undefined;
  const isLower = letter !== letter.toUpperCase();
  const textOf = matchOptionText(text, choices) ?? (isLower ? matchOptionText(letter, choices) : undefined);
  // `c` may be the text of an option as well as the name of the third.
  if (isLower && textOf !== undefined && labelOf(textOf) !== letter.toUpperCase()) {
    return { letters: [labelOf(textOf)], rule: 'option-text', contradiction: letter.toUpperCase() };
  }
  if (!inRange(letter.toUpperCase(), choices) && textOf !== undefined)
    return { letters: [labelOf(textOf)], rule: 'option-text' };
  if (letter.toUpperCase() > 'J') return undefined;
  return { letters: [letter.toUpperCase()], rule: 'letter' };
}

/** `E. (b)` where `(b)` is what option E reads: the label leads, though options are letters themselves. */
function letterAndItsText(text: string, choices: readonly string[]): ChoiceReading | undefined {
  const label = labelled.exec(text);
  const letter = (label?.[1] ?? label?.[2])?.toUpperCase();
  const index = label === null ? undefined : matchOptionText(label[3] ?? '', choices);
  return index !== undefined && labelOf(index) === letter ? { letters: [letter], rule: 'letter-and-text' } : undefined;
}

function optionText(text: string, choices: readonly string[]): ChoiceReading | undefined {
  if (choices.length === 0) return undefined;
  for (const form of shorterForms(text)) {
    const index = matchOptionText(form, choices);
    if (index !== undefined) return { letters: [labelOf(index)], rule: 'option-text' };
  }
  return undefined;
}

function optionValue(text: string, choices: readonly string[]): ChoiceReading | undefined {
  if (!areTexts(choices)) return undefined;
  for (const form of shorterForms(text)) {
    const index = matchOptionValue(form, choices);
    if (index !== undefined) return { letters: [labelOf(index)], rule: 'option-value' };
  }
  return undefined;
}

function letterWithRest(text: string, choices: readonly string[]): ChoiceReading | undefined {
  const label = labelled.exec(text);
  if (label !== null) return withRest(label[1] ?? label[2] ?? '', label[3] ?? '', choices);
  const name = named.exec(text) ?? explained.exec(text) ?? beforeHan.exec(text);
  if (name !== null && /^[A-Z]$/.test(name[1] ?? '')) return withRest(name[1] ?? '', name[2] ?? '', choices);
  const apart = spaced.exec(text);
  const said = apart?.[2] === undefined ? undefined : optionOf(apart[2], choices);
  if (apart?.[1] === undefined || said === undefined) return undefined;
  return said === apart[1] ? { letters: [said], rule: 'letter-and-text' } : undefined;
}

function withRest(letter: string, rest: string, choices: readonly string[]): ChoiceReading | undefined {
  const upper = letter.toUpperCase();
  if (upper > 'J') return undefined;
  const said = optionOf(rest, choices);
  const others = [...rest.matchAll(bracketed)].some((match) => match[1] !== upper);
  if (others && said === undefined) return undefined;
  if (said === undefined)
    return {
      letters: [upper],
      rule: 'letter',
      rest,
      ...(deniesOption(rest, choices, upper) ? { contradiction: '' } : {}),
    };
  if (said === upper) return { letters: [upper], rule: 'letter-and-text' };
  return { letters: [upper], rule: 'letter-and-text', contradiction: said, rest };
}

/** Whether the text behind a letter states a value that is surely not that option's: `(D) 140°` where D is 20°. */
function deniesOption(rest: string, choices: readonly string[], letter: string): boolean {
  if (!areTexts(choices)) return false;
  const value = shorterForms(rest).find((form) => readValue(form).kind === 'number');
  return value !== undefined && differsFromOption(value, choices, letter.charCodeAt(0) - 65);
}

function optionOf(text: string, choices: readonly string[]): string | undefined {
  const found = optionText(text, choices) ?? optionValue(text, choices);
  return found?.letters[0];
}

function severalLetters(text: string): ChoiceReading | undefined {
  if (!several.test(text)) return undefined;
  const letters = text.replace(/\b(?:and|or)\b/g, '').match(/[A-Z]/g) ?? [];
  return {
    letters: [...new Set(letters)],
    rule: letters.length > new Set(letters).size ? 'repeated-letter' : 'several-letters',
  };
}

function bracketedLetter(text: string, choices: readonly string[]): ChoiceReading | undefined {
  const letters = new Set([...text.matchAll(bracketed)].map((match) => match[1] ?? ''));
  const [letter] = letters;
  if (letters.size !== 1 || letter === undefined || !inRange(letter, choices)) return undefined;
  const said = optionOf(text.slice(0, text.search(bracketed)), choices);
  const differs = said !== undefined && said !== letter;
  return { letters: [letter], rule: 'bracketed-letter', ...(differs ? { contradiction: said } : {}) };
}

function trailingLetter(text: string): ChoiceReading | undefined {
  const letter = text.length <= 120 ? trailing.exec(text)?.[1] : undefined;
  return letter === undefined || letter > 'J' ? undefined : { letters: [letter], rule: 'letter' };
}

function labelOf(index: number): string {
  return String.fromCharCode(65 + index);
}

function inRange(letter: string, choices: readonly string[]): boolean {
  return letter.charCodeAt(0) - 65 < (choices.length || 10);
}
