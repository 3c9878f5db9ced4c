import { ByteFinder } from './byte-finder.ts';
import { FieldBytes } from './field-bytes.ts';

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quotationMark = 0x22;

/** What is done with the fields of a table. Columns count from 0, lines from 1. */
export interface FieldReader<Field> {
  /** Called where a field begins; throws where the row has too many. Bytes that are not wanted are passed over. */
  begin(column: number, rowLine: number): { readonly wanted: boolean; readonly mostBytes: number };
  /** Turns the bytes of a field, quotation marks undone, into what is kept; `bytes` are valid only within the call. */
  read(bytes: Buffer, column: number, line: number): Field;
  /** Called instead where a field has more than `mostBytes`. */
  tooLong(column: number, line: number): Error;
}

/** One row; `line` is the line of the file where it begins. */
export interface TsvRecord<Field> {
  readonly line: number;
  readonly fields: readonly Field[];
}

/**
 * Splits tab-separated bytes into rows as `read_csv(sep='\t')` of pandas does: a quotation mark is special only at the
 * beginning of a field, a doubled one within a quoted field is one, text behind a closing one goes on unquoted; a row
 * ends with LF, CR or both; lines that are empty or hold only spaces are passed over.
 */
export class TsvSplitter<Field> {
  readonly #reader: FieldReader<Field>;
  readonly #bytes = new FieldBytes();
  readonly #tabs = new ByteFinder(tab);
  readonly #lineFeeds = new ByteFinder(lineFeed);
  readonly #carriageReturns = new ByteFinder(carriageReturn);
  readonly #quotationMarks = new ByteFinder(quotationMark);
  #chunk: Buffer = Buffer.alloc(0);
  /** `quote`: behind a quotation mark within a quoted field, which ends it unless another follows. */
  #state: 'line' | 'field' | 'plain' | 'quoted' | 'quote' = 'line';
  #line = 1;
  #isAfterReturn = false;
  #rowLine = 1;
  #fields: Field[] = [];
  #row: TsvRecord<Field> | undefined;
  #fieldLine = 1;
  #fieldBytes = 0;
  #isQuoted = false;
  #field: { readonly wanted: boolean; readonly mostBytes: number } = { wanted: true, mostBytes: 0 };

  constructor(reader: FieldReader<Field>) {
    this.#reader = reader;
  }

  /** The line of the file that has been reached. */
  get line(): number {
    return this.#line;
  }

  /** The line where a quoted field begins that has not ended yet. */
  get openQuoteLine(): number | undefined {
    return this.#state === 'quoted' ? this.#fieldLine : undefined;
  }

  /** The rows that end in the next piece of the file. */
  *rows(chunk: Buffer): Generator<TsvRecord<Field>> {
    this.#chunk = chunk;
    for (const finder of [this.#tabs, this.#lineFeeds, this.#carriageReturns, this.#quotationMarks]) finder.open(chunk);
    let at = 0;
    while (at < chunk.length) {
      at = this.#advance(at);
      if (this.#row === undefined) continue;
      const row = this.#row;
      this.#row = undefined;
      yield row;
    }
    this.#bytes.settle();
  }

  /** The row that the end of the file ends, if any. */
  end(): TsvRecord<Field> | undefined {
    if (this.#state !== 'line') this.#endField(lineFeed);
    return this.#row;
  }

  /** Takes in some bytes at `at` and returns the offset behind them. */
  #advance(at: number): number {
    const byte = this.#chunk[at];
    if (this.#state === 'line') return this.#advanceBetweenRows(at);
    if (this.#state === 'quoted') return this.#advanceQuoted(at);
    if (this.#state === 'quote' && byte === quotationMark) {
      this.#keep(at, at + 1);
      this.#state = 'quoted';
      return at + 1;
    }
    if (this.#state === 'field' && byte === quotationMark) {
      this.#state = 'quoted';
      this.#isQuoted = true;
      return at + 1;
    }
    this.#state = 'plain';
    const end = Math.min(this.#tabs.next(at), this.#lineFeeds.next(at), this.#carriageReturns.next(at));
    this.#keep(at, end);
    const mark = this.#chunk[end];
    if (mark === undefined) return end;
    this.#endField(mark);
    return end + 1;
  }

  #advanceBetweenRows(at: number): number {
    const byte = this.#chunk[at];
    const endsReturn = this.#isAfterReturn && byte === lineFeed;
    this.#isAfterReturn = byte === carriageReturn;
    if (byte === lineFeed || byte === carriageReturn) {
      if (!endsReturn) this.#line += 1;
      return at + 1;
    }
    this.#rowLine = this.#line;
    this.#beginField();
    return at;
  }

  #advanceQuoted(at: number): number {
    const end = this.#quotationMarks.next(at);
    for (let from = this.#lineFeeds.next(at); from < end; from = this.#lineFeeds.next(from + 1)) this.#line += 1;
    this.#keep(at, end);
    if (end === this.#chunk.length) return end;
    this.#state = 'quote';
    return end + 1;
  }

  #keep(from: number, to: number): void {
    this.#fieldBytes += to - from;
    if (this.#fieldBytes > this.#field.mostBytes) throw this.#reader.tooLong(this.#fields.length, this.#fieldLine);
    if (this.#field.wanted) this.#bytes.add(this.#chunk.subarray(from, to));
  }

  #beginField(): void {
    this.#state = 'field';
    this.#fieldLine = this.#line;
    this.#fieldBytes = 0;
    this.#isQuoted = false;
    this.#field = this.#reader.begin(this.#fields.length, this.#rowLine);
  }

  #endField(mark: number): void {
    const bytes = this.#bytes.take();
    const endsRow = mark !== tab;
    const isBlank = endsRow && this.#fields.length === 0 && !this.#isQuoted && bytes.every((byte) => byte === space);
    if (!isBlank) this.#fields.push(this.#reader.read(bytes, this.#fields.length, this.#fieldLine));
    if (endsRow) this.#endRow(mark);
    else this.#beginField();
  }

  #endRow(mark: number): void {
    this.#state = 'line';
    this.#line += 1;
    this.#isAfterReturn = mark === carriageReturn;
    if (this.#fields.length === 0) return;
    this.#row = { line: this.#rowLine, fields: this.#fields };
    this.#fields = [];
  }
}
