import type { DataForm, FileShape } from '../define-benchmark.ts';

/** A file of rows, or the member of a zip file that is one. */
export interface RowsFile {
  /** Absolute. */
  readonly path: string;
  readonly member?: string;
}

/** A piece of the data that was found. */
export interface LocatedPart {
  /** In the order of their rows. */
  readonly files: readonly RowsFile[];
  /** Undefined where the rows are the official ones. */
  readonly form: DataForm | undefined;
  readonly shape: FileShape | 'any';
  /** Facet values that all its rows have. */
  readonly facets: Readonly<Record<string, string>>;
  /** Rows as published; undefined for a named file, which may be any part of the data. */
  readonly rows: number | undefined;
  /** Names of all members, where the file is in a zip file. */
  readonly members?: ReadonlySet<string>;
}

export interface LocatedData {
  /** The split's name, or `file` for a named file of no declared split. */
  readonly split: string;
  readonly parts: readonly LocatedPart[];
  /** Absolute: the file where there is one, else the folder. Named again with the same selection, it gives the same data. */
  readonly path: string;
  /** What people should know about where it was found. Whole sentences. */
  readonly notes: readonly string[];
  /** Ratings that lie beside the data. */
  readonly ratings?: RowsFile;
}

/** Ratings of difficulty as they are published with SynthRL's data, beside the rows or the images. */
export const ratingsFile = 'samples_with_ratings.json';
