import { RowError } from './define-benchmark.ts';
import { PythonLiteralError, readPythonLiteral } from './python-literal.ts';

/** A row of a table, by column. A cell that is missing, null or an empty text says nothing. */
export type CellRow = Readonly<Record<string, unknown>>;

/**
 * What a cell says as text; undefined where it says nothing. Numbers are written out.
 *
 * @throws {RowError} where it holds a list or a structure
 */
export function cellText(row: CellRow, column: string): string | undefined {
  const value = cellOf(row, column);
  if (isEmpty(value)) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  throw new RowError(column, 'Expected a text');
}

/**
 * Like {@link cellText}, of a cell that every row must have.
 *
 * @throws {RowError} where it says nothing
 */
export function requiredText(row: CellRow, column: string): string {
  const text = cellText(row, column);
  if (text === undefined) throw new RowError(column, 'The cell is empty');
  return text;
}

/**
 * A name made of digits as tables give it (`7`, `7.0`, 7n), without the decimals that a column of numbers puts behind
 * it; other names as they are. Undefined where the cell says nothing.
 */
export function cellName(row: CellRow, column: string): string | undefined {
  return cellText(row, column)
    ?.trim()
    .replace(/^(\d+)\.0+$/, '$1');
}

/**
 * A whole number, also where a table wrote it as `4.0` or holds it as a double or 64-bit integer; undefined where the
 * cell says nothing.
 *
 * @throws {RowError} where it is another number or none
 */
export function cellInteger(row: CellRow, column: string): number | undefined {
  const text = cellText(row, column)?.trim();
  if (text === undefined) return undefined;
  const number = /^[+-]?\d{1,15}(\.0*)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isNaN(number)) return number;
  throw new RowError(column, `Expected a whole number, got ${JSON.stringify(text.slice(0, 40))}`);
}

/**
 * A list of texts: a list, a list written as Python or JSON writes it, or one text that is no such list. Undefined where
 * the cell says nothing.
 *
 * @throws {RowError} where it begins as a list and is none, or holds anything but texts and numbers
 */
export function cellList(row: CellRow, column: string): string[] | undefined {
  const value = cellOf(row, column);
  if (isEmpty(value)) return undefined;
  const isWritten = typeof value === 'string' && /^\s*[[(]/.test(value);
  const list = isWritten ? parse(value, column) : value;
  if (typeof list === 'string') return [list];
  if (!Array.isArray(list)) throw new RowError(column, 'Expected a list');
  return list.map((element: unknown) => {
    if (typeof element === 'string') return element;
    if (typeof element === 'number' || typeof element === 'bigint') return String(element);
    throw new RowError(column, 'Expected a list of texts');
  });
}

/**
 * A structure, or one written as Python or JSON writes it; undefined where the cell says nothing.
 *
 * @throws {RowError} where it is none
 */
export function cellStructure(row: CellRow, column: string): CellRow | undefined {
  const value = cellOf(row, column);
  if (isEmpty(value)) return undefined;
  const structure = typeof value === 'string' ? parse(value, column) : value;
  if (typeof structure === 'object' && structure !== null && !Array.isArray(structure)) return { ...structure };
  throw new RowError(column, 'Expected a structure with named members');
}

function cellOf(row: CellRow, column: string): unknown {
  return Object.hasOwn(row, column) ? row[column] : undefined;
}

/** Tables have no other way to leave a number out than NaN. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'number' && Number.isNaN(value));
}

function parse(text: string, column: string): unknown {
  try {
    return readPythonLiteral(text);
  } catch (error) {
    if (error instanceof PythonLiteralError) throw new RowError(column, `The text ${error.message}`);
    throw error;
  }
}
