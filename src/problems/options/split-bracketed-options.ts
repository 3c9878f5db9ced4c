import { letterAt } from './letters.ts';
import { afterLast } from './split-listed-options.ts';

/**
 * Options in running text with their letters in brackets, as in `Choices: (A) yes (B) no`. They begin at the first
 * `(A)` behind the last `choice:` or `choices:`, or at the first `(A)` where no such word stands. A text may be empty:
 * then that option is drawn. Empty where there are fewer than two.
 */
export function splitBracketedOptions(text: string): string[] {
  const options = afterLast(text, /\bchoices?\s*:/i) ?? text;
  const starts: number[] = [];
  for (;;) {
    const from = starts.at(-1) ?? 0;
    const at = options.indexOf(`(${letterAt(starts.length)})`, from);
    if (at < 0) break;
    starts.push(at);
  }
  if (starts.length < 2) return [];
  return starts.map((start, index) => options.slice(start + 3, starts[index + 1]).trim());
}
