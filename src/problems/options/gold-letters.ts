import { letterAt } from './letters.ts';

/**
 * The letters that a gold answer names: `C`, `(C)`, `C.`, or several as in `C` line break `D`, which are then all
 * wanted; else the one option whose text the gold is. Empty where it is neither.
 *
 * @param options - option texts in letter order; may be empty
 */
export function goldLetters(answer: string, options: readonly string[]): string[] {
  const pieces = answer.trim().split(/[\s,;]+/);
  const letters = pieces.map((piece) => /^\(?([A-H])[).]?$/.exec(piece)?.[1]);
  const named = letters.filter((letter) => letter !== undefined);
  return named.length === pieces.length ? [...new Set(named)] : lettersOfText(answer, options);
}

/**
 * The letter of the option with this text: the same but for spaces. Empty where no option has it, or where several
 * have: then every one of them is right, and text decides.
 */
export function lettersOfText(answer: string, options: readonly string[]): string[] {
  const wanted = withoutSpaces(answer);
  if (wanted === '') return [];
  const letters = options.flatMap((option, index) => (withoutSpaces(option) === wanted ? [letterAt(index)] : []));
  return letters.length === 1 ? letters : [];
}

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}
