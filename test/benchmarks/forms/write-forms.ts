import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FormSource } from './form-sources.ts';
import type { OfficialRow } from './official-rows.ts';
import { type ParquetTable, parquetTable, writeParquet } from './to-parquet.ts';
import { tsvTable, writeTsv } from './to-tsv.ts';

const hash = '0123456789abcdef';

/** Writes a split as the hub's data sets hold it: MathVerse as one file, the others below `data/`, in two pieces where large. */
export function writeParquetForm(
  { benchmark, split, layout }: FormSource,
  rows: readonly OfficialRow[],
  folder: string,
): void {
  const rowGroupSize = Math.max(5, Math.ceil(rows.length / 7));
  mkdirSync(join(folder, 'data'), { recursive: true });
  if (benchmark.name === 'mathverse') {
    const name = split === 'text-only' ? 'testmini_text_only' : split;
    writeParquet(join(folder, `${name}.parquet`), parquetTable(layout, rows), rowGroupSize);
    return;
  }
  for (const [label, part] of labelled(benchmark.name, split, rows)) {
    writePieces(join(folder, 'data', label), parquetTable(layout, part), rowGroupSize);
  }
  if (benchmark.name === 'mathvista')
    writeWithheld(join(folder, 'data', 'test'), parquetTable(layout, rows.slice(0, 9)));
}

/** DynaMath has one split per variant. */
function labelled(
  name: string,
  split: string,
  rows: readonly OfficialRow[],
): (readonly [string, readonly OfficialRow[]])[] {
  if (name !== 'dynamath') return [[split, rows]];
  const variants = [...new Set(rows.map(({ context }) => context.facets['variant'] ?? ''))];
  return variants.map((variant) => [
    `sample_variant${variant}`,
    rows.filter(({ context }) => context.facets['variant'] === variant),
  ]);
}

function writePieces(path: string, table: ParquetTable, rowGroupSize: number): void {
  const count = table.rows.length > 600 ? 2 : 1;
  const size = Math.ceil(table.rows.length / count);
  for (let piece = 0; piece < count; piece += 1) {
    const rows = table.rows.slice(piece * size, (piece + 1) * size);
    const number = (value: number) => String(value).padStart(5, '0');
    writeParquet(`${path}-${number(piece)}-of-${number(count)}-${hash}.parquet`, { ...table, rows }, rowGroupSize);
  }
}

/** MathVista's test split lies beside testmini, without answers. */
function writeWithheld(path: string, table: ParquetTable): void {
  const rows = table.rows.map((row) => ({ ...row, pid: `${row['pid']}999`, answer: '' }));
  writePieces(path, { ...table, rows }, rows.length);
}

/** Names of the tables, by split. */
export const tableNames: Readonly<Record<string, string>> = {
  'mathverse:testmini': 'MathVerse_MINI',
  'mathvision:test': 'MathVision',
  'mathvision:testmini': 'MathVision_MINI',
  'mathvista:testmini': 'MathVista_MINI',
  'wemath:testmini': 'WeMath',
  'dynamath:all': 'DynaMath',
};

/** Writes a split as VLMEvalKit's table of it. */
export function writeTsvForm({ name, benchmark }: FormSource, rows: readonly OfficialRow[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeTsv(join(folder, `${tableNames[name]}.tsv`), tsvTable(benchmark.name, rows));
}

/** Writes MathVerse's versions one by one, in a folder of tables; returns the names of the tables. */
export function writeVersions(rows: readonly OfficialRow[], folder: string): string[] {
  const versions = [...new Set(rows.map(({ value }) => String(value['problem_version'])))];
  return versions.map((version) => {
    const name = `MathVerse_MINI_${version.replace(' ', '_')}`;
    const own = rows.filter(({ value }) => value['problem_version'] === version);
    writeTsv(join(folder, `${name}.tsv`), tsvTable('mathverse', own));
    return name;
  });
}
