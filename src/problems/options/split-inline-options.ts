import { letterAt } from './letters.ts';

interface Label {
  readonly letter: string;
  /** Offset of the letter, and of the text behind its dot. */
  readonly start: number;
  readonly textStart: number;
  /** Whether a semicolon or the beginning stands before it; a space alone is weaker evidence. */
  readonly strong: boolean;
}

/**
 * Splits options that stand in one text, as in `A. 300, 400;B. 400, 300; C. …`. The separators of real data are not
 * regular: a space in place of a semicolon, semicolons inside options, letters left out (A, B, C, F), and names of
 * points torn off by the separator (`shape ;C.; B. …`), which are not labels since no text follows them.
 *
 * @returns option texts in letter order; an empty text where a letter was left out
 */
export function splitInlineOptions(text: string): string[] {
  const chain = chooseLabels(findLabels(text));
  const options: string[] = [];
  for (const [index, label] of chain.entries()) {
    while (letterAt(options.length) !== label.letter) options.push('');
    options.push(tidy(text.slice(label.textStart, chain[index + 1]?.start)));
  }
  return options;
}

/** Labels with some text behind them, in order. Semicolons may be full-width, dots too. */
function findLabels(text: string): Label[] {
  const labels: Label[] = [];
  for (const match of text.matchAll(/(^|[;；\s])([A-H])[.．]/g)) {
    const start = match.index + (match[1]?.length ?? 0);
    const textStart = match.index + match[0].length;
    const before = text.slice(Math.max(0, start - 20), start).trimEnd();
    const behind = text.slice(textStart, textStart + 20).trimStart();
    if (behind === '' || /^[;；]/.test(behind)) continue;
    labels.push({ letter: match[2] ?? '', start, textStart, strong: before === '' || /[;；]$/.test(before) });
  }
  return labels;
}

/** From A on: the next letter, rather behind a semicolon than behind a space; else the next higher one that is strong. */
function chooseLabels(labels: readonly Label[]): Label[] {
  const chain: Label[] = [];
  let rest = labels;
  for (;;) {
    const expected = letterAt(chain.length === 0 ? 0 : (chain.at(-1)?.letter.charCodeAt(0) ?? 0) - 64);
    const next =
      rest.find((label) => label.letter === expected && label.strong) ??
      rest.find((label) => label.letter === expected) ??
      rest.find((label) => label.letter > expected && label.strong && chain.length > 0);
    if (next === undefined) return chain;
    chain.push(next);
    rest = rest.filter((label) => label.start > next.start);
  }
}

/** Drops the separator behind an option and mends a point's name that a separator was put into (`angle AB;E.`). */
function tidy(option: string): string {
  let end = option.length;
  while (end > 0 && /[;；\s]/.test(option.charAt(end - 1))) end -= 1;
  return option
    .slice(0, end)
    .trim()
    .replace(/[;；]([A-Z])\.$/, '$1.');
}
