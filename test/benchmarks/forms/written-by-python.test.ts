import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProblems } from '../../../src/problems/load-problems.ts';
import { describeNeeding } from '../../shared-data.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { compareProblems } from './compare-problems.ts';
import { rowsOf, sampleSources } from './form-sources.ts';
import { lostInSamples } from './lost-fields.ts';
import { parquetTable } from './to-parquet.ts';
import { tsvTable } from './to-tsv.ts';
import { tableNames } from './write-forms.ts';

/** A Python that has pyarrow and pandas. */
const python = process.env['SYNTHRL_TEST_PYTHON'] ?? 'python3';
const works = spawnSync(python, ['-c', 'import pandas, pyarrow.parquet']).status === 0;
const compressions = ['snappy', 'zstd', 'gzip', 'brotli', 'lz4', 'none', 'snappy'] as const;

describeNeeding('pyarrow', works, `no pyarrow and pandas in ${python}`, 'written by pyarrow and pandas', () => {
  test.for(sampleSources.map((source, index) => ({ ...source, compression: compressions[index] ?? 'snappy' })))(
    'the sample of $name in Parquet ($compression) and TSV',
    { timeout: 60_000 },
    async ({ compression, ...source }) => {
      using folder = temporaryFolder();
      const { benchmark, split, layout, name } = source;
      const rows = await rowsOf(source, true);
      const variants = [...new Set(rows.map(({ context }) => context.facets['variant']))];
      const parquet = variants.map((variant) => ({
        path: join(
          folder.path,
          'parquet',
          `${variant === undefined ? labelOf(name) : `sample_variant${variant}`}.parquet`,
        ),
        kind: 'parquet',
        compression,
        ...parquetTable(
          layout,
          rows.filter(({ context }) => context.facets['variant'] === variant),
        ),
      }));
      const table = tsvTable(benchmark.name, split === 'text-only' ? [] : rows);
      const images = table.pictures.map((picture) => picture?.toString('base64') ?? '');
      const tsv = { path: join(folder.path, 'tsv', `${tableNames[name]}.tsv`), kind: 'tsv', columns: table.columns };
      const cells = table.rows.map((row, index) => ({ ...row, image: images[index] }));
      writeWithPython(folder.path, [...parquet, ...(cells.length > 0 ? [{ ...tsv, rows: cells }] : [])]);

      const load = (named: string) =>
        loadProblems(
          benchmark,
          { split, facets: {}, text: split },
          { dataRoot: folder.path, named, cacheRoot: folder.path },
        );
      const official = await load(source.folder);
      const compare = async (form: string) =>
        compareProblems(official.problems, (await load(join(folder.path, form))).problems, ['images']).differing;
      expect(await compare('parquet')).toEqual({});
      if (cells.length > 0) expect(await compare('tsv')).toEqual(lostInSamples[`${name} tsv`] ?? {});
    },
  );
});

function labelOf(name: string): string {
  const split = name.split(':')[1] ?? '';
  return split === 'text-only' ? 'testmini_text_only' : split;
}

function writeWithPython(
  folder: string,
  tables: readonly (Readonly<Record<string, unknown>> & { readonly path: string })[],
): void {
  for (const { path } of tables) mkdirSync(dirname(path), { recursive: true });
  const list = join(folder, 'tables.json');
  writeFileSync(list, JSON.stringify(tables, asJson));
  const { status, stderr } = spawnSync(python, [join(import.meta.dirname, 'write-with-python.py'), list]);
  if (status !== 0) throw new Error(String(stderr));
}

function asJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
