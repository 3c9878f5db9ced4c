import { printableText } from '../printable-text.ts';

const longest = 300;

/** Untrusted text for the live page: printable, on one line, of bounded length. */
export function liveText(text: string): string {
  const printable = printableText(text.slice(0, longest));
  return text.length > longest ? `${printable}…` : printable;
}
