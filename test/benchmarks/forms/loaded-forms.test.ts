import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import { type LoadedBenchmark, loadProblems } from '../../../src/problems/load-problems.ts';
import { describeShared } from '../../shared-data.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { type Comparison, compareProblems, comparisonTable } from './compare-problems.ts';
import { type FormSource, rowsOf, sampleSources, sharedFiles, sharedSources } from './form-sources.ts';
import { type Lost, lostInPublished, lostInSamples } from './lost-fields.ts';
import type { OfficialRow } from './official-rows.ts';
import { parquetTable, writeParquet } from './to-parquet.ts';
import { writeParquetForm, writeTsvForm, writeVersions } from './write-forms.ts';

const compared: { name: string; form: string; comparison: Comparison }[] = [];
afterAll(() => console.log(comparisonTable(compared)));

describe.for(sampleSources)('the sample of $name', (source) => describeForms(source, lostInSamples, 'sample'));
describeShared('published rows', sharedFiles, () => {
  describe.for(sharedSources)('of $name', (source) => describeForms(source, lostInPublished, 'published'));
});

function describeForms(source: FormSource, lost: Readonly<Record<string, Lost>>, which: string): void {
  const folder = temporaryFolder();
  let rows: readonly OfficialRow[] = [];
  let official: LoadedBenchmark;
  beforeAll(async () => {
    rows = await rowsOf(source, true);
    official = await load(source, source.file ?? source.folder, folder.path);
  }, 60_000);
  afterAll(() => folder[Symbol.dispose]());

  async function expectSame(kind: 'parquet' | 'tsv', data: string): Promise<void> {
    const loaded = await load(source, data, folder.path);
    const comparison = compareProblems(official.problems, loaded.problems, ['images']);
    compared.push({ name: `${source.name} ${which}`, form: kind, comparison });
    expect(comparison.differing).toEqual(lost[`${source.name} ${kind}`] ?? {});
    expect(loaded.problems.map(picturesOf)).toEqual(rows.map(({ picture }) => (picture ? [digest(picture)] : [])));
    // The hash covers the names of the images, too.
    expect(loaded.dataHash === official.dataHash).toBe(comparison.equal === comparison.rows);
    if (source.file === undefined) expect(loaded.selection).toBe(official.selection);
  }

  test('is the same in Parquet', { timeout: 120_000 }, async () => {
    writeParquetForm(source, rows, join(folder.path, 'parquet'));
    await expectSame('parquet', join(folder.path, 'parquet'));
  });

  test.skipIf(source.split === 'text-only')(
    'is the same in TSV but for what it does not carry',
    { timeout: 120_000 },
    async () => {
      writeTsvForm(source, rows, join(folder.path, 'tsv'));
      await expectSame('tsv', join(folder.path, 'tsv'));
    },
  );
}

/** The published files are read without their images, of which not all are at hand. */
function load({ benchmark, split, file, folder }: FormSource, named: string, root: string): Promise<LoadedBenchmark> {
  const selection = { split: file === named ? undefined : split, facets: {}, text: split };
  const requireImages = named !== file && named !== folder;
  return loadProblems(benchmark, selection, { dataRoot: root, named, cacheRoot: root, requireImages });
}

function picturesOf({ images }: Problem): string[] {
  return images.map(({ path }) => digest(readFileSync(path)));
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('MathVerse is the same from the tables of its versions', async () => {
  using folder = temporaryFolder();
  const source = sampleSources[0] as FormSource;
  const rows = await rowsOf(source, true);
  const names = writeVersions(rows, folder.path);
  expect(names).toHaveLength(5);
  const official = await load(source, source.folder, folder.path);
  const byId = (problems: readonly Problem[]) => [...problems].sort((one, two) => Number(one.id) - Number(two.id));
  const loaded = await load(source, folder.path, folder.path);
  const { differing } = compareProblems(byId(official.problems), byId(loaded.problems), ['images']);
  expect(differing).toEqual({});
});

test('one variant of DynaMath is the same from its own file, from all files, from the table and from a copy of all variants', async () => {
  using folder = temporaryFolder();
  const source = sampleSources.at(-1) as FormSource;
  const selection = { split: undefined, facets: { variant: ['3'] }, text: 'variant=3' };
  const read = (named: string) =>
    loadProblems(source.benchmark, selection, { dataRoot: folder.path, named, cacheRoot: folder.path });
  const official = await read(source.folder);
  expect(official.problems).toHaveLength(4);

  const rows = await rowsOf(source, true);
  const own = rows.filter(({ context }) => context.facets['variant'] === '3');
  writeParquetForm(source, own, join(folder.path, 'own'));
  writeParquetForm(source, rows, join(folder.path, 'all'));
  writeTsvForm(source, rows, join(folder.path, 'tsv'));
  const table = parquetTable('dynamath', rows);
  const columns = { ...table.columns, varid: 'int64' } as const;
  const varied = table.rows.map((row, place) => ({
    ...row,
    varid: BigInt(rows[place]?.context.facets['variant'] ?? 0),
  }));
  mkdirSync(join(folder.path, 'copy'));
  writeParquet(join(folder.path, 'copy', 'sample_all.parquet'), { columns, rows: varied }, 7);

  for (const form of ['own', 'all', 'tsv', 'copy']) {
    const loaded = await read(join(folder.path, form));
    expect(compareProblems(official.problems, loaded.problems, ['images']).differing, form).toEqual({});
    expect([loaded.selection, loaded.dataHash], form).toEqual([official.selection, official.dataHash]);
    expect(loaded.problems.map(picturesOf), form).toEqual(own.map(({ picture }) => [digest(picture ?? Buffer.of())]));
  }
});

test('one version of MathVerse needs the table of that version only', async () => {
  using folder = temporaryFolder();
  const source = sampleSources[0] as FormSource;
  const selection = { split: undefined, facets: { version: ['Vision Only'] }, text: 'version=Vision Only' };
  const read = (named: string) =>
    loadProblems(source.benchmark, selection, { dataRoot: folder.path, named, cacheRoot: folder.path });
  const rows = await rowsOf(source, true);
  writeVersions(
    rows.filter(({ value }) => value['problem_version'] === 'Vision Only'),
    folder.path,
  );
  const official = await read(source.folder);
  const loaded = await read(folder.path);
  expect(loaded.problems).toHaveLength(6);
  expect(compareProblems(official.problems, loaded.problems, ['images']).differing).toEqual({});
  expect([loaded.selection, loaded.dataHash]).toEqual([official.selection, official.dataHash]);
});
