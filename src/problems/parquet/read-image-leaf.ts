import type { ImageSource } from '../../core/problem.ts';
import { appendRows } from './assemble-rows.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ColumnChunk, Page } from './column-chunk.ts';
import { type DataPage, openDataPage } from './data-page.ts';
import { largestPageBytes } from './page-bytes.ts';
import { dictionaryIndices, isDictionaryEncoding, rawValues } from './page-values.ts';
import { ParquetFault } from './parquet-fault.ts';
import { wholeNumber } from './parquet-file.ts';

/** Most bytes of one image; it is in memory whole. */
const largestImageBytes = 128 * 1024 * 1024;

/** An image that stands in a row, in place of its bytes. */
export class KeptImage {
  readonly source: ImageSource;

  constructor(source: ImageSource) {
    this.source = source;
  }
}

/** Keeps one image; `row` counts from 0 within the row group. */
export type KeepAt = (bytes: Uint8Array, row: number) => Promise<KeptImage>;

/**
 * Reads the images of a leaf in one row group, each kept before the next is read. Writers put a whole row group into
 * one page, and usually into the dictionary's: hundreds of megabytes, which are unpacked as they are read. Who uses
 * an image of the dictionary is found first, in the pages after it, so that an error can name the row.
 *
 * @returns one item for each row, nested as `appendRows` says
 */
export async function readImageLeaf(chunk: ColumnChunk, keep: KeepAt): Promise<unknown[]> {
  const pages: Page[] = [];
  for await (const page of chunk.pages()) pages.push(page);
  const dictionaryPage = pages.find(({ header }) => header.type === 'DICTIONARY_PAGE');
  const dataPages = pages.filter(({ header }) => header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2');
  const indices = new Map<Page, Uint32Array>();
  const images = new Map<number, KeptImage>();
  if (dictionaryPage !== undefined) {
    const firstRows = await readIndices(chunk, dataPages, indices);
    await readDictionary(chunk, dictionaryPage, images, (bytes, index) => keepUsed(bytes, firstRows.get(index), keep));
  }
  const rows: unknown[] = [];
  const row = { begun: 0 };
  for (const page of dataPages) {
    const data = await openDataPage(chunk, page);
    try {
      const used = indices.get(page);
      const rowOf = presentRows(data, chunk, row);
      const values = used === undefined ? await readImages(data, rowOf, keep) : lookUp(used, images);
      if (used === undefined) await data.finish();
      appendRows(rows, data, values, chunk.leaf);
    } finally {
      await data.close();
    }
  }
  return rows;
}

async function keepUsed(bytes: Uint8Array, row: number | undefined, keep: KeepAt): Promise<KeptImage | undefined> {
  return row === undefined ? undefined : keep(bytes, row);
}

/** Which image of the dictionary is first used by which row; the indices of each page are kept. */
async function readIndices(
  chunk: ColumnChunk,
  pages: readonly Page[],
  indices: Map<Page, Uint32Array>,
): Promise<Map<number, number>> {
  const firstRows = new Map<number, number>();
  const row = { begun: 0 };
  for (const page of pages) {
    const data = await openDataPage(chunk, page);
    try {
      const rowOf = presentRows(data, chunk, row);
      if (!isDictionaryEncoding(data.encoding)) continue;
      const used = dictionaryIndices(await data.values.take(bounded(data.bytes)), data.present);
      await data.finish();
      indices.set(page, used);
      for (const [at, index] of used.entries()) if (!firstRows.has(index)) firstRows.set(index, rowOf[at] ?? 0);
    } finally {
      await data.close();
    }
  }
  return firstRows;
}

async function readDictionary(
  chunk: ColumnChunk,
  page: Page,
  images: Map<number, KeptImage>,
  keep: (bytes: Uint8Array, index: number) => Promise<KeptImage | undefined>,
): Promise<void> {
  const packed = chunk.packed(page);
  const values = chunk.unpack(packed, page);
  try {
    const count = wholeNumber(page.header.dictionary_page_header?.num_values);
    let left = page.header.uncompressed_page_size;
    for (let index = 0; index < count; index += 1) {
      const bytes = await nextImage(values, left);
      left -= 4 + bytes.length;
      const image = await keep(bytes, index);
      if (image !== undefined) images.set(index, image);
    }
    await values.drain();
    await packed.drain();
  } finally {
    await values.close();
    await packed.close();
  }
}

async function readImages(data: DataPage, rowOf: readonly number[], keep: KeepAt): Promise<KeptImage[]> {
  const images: KeptImage[] = [];
  if (data.encoding === 'PLAIN') {
    let left = data.bytes;
    for (const row of rowOf) {
      const bytes = await nextImage(data.values, left);
      left -= 4 + bytes.length;
      images.push(await keep(bytes, row));
    }
  } else {
    const content = await data.values.take(bounded(data.bytes));
    const values = rowOf.length === 0 ? [] : rawValues(content, data.encoding, rowOf.length, bytesElement);
    for (const [at, row] of rowOf.entries()) images.push(await keep(values[at], row));
  }
  return images;
}

const bytesElement = { name: 'bytes', type: 'BYTE_ARRAY' } as const;

async function nextImage(values: ByteReader, left: number): Promise<Uint8Array> {
  if (left < 4) throw new ParquetFault('is damaged: a page ends within its images');
  const bytes = Buffer.from(await values.take(4)).readUInt32LE(0);
  if (bytes > left - 4) throw new ParquetFault('is damaged: a page ends within its images');
  if (bytes > largestImageBytes) {
    throw new ParquetFault(`has an image of ${bytes} bytes; ${largestImageBytes} are read at most`);
  }
  return values.take(bytes);
}

function lookUp(indices: Uint32Array, images: ReadonlyMap<number, KeptImage>): unknown[] {
  return Array.from(indices, (index) => {
    const image = images.get(index);
    if (image === undefined) throw new ParquetFault('is damaged: a page refers to what its dictionary lacks');
    return image;
  });
}

/** The row of each value that is there. `row.begun` counts the rows of the pages before, and is moved on. */
function presentRows({ definitions, repetitions }: DataPage, { leaf }: ColumnChunk, row: { begun: number }): number[] {
  const rows: number[] = [];
  for (const [at, level] of definitions.entries()) {
    if (repetitions[at] === 0) row.begun += 1;
    if (level === leaf.maxDefinition) rows.push(row.begun - 1);
  }
  return rows;
}

function bounded(bytes: number): number {
  if (bytes > largestPageBytes) {
    throw new ParquetFault(`declares a page of ${bytes} bytes; in this encoding ${largestPageBytes} are read at most`);
  }
  return bytes;
}
