import { SynthrlError } from '../../core/errors.ts';

/** Verdicts of 0 and 1 by model: one row per underlying problem, one cell per row of it. */
export type VerdictMatrix = ReadonlyMap<string, readonly (readonly number[])[]>;

/** Whether an object's members are all lists of lists. */
export function isMatrix(value: Readonly<Record<string, unknown>>): boolean {
  const tables = Object.values(value);
  return tables.length > 0 && tables.every((table) => Array.isArray(table) && table.every((row) => Array.isArray(row)));
}

/** @throws {SynthrlError} `IMPORT_INVALID` where a cell is neither 0 nor 1 */
export function readMatrix(value: Readonly<Record<string, unknown>>, path: string): VerdictMatrix {
  return new Map(Object.entries(value).map(([model, rows]) => [model, asMatrix(rows, `${path}: ${model}`)]));
}

function asMatrix(rows: unknown, where: string): number[][] {
  const isRow = (row: unknown): row is number[] => Array.isArray(row) && row.every((cell) => cell === 0 || cell === 1);
  if (Array.isArray(rows) && rows.every(isRow)) return rows;
  throw new SynthrlError('IMPORT_INVALID', `${where} is not a table of 0 and 1, one row per underlying problem.`);
}
