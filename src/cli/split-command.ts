import { SynthrlError } from '../core/errors.ts';

/**
 * Splits a command into words at spaces; single and double quotes hold a word together, a backslash takes the next
 * character as it is. Nothing is expanded, no shell runs.
 *
 * @throws {SynthrlError} `USAGE` for an open quote
 */
export function splitCommand(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && quote !== "'" && at + 1 < text.length) {
      at += 1;
      word = (word ?? '') + text.charAt(at);
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') throw new SynthrlError('USAGE', `The quote ${quote} is not closed in \`${text}\`.`);
  if (word !== undefined) words.push(word);
  return words;
}
