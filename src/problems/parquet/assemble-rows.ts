import { assembleLists } from 'hyparquet/src/assemble.js';
import type { DataPage } from './data-page.ts';
import type { Leaf } from './leaf.ts';
import { ParquetFault } from './parquet-fault.ts';

/**
 * Adds one page's values to the rows of its leaf: plain values where the leaf is a column, the library's nested lists
 * (one level for each that may be absent or repeated) elsewhere. A page of version 1 may go on with the row before.
 */
export function appendRows(
  rows: unknown[],
  { definitions, repetitions }: Pick<DataPage, 'definitions' | 'repetitions'>,
  values: readonly unknown[],
  leaf: Leaf,
): void {
  if (definitions.length === 0) return;
  if (leaf.maxDefinition === 0) {
    for (const value of values) rows.push(value);
  } else if (leaf.path.length === 2 && leaf.maxRepetition === 0) {
    let next = 0;
    for (const level of definitions) rows.push(level === leaf.maxDefinition ? values[next++] : null);
  } else {
    if (rows.length === 0 && repetitions[0] !== 0)
      throw new ParquetFault('is damaged: its first value is not the first of a row');
    const levels = leaf.maxRepetition === 0 ? [] : Array.from(repetitions);
    assembleLists(rows, Array.from(definitions), levels, [...values], [...leaf.path]);
  }
}
