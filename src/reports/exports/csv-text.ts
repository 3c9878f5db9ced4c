import { wellFormedText } from '../markup-text.ts';
import { printableText } from '../printable-text.ts';

/** Text is untrusted; a number is written as one; null is an empty cell. */
export type CsvCell = string | number | boolean | null;

/** What makes spreadsheets take a text for a formula, behind blanks too; the last four are the wide forms of East Asia. */
const formulaStart = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/**
 * One line of RFC 4180. A text that a spreadsheet would run begins with an apostrophe; characters that steer a terminal
 * become U+FFFD.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvText).join(',')}\r\n`;
}

function csvText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const printable = wellFormedText(printableText(cell));
  const text = formulaStart.test(cell) ? `'${printable}` : printable;
  return /[",\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
