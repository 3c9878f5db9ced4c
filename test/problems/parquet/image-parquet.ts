import { randomBytes } from 'node:crypto';
import type { SchemaElement } from 'hyparquet';
import {
  dataPage,
  littleEndian,
  plainBytes,
  type RawChunk,
  type RawPage,
  sameLevels,
  variableLength,
  writeRawParquet,
} from './raw-parquet.ts';

/** What a file of rows with images is to be. */
export interface ImageParquet {
  readonly groups: number;
  readonly rowsPerGroup: number;
  /** Length of the image of a row, counted over the whole file. */
  readonly imageBytes: (row: number) => number;
  /** pyarrow's default writes all images of a row group into the page of its dictionary. */
  readonly layout: 'dictionary' | 'plain';
  readonly codec: 'SNAPPY' | 'UNCOMPRESSED';
}

const schema: SchemaElement[] = [
  { name: 'schema', num_children: 3, repetition_type: 'REQUIRED' },
  { name: 'id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'question', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
  { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
];

/** Bytes that no compressor shortens; images are cut from them. */
const noise = randomBytes(1024 * 1024);
const beginning = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Writes rows with an id, a question of about 200 letters and a distinct image that only begins as PNG does. */
export function writeImageParquet(path: string, description: ImageParquet): void {
  writeRawParquet(path, schema, groups(description));
}

/** The image of a row. */
export function imageOf(row: number, bytes: number): Buffer {
  const image = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += noise.length) noise.copy(image, at, 0, bytes - at);
  beginning.copy(image);
  image.writeUInt32LE(row, beginning.length);
  return image;
}

function* groups(description: ImageParquet): Generator<{ rows: number; chunks: RawChunk[] }> {
  const rows = description.rowsPerGroup;
  for (let group = 0; group < description.groups; group += 1) {
    const numbers = Array.from({ length: rows }, (_, index) => group * rows + index);
    const questions = numbers.map((row) => `Question ${row}: ${'how large is the angle? '.repeat(8)}`);
    yield {
      rows,
      chunks: [
        textChunk(['id'], 1, numbers.map(String)),
        textChunk(['question'], 1, questions),
        imageChunk(description, numbers),
        textChunk(
          ['image', 'path'],
          2,
          numbers.map((row) => `${row}.png`),
        ),
      ],
    };
  }
}

function textChunk(path: readonly string[], level: number, values: readonly string[]): RawChunk {
  const content = Buffer.concat([sameLevels(level, values.length), ...values.map(plainBytes)]);
  const pages = [dataPage('PLAIN', values.length, content)];
  return { path, type: 'BYTE_ARRAY', codec: 'UNCOMPRESSED', count: values.length, pages };
}

function imageChunk({ imageBytes, layout, codec }: ImageParquet, rows: readonly number[]): RawChunk {
  const levels = sameLevels(2, rows.length);
  const lengths = rows.map((row) => 4 + imageBytes(row));
  const before = layout === 'plain' ? [levels] : [];
  const unpacked = lengths.reduce((sum, length) => sum + length, levels.length * before.length);
  const parts = function* (): Generator<Buffer> {
    yield* before;
    for (const row of rows) yield plainBytes(imageOf(row, imageBytes(row)));
  };
  const packed =
    codec === 'SNAPPY' ? snappyLength(unpacked, [...before.map(({ length }) => length), ...lengths]) : unpacked;
  const body = codec === 'SNAPPY' ? snappyOf(unpacked, parts()) : parts();
  const plain = dataPage('PLAIN', rows.length, new Uint8Array(0));
  const large = { header: { ...plain.header, uncompressed_page_size: unpacked }, body, packed };
  const pages =
    layout === 'plain' ? [large] : [dictionaryPage(large, rows.length), indexPage(levels, rows.length, codec)];
  return { path: ['image', 'bytes'], type: 'BYTE_ARRAY', codec, count: rows.length, pages };
}

function dictionaryPage({ header, body, packed }: RawPage, count: number): RawPage {
  const { uncompressed_page_size } = header;
  const dictionary = { num_values: count, encoding: 'PLAIN' } as const;
  return {
    header: { type: 'DICTIONARY_PAGE', uncompressed_page_size, dictionary_page_header: dictionary },
    body,
    packed,
  };
}

/** Every row uses its own entry: runs of one, 24 bits wide. */
function indexPage(levels: Buffer, count: number, codec: 'SNAPPY' | 'UNCOMPRESSED'): RawPage {
  const runs = Array.from({ length: count }, (_, index) => [2, ...littleEndian(index).subarray(0, 3)]).flat();
  const content = Buffer.concat([levels, Buffer.from([24, ...runs])]);
  if (codec === 'UNCOMPRESSED') return dataPage('RLE_DICTIONARY', count, content);
  const packed = Buffer.concat([...snappyOf(content.length, [content])]);
  const page = dataPage('RLE_DICTIONARY', count, packed);
  return { ...page, header: { ...page.header, uncompressed_page_size: content.length } };
}

const literalBytes = 65_536;

/** Snappy as it packs what cannot be shortened: literals of up to 64 KiB. */
function* snappyOf(unpacked: number, parts: Iterable<Buffer>): Generator<Buffer> {
  yield Buffer.from(variableLength(unpacked));
  for (const part of parts) {
    for (let at = 0; at < part.length; at += literalBytes) {
      const literal = part.subarray(at, at + literalBytes);
      yield Buffer.from([61 << 2, (literal.length - 1) & 255, (literal.length - 1) >> 8]);
      yield literal;
    }
  }
}

function snappyLength(unpacked: number, parts: readonly number[]): number {
  return parts.reduce(
    (sum, length) => sum + length + 3 * Math.ceil(length / literalBytes),
    variableLength(unpacked).length,
  );
}
