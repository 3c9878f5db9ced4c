import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { selectDataSets } from '../../src/fetching/data-sets.ts';
import { fetchData } from '../../src/fetching/fetch-data.ts';
import { fitsPattern } from '../../src/fetching/file-names.ts';
import type { Benchmark } from '../../src/problems/define-benchmark.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { type FormSource, rowsOf, sampleSources } from '../benchmarks/forms/form-sources.ts';
import type { OfficialRow } from '../benchmarks/forms/official-rows.ts';
import { parquetTable, writeParquet } from '../benchmarks/forms/to-parquet.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { hubSettings, Notes } from './fetch-kit.ts';
import { startHubServer } from './hub-server.ts';

/** Names of the files at the pinned commits, by split and variant. */
function publishedName({ name }: FormSource, variant: string): string {
  const names: Readonly<Record<string, string>> = {
    'mathverse:testmini': 'testmini.parquet',
    'mathverse:text-only': 'testmini_text_only.parquet',
    'mathvision:test': 'data/test-00000-of-00001-3532b8d3f1b4047a.parquet',
    'mathvision:testmini': 'data/testmini-00000-of-00001-f8ff70fcb2f29b1d.parquet',
    'mathvista:testmini': 'data/testmini-00000-of-00001-725687bf7a18d64b.parquet',
    'wemath:testmini': 'data/testmini-00000-of-00001-adbfe22dcd3558e6.parquet',
    'dynamath:all': `data/sample${variant}-00000-of-${variant.padStart(5, '0')}.parquet`,
  };
  return names[name] ?? '';
}

function write(source: FormSource, rows: readonly OfficialRow[], folder: string): void {
  const variants = new Set(rows.map(({ context }) => context.facets['variant'] ?? ''));
  for (const variant of variants) {
    const part = rows.filter(({ context }) => (context.facets['variant'] ?? '') === variant);
    const path = join(folder, publishedName(source, variant));
    mkdirSync(dirname(path), { recursive: true });
    writeParquet(path, parquetTable(source.layout, part), 5);
  }
}

/** A file whose name says that it is a piece is taken for whole by its row count, so that must be the sample's. */
function withRowsOf(benchmark: Benchmark, rows: readonly OfficialRow[]): Benchmark {
  const count = (variant: string) => rows.filter(({ context }) => context.facets['variant'] === variant).length;
  const forms = benchmark.forms?.map((form) => ({
    ...form,
    labels: form.labels.map((label) => {
      const variant = label.facets?.['variant'];
      return variant === undefined ? label : { ...label, rows: count(variant) };
    }),
  }));
  return forms === undefined ? benchmark : { ...benchmark, forms };
}

test.for([...new Set(sampleSources.map(({ benchmark }) => benchmark))])(
  'what is fetched of $name under the published names is read as its problems',
  { timeout: 60_000 },
  async (declared) => {
    using folder = temporaryFolder();
    let benchmark = declared;
    const sources = sampleSources.filter((source) => source.benchmark === declared);
    const published = join(folder.path, 'published');
    for (const source of sources) {
      const rows = await rowsOf(source, true);
      write(source, rows, published);
      benchmark = withRowsOf(benchmark, rows);
    }
    const sets = selectDataSets([benchmark.name], [benchmark]);
    const { dataset, revision = '', files } = benchmark.source.hub ?? { dataset: '', files: [] };
    const names = sources.flatMap((source) =>
      source.split === 'all'
        ? Array.from({ length: 10 }, (_, index) => publishedName(source, `${index + 1}`))
        : [publishedName(source, '')],
    );
    for (const pattern of files) expect(names.some((name) => fitsPattern(name, pattern))).toBe(true);
    const contents = Object.fromEntries(names.map((name) => [name, readFileSync(join(published, name))]));
    const hub = await startHubServer({ [dataset]: { commits: { [revision]: contents }, refs: { main: revision } } });
    const dataRoot = join(folder.path, 'data');
    const settings = hubSettings(hub, folder.path);
    const [outcome] = await fetchData({ sets, dataRoot, settings, verify: false, listener: new Notes() });
    await hub.close();
    expect(outcome).toMatchObject({ error: undefined });
    for (const { split, folder: sample } of sources) {
      const selection = { split, facets: {}, text: split };
      const places = { requireImages: true, cacheRoot: join(folder.path, 'cache') };
      const official = await loadProblems(benchmark, selection, { ...places, dataRoot, named: sample });
      const fetched = await loadProblems(benchmark, selection, { ...places, dataRoot });
      expect(fetched.dataPath.startsWith(dataRoot)).toBe(true);
      expect(fetched.problems.map(({ id }) => id)).toEqual(official.problems.map(({ id }) => id));
      expect(fetched.problems.length).toBeGreaterThan(0);
    }
  },
);
