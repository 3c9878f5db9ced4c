import { createReadStream } from 'node:fs';
import type { ErrorCode } from './error-codes.ts';
import { SynthrlError } from './errors.ts';

/** One row by the names of its columns, with where it stands. */
export interface DelimitedRow {
  readonly value: Readonly<Record<string, string | undefined>>;
  /** File and line. */
  readonly where: string;
}

/** Rows of text stay far below this. */
const largestRowCharacters = 64 * 1024 * 1024;

/**
 * Rows of a CSV or TSV file by the names in its first line, one at a time. Fields may be quoted and then hold delimiters,
 * line ends and doubled quotes (RFC 4180); every value is a text.
 *
 * @param code - of the errors, which say what the file was to be
 * @throws {SynthrlError} with file and line for a row of another width, a quote that never ends, or a
 * row beyond 64 MiB
 */
export async function* readDelimited(
  path: string,
  delimiter: ',' | '\t',
  code: ErrorCode,
): AsyncGenerator<DelimitedRow> {
  let columns: readonly string[] | undefined;
  for await (const { fields, line } of readFields(path, delimiter, code)) {
    if (fields.length === 1 && fields[0]?.trim() === '') continue;
    const where = `${path}:${line}`;
    if (columns === undefined) {
      columns = fields.map((name) => name.trim());
      continue;
    }
    if (fields.length !== columns.length) {
      throw new SynthrlError(
        code,
        `${where} has ${fields.length} fields where the first line names ${columns.length} columns.`,
      );
    }
    yield { value: Object.fromEntries(columns.map((name, index) => [name, fields[index]])), where };
  }
}

/** The fields of each row with the line on which it begins. */
async function* readFields(
  path: string,
  delimiter: string,
  code: ErrorCode,
): AsyncGenerator<{ fields: string[]; line: number }> {
  const row = new RowScanner(path, delimiter, code);
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 });
  for await (const chunk of stream as AsyncIterable<string>) yield* row.feed(chunk);
  yield* row.end();
}

/** Cuts text that comes in pieces into rows of fields. */
class RowScanner {
  readonly #path: string;
  readonly #code: ErrorCode;
  readonly #special: RegExp;
  readonly #delimiter: string;
  #fields: string[] = [];
  #field: string[] = [];
  #characters = 0;
  #state: 'start' | 'plain' | 'quoted' | 'quote seen' = 'start';
  #line = 1;
  #rowLine = 1;
  #isFirst = true;
  /** A carriage return outside of quotes stands last: it belongs to the line end if one follows. */
  #endsInReturn = false;

  constructor(path: string, delimiter: string, code: ErrorCode) {
    this.#path = path;
    this.#code = code;
    this.#delimiter = delimiter;
    this.#special = delimiter === ',' ? /[",\n]/g : /["\t\n]/g;
  }

  *feed(piece: string): Generator<{ fields: string[]; line: number }> {
    const text = this.#isFirst ? piece.replace(/^\uFEFF/, '') : piece;
    this.#isFirst = false;
    this.#characters += text.length;
    let at = 0;
    while (at < text.length) {
      this.#special.lastIndex = at;
      const found = this.#special.exec(text);
      const to = found?.index ?? text.length;
      if (to > at) this.#take(text.slice(at, to));
      const mark = found?.[0];
      if (mark === '\n') this.#line += 1;
      if (mark !== undefined && this.#mark(mark)) {
        yield this.#row();
        this.#characters = text.length - to;
      }
      at = to + 1;
    }
    if (this.#characters > largestRowCharacters) throw this.#invalid('is a row of more than 64 MiB');
  }

  *end(): Generator<{ fields: string[]; line: number }> {
    if (this.#state === 'quoted') throw this.#invalid('has a quote that is never closed');
    if (this.#fields.length > 0 || this.#field.length > 0 || this.#state !== 'start') yield this.#row();
  }

  #take(text: string): void {
    // Text behind a closing quote goes on as a plain field, as Python's csv reads it.
    if (this.#state !== 'quoted') this.#state = 'plain';
    this.#field.push(text);
    this.#endsInReturn = this.#state !== 'quoted' && text.endsWith('\r');
  }

  /** Whether the row ends here. */
  #mark(mark: string): boolean {
    if (mark === '"') this.#endsInReturn = false;
    if (this.#state === 'quoted') {
      if (mark === '"') this.#state = 'quote seen';
      else this.#field.push(mark);
      return false;
    }
    if (mark === '"') {
      // Behind another quote it is a doubled one; amid a plain field it is a character like any other.
      if (this.#state !== 'start') this.#field.push('"');
      if (this.#state !== 'plain') this.#state = 'quoted';
      return false;
    }
    if (mark === this.#delimiter) this.#endField();
    return mark === '\n';
  }

  #endField(): void {
    this.#fields.push(this.#field.join(''));
    this.#field = [];
    this.#state = 'start';
    this.#endsInReturn = false;
  }

  #row(): { fields: string[]; line: number } {
    const last = this.#field.at(-1) ?? '';
    if (this.#endsInReturn) this.#field[this.#field.length - 1] = last.slice(0, -1);
    this.#endField();
    const row = { fields: this.#fields, line: this.#rowLine };
    this.#fields = [];
    this.#rowLine = this.#line;
    return row;
  }

  #invalid(what: string): SynthrlError {
    return new SynthrlError(this.#code, `${this.#path}:${this.#rowLine} ${what}.`);
  }
}
