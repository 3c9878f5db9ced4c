import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEmbeddedImages } from '../../../src/problems/embedded-images.ts';
import { parquetColumns, readParquet } from '../../../src/problems/parquet/read-parquet.ts';
import { dataFolder } from '../temporary-data.ts';
import { writeImageParquet } from './image-parquet.ts';

/** Written by pyarrow 26.0.1 (scripts/write-parquet-fixtures.py); the .json beside each is what pyarrow reads back. */
const fixtures = join(import.meta.dirname, 'fixtures');
const imageColumns = ['decoded_image', 'pages', 'raw', 'raws'];
const keepAsText = (bytes: Uint8Array) => ({ path: Buffer.from(bytes).toString('base64') });

type Row = Record<string, unknown>;
type Image = { bytes: { base64: string } | null; path: string | null };

function expectedRows(name: string): Row[] {
  return JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8'));
}

test.for(['types-gzip', 'types-brotli-2', 'types-lz4', 'types-encodings'])(
  '%s: every type as pyarrow reads it',
  async (name) => {
    const rows = await readParquet(join(fixtures, `${name}.parquet`), { images: [] });
    expect(rows.map(({ value }) => value)).toEqual(expectedRows(name));
  },
);

test.for(['hub-snappy', 'hub-zstd-page-index', 'hub-plain-pages'])(
  '%s: rows with images as pyarrow reads them',
  async (name) => {
    const path = join(fixtures, `${name}.parquet`);
    const expected = expectedRows(name);
    const rows = await readParquet(path, { images: imageColumns, keepImage: keepAsText });
    expect(rows.map(({ value, images, place }) => ({ value, images, place }))).toEqual(
      expected.map((row, index) => {
        const cells = imageColumns.map((column) => [column, cellOf(row[column])] as const);
        const images = cells.flatMap(([, cell]) => cell.images);
        const without = cells.flatMap(([column, cell]) => (cell.images.length > 0 ? [column] : []));
        const named = Object.fromEntries(cells.map(([column, cell]) => [column, cell.value]));
        const value = Object.entries({ ...row, ...named }).filter(([column]) => !without.includes(column));
        return {
          value: Object.fromEntries(value),
          images: images.length > 0 ? images : undefined,
          place: `${path}, row ${index + 1}`,
        };
      }),
    );
  },
);

function cellOf(cell: unknown): { images: { path: string }[]; value: unknown } {
  const items = (Array.isArray(cell) ? cell : [cell]) as (Image | { base64: string } | null)[];
  const images = items.flatMap((item) => {
    if (item === null) return [];
    if ('base64' in item) return [{ path: item.base64 }];
    return item.bytes === null ? [] : [{ path: item.bytes.base64 }];
  });
  const names = items.flatMap((item) => (item !== null && 'path' in item && item.path !== null ? [item.path] : []));
  return { images, value: Array.isArray(cell) ? names : (names[0] ?? null) };
}

test('columns and rows come from the footer', async () => {
  const { columns, rows } = await parquetColumns(join(fixtures, 'hub-snappy.parquet'));
  expect(rows).toBe(10);
  expect(columns).toEqual(Object.keys(expectedRows('hub-snappy')[0] ?? {}));
});

test('only the named columns are read', async () => {
  const rows = await readParquet(join(fixtures, 'hub-snappy.parquet'), {
    images: ['raw'],
    columns: ['pid', 'choices'],
  });
  expect(rows[9]?.value).toEqual({ pid: String(2n ** 60n + 9n), choices: ['3', '4', null] });
});

test('bare bytes that nobody named are left out, and so are their lists and structures', async () => {
  const rows = await readParquet(join(fixtures, 'hub-snappy.parquet'), { images: [] });
  expect(rows[0]?.value).toMatchObject({ decoded_image: { path: '0.png' } });
  expect(Object.keys(rows[0]?.value as Row)).not.toContain('raw');
  expect(Object.keys(rows[0]?.value as Row)).not.toContain('raws');
});

test('a column of texts may stand where images could: the text-only part of a data set', async () => {
  const rows = await readParquet(join(fixtures, 'hub-snappy.parquet'), { images: ['image'], keepImage: keepAsText });
  expect(rows[3]).toMatchObject({ value: { image: 'images/3.png' } });
  expect(rows[3]).not.toHaveProperty('images');
});

test('images are kept by content, each once', async () => {
  const folder = dataFolder();
  const path = join(fixtures, 'hub-snappy.parquet');
  const rows = await readParquet(path, { images: ['decoded_image'], keepImage: openEmbeddedImages(folder) });
  const kept = rows.flatMap(({ images = [] }) => images.map((image) => image.path));
  expect(kept).toHaveLength(8);
  expect(new Set(kept).size).toBe(4);
  for (const image of kept) expect(readFileSync(image).subarray(1, 4).toString()).toBe('PNG');
});

test.for([
  { layout: 'dictionary', codec: 'SNAPPY' },
  { layout: 'dictionary', codec: 'UNCOMPRESSED' },
  { layout: 'plain', codec: 'SNAPPY' },
  { layout: 'plain', codec: 'UNCOMPRESSED' },
] as const)(
  '$layout pages, $codec: images larger than what is read at once arrive whole and in order',
  async ({ layout, codec }) => {
    const path = join(dataFolder(), 'images.parquet');
    const imageBytes = (row: number) => 1000 + row * 150_000;
    writeImageParquet(path, { groups: 2, rowsPerGroup: 8, imageBytes, layout, codec });
    const kept: string[] = [];
    const rows = await readParquet(path, {
      images: ['image'],
      keepImage: (bytes, place) => {
        kept.push(`${bytes.length} ${Buffer.from(bytes).readUInt32LE(8)} ${place}`);
        return { path: place };
      },
    });
    expect(kept).toEqual(rows.map(({ place }, row) => `${imageBytes(row)} ${row} ${place}`));
    expect(rows.map(({ images, place }) => images?.[0]?.path === place)).not.toContain(false);
  },
);

test('without a place for images their bytes are not read: of 60 MB, less than 2', async () => {
  const path = join(dataFolder(), 'images.parquet');
  const description = {
    groups: 2,
    rowsPerGroup: 100,
    imageBytes: () => 300_000,
    layout: 'plain',
    codec: 'SNAPPY',
  } as const;
  writeImageParquet(path, description);
  const before = bytesReadByProcess();
  const rows = await readParquet(path, { images: ['image'] });
  const read = bytesReadByProcess() - before;
  expect(rows).toHaveLength(200);
  expect(rows[7]?.value).toEqual({ id: '7', question: expect.stringContaining('Question 7:') });
  expect(rows[7]).not.toHaveProperty('images');
  // Where the system counts what a process reads.
  if (!Number.isNaN(read)) expect(read).toBeLessThan(2_000_000);
});

function bytesReadByProcess(): number {
  try {
    return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}

test('a picture that rows share is kept once in a row group, for the first row that has it', async () => {
  const path = join(fixtures, 'hub-snappy.parquet');
  const places: string[] = [];
  await readParquet(path, {
    images: ['decoded_image'],
    keepImage: (bytes, place) => {
      places.push(place.slice(place.lastIndexOf(' ') + 1));
      return keepAsText(bytes);
    },
  });
  expect(places).toEqual(['1', '4', '5', '7', '10']);
});
