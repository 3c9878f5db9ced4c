import type { AnswerKeyEntry } from '../answer-key.ts';
import type { Draws } from './draws.ts';
import type { Statement } from './final-statement.ts';

const words = ['January', 'October', 'Q2', 'orange', 'west', 'the second one', 'increasing', 'Team Delta', 'circle'];

/** Another word: one of the other options where there are some, else an unrelated one. */
export function wrongWords(gold: string, entry: AnswerKeyEntry, draws: Draws): Statement {
  const own = gold.toLowerCase();
  const others = [...entry.choices.filter((choice) => choice.length <= 60), ...words].filter((word) => {
    const other = word.toLowerCase().trim();
    return other !== '' && !other.includes(own) && !own.includes(other);
  });
  const text = draws.pick(others.slice(0, Math.max(entry.choices.length - 1, 4)));
  return { plain: text, latex: `\\text{${text}}` };
}

/** The formula with one of its numbers off by one or two; without numbers, twice the formula. */
export function wrongFormula(gold: string, draws: Draws): Statement {
  const first = /\d+/.exec(gold.slice(0, 400));
  if (!first) {
    const doubled = `2${gold}`;
    return { plain: `$${doubled}$`, latex: doubled };
  }
  const digits = first[0].slice(0, 12);
  const changed = String(Number(digits) + draws.integer(1, 2));
  const latex = gold.slice(0, first.index) + changed + gold.slice(first.index + digits.length);
  return { plain: `$${latex}$`, latex };
}

/** The list with one number off by one, or without its last number. */
export function wrongList(items: readonly string[], draws: Draws): Statement {
  const at = draws.integer(0, items.length - 1);
  const changed = items.map((item, index) => {
    const value = Number(item);
    return index === at ? String(Number.isFinite(value) ? value + 1 : 0) : item;
  });
  const shown = items.length > 2 && draws.happens(0.3) ? items.slice(0, -1) : changed;
  const text = `[${shown.join(', ')}]`;
  return { plain: text, latex: text };
}
