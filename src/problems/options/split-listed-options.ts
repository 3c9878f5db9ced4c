import { letterAt } from './letters.ts';

/**
 * Options that stand at the end of a question, one per line, each with its letter and `:` or `.` (`A:40°`, `B. 60°`).
 * Only the run of lines A, B, C, … counts; a line that does not go on with the next letter is not part of an option.
 * Empty where there are fewer than two.
 *
 * @param heading - matches the line above the options, where the data set has one; the last match counts
 */
export function splitListedOptions(text: string, heading?: RegExp): string[] {
  const lines = (heading ? afterLast(text, heading) : text)?.split('\n') ?? [];
  const options: string[] = [];
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed.startsWith(letterAt(options.length)) && /^[:.]/.test(trimmed.slice(1))) {
      options.push(trimmed.slice(2).trim());
    }
  }
  return options.length >= 2 ? options : [];
}

/** What follows the last match; undefined where there is none. */
export function afterLast(text: string, pattern: RegExp): string | undefined {
  const flags = pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`;
  const last = [...text.matchAll(new RegExp(pattern.source, flags))].at(-1);
  return last === undefined ? undefined : text.slice(last.index + last[0].length);
}
