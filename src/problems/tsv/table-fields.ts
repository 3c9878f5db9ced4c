import { isUtf8 } from 'node:buffer';
import type { SynthrlError } from '../../core/errors.ts';
import { type ImageCell, ImageCellError, readImageCell } from './image-cell.ts';
import { tsvError } from './tsv-error.ts';
import type { FieldReader } from './tsv-splitter.ts';

/** A quotation mark that is never closed swallows the rest of the file, so fields are bounded; images are base64. */
const mostBytes = { name: 4096, text: 16 << 20, image: 64 << 20 } as const;
const mostColumns = 4096;

/** All rows are held in memory without their images. Published tables have a few megabytes of text. */
const mostTextBytes = 128 << 20;

/** About what a field and a row take in memory beside their text. */
const besideText = { field: 24, row: 400 } as const;

/** A field as kept: its text, or what an image column holds; undefined where images are not wanted. */
export type TableField = string | ImageCell | undefined;

/** Turns the fields of a table into texts and images, by its header. */
export class TableFields implements FieldReader<TableField> {
  readonly #path: string;
  /** Name of the column with images; undefined reads every column as text. */
  readonly #imageColumn: string | undefined;
  readonly #wantsImages: boolean;
  #columns: readonly string[] | undefined;
  #imageAt = -1;
  #textBytes = 0;

  constructor(path: string, imageColumn?: string, wantsImages = false) {
    this.#path = path;
    this.#imageColumn = imageColumn;
    this.#wantsImages = wantsImages;
  }

  get imageAt(): number {
    return this.#imageAt;
  }

  /** Takes the first row as the header, which all further rows have to fit. */
  set columns(columns: readonly string[]) {
    this.#columns = columns;
    this.#imageAt = this.#imageColumn === undefined ? -1 : columns.indexOf(this.#imageColumn);
  }

  begin(column: number, rowLine: number): { wanted: boolean; mostBytes: number } {
    const columns = this.#columns;
    if (column >= (columns?.length ?? mostColumns)) {
      const what =
        columns === undefined
          ? `has more than ${mostColumns} columns`
          : `has more than the ${columns.length} fields that the header names`;
      throw tsvError(`${this.#path}:${rowLine}`, what);
    }
    if (columns === undefined) return { wanted: true, mostBytes: mostBytes.name };
    if (column !== this.#imageAt) return { wanted: true, mostBytes: mostBytes.text };
    return { wanted: this.#wantsImages, mostBytes: mostBytes.image };
  }

  read(bytes: Buffer, column: number, line: number): TableField {
    if (column !== this.#imageAt) return this.#readText(bytes, column, line);
    if (!this.#wantsImages) return undefined;
    try {
      return readImageCell(bytes);
    } catch (error) {
      if (error instanceof ImageCellError) throw this.#wrong(column, line, error.message);
      throw error;
    }
  }

  tooLong(column: number, line: number): SynthrlError {
    const limit = this.begin(column, line).mostBytes;
    const size = limit < 1 << 20 ? `${limit} bytes` : `${limit >> 20} MiB`;
    return this.#wrong(
      column,
      line,
      `is longer than ${size}`,
      this.#columns === undefined
        ? 'The first row has to name the columns, with tabs between them.'
        : 'Perhaps a quotation mark at its beginning is never closed. Quote that field and double the mark.',
    );
  }

  #readText(bytes: Buffer, column: number, line: number): string {
    const beginsRow = column === (this.#imageAt === 0 ? 1 : 0);
    this.#textBytes += bytes.length + besideText.field + (beginsRow ? besideText.row : 0);
    if (this.#textBytes > mostTextBytes) {
      throw tsvError(
        `${this.#path}:${line}`,
        `is beyond the ${mostTextBytes >> 20} MiB of text that a table may hold beside its images`,
        'This is no table of a benchmark, or its images are in another column.',
      );
    }
    if (!isUtf8(bytes)) throw this.#wrong(column, line, 'is not UTF-8 text', 'Save the file as UTF-8.');
    return bytes.toString('utf8');
  }

  #wrong(column: number, line: number, what: string, hint?: string): SynthrlError {
    const name = this.#columns === undefined ? `${column + 1} of the header` : JSON.stringify(this.#columns[column]);
    return tsvError(`${this.#path}:${line}`, `column ${name} ${what}`, hint);
  }
}
