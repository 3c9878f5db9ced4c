import type { AnswerKeyEntry } from '../answer-key.ts';
import type { Draws } from './draws.ts';
import type { Statement } from './final-statement.ts';

const alphabet = 'ABCDEFGH';
/** Options that are assumed where they stand in the picture only. */
const usualOptions = 4;

/** The right letter or letters, bare, in brackets, as LaTeX text, or with the option's text. */
export function rightChoice(letters: readonly string[], entry: AnswerKeyEntry, draws: Draws): Statement {
  const [only] = letters;
  if (only === undefined || letters.length > 1) {
    const all = letters.join(', ');
    return { plain: all, latex: all };
  }
  return choiceStatement(only, entry.choices, draws);
}

/** One of the other letters, in the same forms. */
export function wrongChoice(letters: readonly string[], entry: AnswerKeyEntry, draws: Draws): Statement {
  const right = letters.map((letter) => alphabet.indexOf(letter));
  const options = Math.max(entry.choices.length, Math.max(...right) + 1, entry.choices.length === 0 ? usualOptions : 2);
  // Two options of one text are both right.
  const textOf = (letter: string) => entry.choices[alphabet.indexOf(letter)]?.trim();
  const rightTexts = letters.map(textOf).filter((text) => text !== undefined);
  const others = [...alphabet.slice(0, options)].filter(
    (letter) => !letters.includes(letter) && !rightTexts.includes(textOf(letter) ?? ''),
  );
  return choiceStatement(others.length > 0 ? draws.pick(others) : 'H', entry.choices, draws);
}

function choiceStatement(letter: string, choices: readonly string[], draws: Draws): Statement {
  const text = optionText(letter, choices);
  const roll = draws.uniform();
  if (text !== undefined && roll < 0.12) {
    return { plain: `${letter}. ${text}`, latex: `\\text{${letter}. }${text}` };
  }
  if (text !== undefined && roll < 0.18) return { plain: `(${letter}) ${text}`, latex: `${letter}: ${text}` };
  return {
    plain: draws.pick([letter, letter, `(${letter})`]),
    latex: draws.pick([
      letter,
      letter,
      letter,
      `\\text{${letter}}`,
      `(${letter})`,
      `\\text{(${letter})}`,
      `\\mathbf{${letter}}`,
    ]),
  };
}

/** The option's text where it can be said beside its letter without doubt: short, on one line, not itself a letter. */
function optionText(letter: string, choices: readonly string[]): string | undefined {
  const text = choices[alphabet.indexOf(letter)]?.trim();
  if (text === undefined || text.length < 2 || text.length > 60 || /[\r\n$\\{}]/.test(text)) return undefined;
  return /^\W*[A-H]\W*$/.test(text) || choices.filter((choice) => choice.trim() === text).length > 1 ? undefined : text;
}
