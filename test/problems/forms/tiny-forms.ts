import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Benchmark, DataForm } from '../../../src/problems/define-benchmark.ts';
import { type DataLocation, type LoadedBenchmark, loadProblems } from '../../../src/problems/load-problems.ts';
import { parseSelections } from '../../../src/problems/selection.ts';
import { dataFolder } from '../temporary-data.ts';
import { tinyBenchmark, tinyRows } from '../tiny-benchmark.ts';

type Row = Readonly<Record<string, unknown>>;

const parquet: DataForm = {
  kind: 'parquet',
  columns: ['id', 'text', 'gold', 'topic', 'picture'],
  images: ['picture'],
  labels: [
    { label: 'test', split: 'test', rows: 3 },
    { label: 'mini', split: 'mini', rows: 1 },
  ],
  toOfficial: (row) => ({ ...row, image: row['name'] }),
};

const tsv: DataForm = {
  kind: 'tsv',
  columns: ['index', 'image', 'question', 'answer', 'topic'],
  images: ['image'],
  labels: [
    { label: 'Tiny', split: 'test', rows: 3 },
    { label: 'Tiny_MINI', split: 'mini', rows: 1 },
  ],
  toOfficial: (row) => ({
    id: row['index'],
    text: row['question'],
    gold: row['answer'],
    topic: row['topic'],
    image: `images/${String(row['index'])}.png`,
    tags: JSON.parse(String(row['tags'])) as unknown,
  }),
};

/** The small benchmark of the tests, passed around in two more forms and on the hub. */
export const tiny: Benchmark = {
  ...tinyBenchmark(),
  forms: [parquet, tsv],
  source: { ...tinyBenchmark().source, hub: { dataset: 'someone/Tiny', files: ['data/test-*.parquet'] } },
};

/** Nothing of the person who runs the tests is looked at. */
export const noPlaces = { LMUData: '/nowhere/tables', HF_HUB_CACHE: '/nowhere/hub' };

export function load(
  text: string,
  where: Partial<DataLocation>,
  benchmark: Benchmark = tiny,
): Promise<LoadedBenchmark> {
  const [selected] = parseSelections(text, [benchmark]);
  if (!selected) throw new Error('nothing selected');
  return loadProblems(selected.benchmark, selected.selection, {
    dataRoot: '/nowhere',
    environment: noPlaces,
    cacheRoot: dataFolder(),
    ...where,
  });
}

/** Bytes that begin as a PNG does, another for each name. */
export function picture(name: string): Buffer {
  return Buffer.from(`\x89PNG\r\n\x1a\n${name}`, 'latin1');
}

/** The official files of a split with its pictures. */
export const official: Readonly<Record<string, unknown>> = {
  'test.jsonl': tinyRows.map((row) => JSON.stringify(row)).join('\n'),
  'images/a.png': picture('a'),
  'images/b.png': picture('b'),
  'images/c.png': picture('c'),
};

/** The rows as Parquet, with pictures as `{bytes, path}`. */
export function parquetBytes(rows: readonly Row[] = tinyRows, column = 'picture'): Uint8Array {
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const;
  const names = ['id', 'text', 'gold', 'topic', 'name'];
  const values = rows.map((row) => ({ ...row, name: row['image'] }) as Record<string, unknown>);
  const pictures = values.map((row) =>
    'picture' in row ? row['picture'] : { bytes: picture(String(row['id'])), path: null },
  );
  const buffer = parquetWriteBuffer({
    columnData: [
      ...names.map((name) => ({ name, data: values.map((row) => row[name]) })),
      { name: 'tags', data: values.map((row) => row['tags']) },
      { name: column, data: pictures },
    ],
    schema: [
      { name: 'schema', num_children: names.length + 2 },
      ...names.map((name) => ({ name, ...text })),
      { name: 'tags', num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', ...text },
      { name: column, num_children: 2, repetition_type: 'OPTIONAL' },
      { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
      { name: 'path', ...text },
    ],
  });
  return new Uint8Array(buffer);
}

/** The rows as a table, with pictures as base64. */
export function tsvText(rows: readonly Row[] = tinyRows, options: { paths?: (id: string) => string } = {}): string {
  const { paths } = options;
  const header = ['index', paths === undefined ? 'image' : 'image_path', 'question', 'answer', 'topic', 'tags'];
  const lines = rows.map((row) => {
    const id = String(row['id']);
    // Pictures of up to 64 characters would be names of other rows.
    const image = paths?.(id) ?? Buffer.concat([picture(id), Buffer.alloc(60)]).toString('base64');
    const cells = [id, image, row['text'], row['gold'], row['topic'], JSON.stringify(row['tags'])];
    return cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join('\t');
  });
  return `${[header.join('\t'), ...lines].join('\n')}\n`;
}

/** Files below a folder of the hub cache, as links into its blobs. */
export function cachedFiles(
  cache: string,
  revision: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): string {
  const repository = join(cache, 'datasets--someone--Tiny');
  const snapshot = join(repository, 'snapshots', revision);
  for (const [name, content] of Object.entries(files)) {
    const blob = `${revision}${name.replace(/\W/g, '')}`;
    mkdirSync(join(repository, 'blobs'), { recursive: true });
    writeFileSync(join(repository, 'blobs', blob), content);
    const link = join(snapshot, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(repository, 'blobs', blob), link);
  }
  return repository;
}
