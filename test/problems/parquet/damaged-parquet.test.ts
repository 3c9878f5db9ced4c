import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { CompressionCodec, SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { SynthrlError } from '../../../src/core/errors.ts';
import { parquetColumns, readParquet } from '../../../src/problems/parquet/read-parquet.ts';
import { dataFolder } from '../temporary-data.ts';
import {
  dataPage,
  littleEndian,
  plainBytes,
  type RawPage,
  sameLevels,
  variableLength,
  writeRawParquet,
} from './raw-parquet.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const imageColumns = ['decoded_image', 'pages', 'raw', 'raws'];
/** Properties write, and read, a file for each example. */
const patience = 60_000;
const keepImage = (bytes: Uint8Array) => ({ path: Buffer.from(bytes).toString('base64') });

/** What a reader makes of these bytes: the rows, or the one kind of error that it may end with. */
async function outcome(folder: string, bytes: Uint8Array, images: readonly string[]): Promise<unknown> {
  const path = join(folder, 'damaged.parquet');
  writeFileSync(path, bytes);
  const rows = await readParquet(path, { images, keepImage }).catch((error: unknown) => {
    expect(error).toBeInstanceOf(SynthrlError);
    expect(error).toMatchObject({ code: 'DATA_INVALID', message: expect.stringContaining(path) });
    return undefined;
  });
  return rows?.map(({ value, images }) => ({ value, images }));
}

const names = [
  'hub-snappy',
  'hub-zstd-page-index',
  'hub-plain-pages',
  'types-gzip',
  'types-brotli-2',
  'types-lz4',
  'types-encodings',
];
const files = names.map((name) => ({
  bytes: readFileSync(join(fixtures, `${name}.parquet`)),
  images: name.startsWith('hub') ? imageColumns : [],
}));

test(
  'a file that is cut at any byte is refused',
  async () => {
    const folder = dataFolder();
    const cuts = fc
      .constantFrom(...files)
      .chain((file) => fc.record({ file: fc.constant(file), at: fc.nat(file.bytes.length - 1) }));
    await fc.assert(
      fc.asyncProperty(cuts, async ({ file, at }) => {
        expect(await outcome(folder, file.bytes.subarray(0, at), file.images)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  },
  patience,
);

test(
  'a file that lost a part in the middle gives an error or rows, and nothing else',
  async () => {
    const folder = dataFolder();
    const gaps = fc.record({
      file: fc.constantFrom(...files),
      at: fc.nat(8000),
      bytes: fc.integer({ min: 1, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(gaps, async ({ file, at, bytes }) => {
        const cut = Buffer.concat([file.bytes.subarray(0, at), file.bytes.subarray(at + bytes)]);
        const rows = await outcome(folder, cut, file.images);
        expect(rows === undefined || Array.isArray(rows)).toBe(true);
      }),
      { numRuns: 150 },
    );
  },
  patience,
);

test(
  'any bytes changed anywhere give an error or rows, and nothing else',
  async () => {
    const folder = dataFolder();
    const change = fc.record({ fromEnd: fc.boolean(), at: fc.nat(6000), to: fc.nat(255) });
    const changes = fc.record({
      file: fc.constantFrom(...files),
      changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(changes, async ({ file, changes }) => {
        const bytes = Buffer.from(file.bytes);
        for (const { fromEnd, at, to } of changes) bytes[fromEnd ? bytes.length - 1 - at : at] = to;
        const rows = await outcome(folder, bytes, file.images);
        expect(rows === undefined || Array.isArray(rows)).toBe(true);
      }),
      { numRuns: 300 },
    );
  },
  patience,
);

test(
  'where pages have checksums, a changed bit in the data gives an error or the right rows',
  async () => {
    const folder = dataFolder();
    const bytes = readFileSync(join(fixtures, 'hub-zstd-page-index.parquet'));
    const right = await outcome(folder, bytes, imageColumns);
    expect(right).toHaveLength(10);
    let refused = 0;
    const bits = fc.record({ at: fc.integer({ min: 4, max: 4500 }), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(bits, async ({ at, bit }) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
        const rows = await outcome(folder, changed, imageColumns);
        if (rows === undefined) refused += 1;
        else expect(rows).toEqual(right);
      }),
      { numRuns: 150 },
    );
    expect(refused).toBeGreaterThan(75);
  },
  patience,
);

const lists: { name: string; file: (folder: string) => string; says: RegExp; images?: string[]; columns?: string[] }[] =
  [
    {
      name: 'encrypted columns',
      file: () => join(fixtures, 'encrypted-columns.parquet'),
      says: /column "secret" in rows 1 to 2 is encrypted/,
    },
    { name: 'an encrypted footer', file: () => join(fixtures, 'encrypted-whole.parquet'), says: /is encrypted/ },
    { name: 'no rows', file: () => join(fixtures, 'empty.parquet'), says: /holds no rows/ },
    { name: 'an empty file', file: (folder) => written(folder, ''), says: /is empty/ },
    {
      name: 'another kind of file',
      file: (folder) => written(folder, 'version https://git-lfs'),
      says: /begins with "version https/,
    },
    { name: 'only the marks', file: (folder) => written(folder, 'PAR1PAR1'), says: /cut off/ },
    { name: 'a folder', file: (folder) => folder, says: /is not a file/ },
    { name: 'no file', file: (folder) => join(folder, 'none'), says: /cannot be read: ENOENT/ },
    {
      name: 'a missing image column',
      file: () => join(fixtures, 'hub-snappy.parquet'),
      images: ['picture'],
      says: /has no column "picture"; its columns are id, /,
    },
    {
      name: 'a missing column',
      file: () => join(fixtures, 'hub-snappy.parquet'),
      columns: ['level'],
      says: /has no column "level"/,
    },
    {
      name: 'a missing column among names that would steer a terminal',
      file: (folder) => {
        const columnData = Array.from({ length: 40 }, (_, at) => ({ name: `\u001b[2J${at}`, data: ['x'] }));
        return written(folder, Buffer.from(parquetWriteBuffer({ columnData })));
      },
      columns: ['level'],
      says: /its columns are \\u001b\[2J0, .*\\u001b\[2J29 and 10 more/,
    },
    {
      name: 'numbers where images should be',
      file: () => join(fixtures, 'hub-snappy.parquet'),
      images: ['pid'],
      says: /"pid" values of type INT64, where images/,
    },
    {
      name: 'structures where images should be',
      file: () => join(fixtures, 'hub-snappy.parquet'),
      images: ['metadata'],
      says: /"metadata" a structure of subject, levels, nested/,
    },
  ];

test.for(lists)('$name: refused with a sentence', async ({ file, says, images = [], columns }) => {
  const path = file(dataFolder());
  const reading = readParquet(path, { images, keepImage, ...(columns === undefined ? {} : { columns }) });
  await expect(reading).rejects.toMatchObject({ code: 'DATA_INVALID', message: expect.stringMatching(says) });
  await expect(reading).rejects.toThrow(path);
});

test('only the columns that are wanted must be readable', async () => {
  const rows = await readParquet(join(fixtures, 'encrypted-columns.parquet'), { images: [], columns: ['id'] });
  expect(rows.map(({ value }) => value)).toEqual([{ id: '1' }, { id: '2' }]);
});

function written(folder: string, content: string | Buffer): string {
  const path = join(folder, 'file.parquet');
  writeFileSync(path, content);
  return path;
}

test('what keeping an image throws comes through as it is, and names the row', async () => {
  const path = join(fixtures, 'hub-snappy.parquet');
  const full = new SynthrlError('DISK_FULL', 'There is no space left.');
  const refusing = (bytes: Uint8Array, place: string) => {
    if (place.endsWith('row 5')) throw full;
    return keepImage(bytes);
  };
  await expect(readParquet(path, { images: ['decoded_image'], keepImage: refusing })).rejects.toBe(full);
  const bug = new TypeError('a bug');
  const failing = () => Promise.reject(bug);
  await expect(readParquet(path, { images: ['decoded_image'], keepImage: failing })).rejects.toBe(bug);
});

const text: SchemaElement = { name: 'x', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' };
const image: SchemaElement = { name: 'x', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' };
const huge = 2_000_000_000;

/** A file of one column in one row group. */
function oneColumn(
  element: SchemaElement,
  codec: CompressionCodec,
  rows: number,
  pages: readonly RawPage[],
  count = rows,
): string {
  const path = join(dataFolder(), 'bomb.parquet');
  const schema = [{ name: 'schema', num_children: 1 }, element];
  writeRawParquet(path, schema, [{ rows, chunks: [{ path: ['x'], type: 'BYTE_ARRAY', codec, count, pages }] }]);
  return path;
}

/** A page of one value that says that it unpacks to so many bytes. */
function declaring(bytes: number, packed: Uint8Array): RawPage {
  const page = dataPage('PLAIN', 1, packed);
  return { ...page, header: { ...page.header, uncompressed_page_size: bytes } };
}

/** The page of one long value after its level, begun and not ended. */
const hugeValue = Buffer.concat([sameLevels(1, 1), littleEndian(huge), Buffer.alloc(100)]);
const snappyHuge = Buffer.concat([Buffer.from([...variableLength(huge), (hugeValue.length - 1) << 2]), hugeValue]);
/** An LZ4 block whose one copy says that it is very long. */
const lz4Huge = Buffer.concat([Buffer.from([0x1f, 0, 1, 0]), Buffer.alloc(1_000_000, 255), Buffer.from([0])]);

const bombs: { name: string; element: SchemaElement; make: () => string; says: RegExp }[] = [
  {
    name: 'text that declares 2 GB',
    element: text,
    make: () => oneColumn(text, 'SNAPPY', 1, [declaring(huge, snappyHuge)]),
    says: /declares a page of 2000000000 bytes/,
  },
  {
    name: 'an image that declares 2 GB',
    element: image,
    make: () => oneColumn(image, 'SNAPPY', 1, [declaring(huge, snappyHuge)]),
    says: /column "x" in rows 1 to 1 /,
  },
  {
    name: 'gzip of 100 MB that declares 1 kB',
    element: text,
    make: () => oneColumn(text, 'GZIP', 1, [declaring(1000, gzipSync(Buffer.alloc(100_000_000)))]),
    says: /should have 1000 bytes and has more|ends within/,
  },
  {
    name: 'Zstandard that declares 2 GB',
    element: image,
    make: () => oneColumn(image, 'ZSTD', 1, [declaring(huge, Buffer.alloc(100))]),
    says: /has a page of 2000000000 bytes/,
  },
  {
    name: 'LZ4 that unpacks to more than it declares',
    element: image,
    make: () => oneColumn(image, 'LZ4_RAW', 1, [declaring(1000, lz4Huge)]),
    says: /cannot be decompressed/,
  },
  {
    name: 'a billion rows that are null',
    element: text,
    make: () => oneColumn(text, 'UNCOMPRESSED', huge, [dataPage('PLAIN', huge, sameLevels(0, huge))]),
    says: /more than 2000000 rows/,
  },
  {
    name: 'a billion values in one row',
    element: text,
    make: () =>
      oneColumn(
        { ...text, repetition_type: 'REPEATED' },
        'UNCOMPRESSED',
        1,
        [dataPage('PLAIN', huge, Buffer.concat([sameLevels(1, huge), sameLevels(1, huge)]))],
        huge,
      ),
    says: /more than 12000000 values/,
  },
  {
    name: 'a page of more values than its column',
    element: text,
    make: () => oneColumn(text, 'UNCOMPRESSED', 1, [dataPage('PLAIN', huge, sameLevels(0, huge))]),
    says: /more values than it says/,
  },
  {
    name: 'a value longer than its page',
    element: text,
    make: () => oneColumn(text, 'UNCOMPRESSED', 1, [dataPage('PLAIN', 1, hugeValue)]),
    says: /ends within its values/,
  },
];

test.for(bombs)('$name: refused in bounded memory', async ({ make, says, element }) => {
  const path = make();
  const before = process.resourceUsage().maxRSS;
  const images = element === image ? ['x'] : [];
  const refused = { code: 'DATA_INVALID', message: expect.stringMatching(says) };
  await expect(readParquet(path, { images, keepImage })).rejects.toMatchObject(refused);
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000);
});

test('a footer that lies about its lengths is refused before it is believed', async () => {
  const bytes = readFileSync(join(fixtures, 'hub-snappy.parquet'));
  const folder = dataFolder();
  const lengthAt = bytes.length - 8;
  for (const length of [0, 1, bytes.length - 8, 0x7fffffff, 0xffffffff]) {
    const changed = Buffer.from(bytes);
    changed.writeUInt32LE(length, lengthAt);
    expect(await outcome(folder, changed, [])).toBeUndefined();
  }
  const before = process.resourceUsage().maxRSS;
  // A list of two billion structures; numbers that never end; structures within structures.
  const footers = [
    [0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07],
    Array(100_000).fill(0x16).concat(Array(100_000).fill(0x80)),
    Array(100_000).fill(0x1c),
  ];
  for (const footer of footers) {
    const file = Buffer.concat([
      Buffer.from('PAR1'),
      Buffer.from(footer),
      littleEndian(footer.length),
      Buffer.from('PAR1'),
    ]);
    expect(await outcome(folder, file, [])).toBeUndefined();
    await expect(parquetColumns(join(folder, 'damaged.parquet'))).rejects.toMatchObject({ code: 'DATA_INVALID' });
  }
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(100_000);
});

test('text must be UTF-8, and its beginning is kept as it is', async () => {
  const latin = Buffer.concat([sameLevels(1, 1), plainBytes(Buffer.from('caf\xe9', 'latin1'))]);
  const path = oneColumn(text, 'UNCOMPRESSED', 1, [dataPage('PLAIN', 1, latin)]);
  await expect(readParquet(path, { images: [] })).rejects.toThrow(
    /column "x" in rows 1 to 1 holds text that is not UTF-8/,
  );
  const marked = Buffer.concat([sameLevels(1, 1), plainBytes('\ufeffx')]);
  const rows = await readParquet(oneColumn(text, 'UNCOMPRESSED', 1, [dataPage('PLAIN', 1, marked)]), { images: [] });
  expect(rows[0]?.value).toEqual({ x: '\ufeffx' });
});
