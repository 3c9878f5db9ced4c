import type { Content } from './content.ts';
import type { ImportReading } from './import-row.ts';

/** One program's way to write its results. */
export interface ImportForm {
  /** Short fixed name, for `--form`. */
  readonly name: string;
  /** What it is, for people. */
  readonly title: string;
  /** Whether a file is of this form, by what it holds. */
  recognises(content: Content): boolean;
  /** @throws {SynthrlError} `IMPORT_INVALID` where the file is not of this form after all */
  read(content: Content): ImportReading | Promise<ImportReading>;
}

/** The members or columns of the first row; empty where the content is no rows. */
export function columnsOf(content: Content): ReadonlySet<string> {
  return new Set(content.kind === 'records' ? Object.keys(content.first.value) : []);
}

/** Whether the first row has all of these members. */
export function hasColumns(content: Content, ...names: readonly string[]): boolean {
  const columns = columnsOf(content);
  return names.every((name) => columns.has(name));
}
