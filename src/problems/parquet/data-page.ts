import type { ByteReader } from './byte-reader.ts';
import type { ColumnChunk, Page } from './column-chunk.ts';
import { ParquetFault } from './parquet-fault.ts';
import { wholeNumber } from './parquet-file.ts';
import { readRuns } from './read-runs.ts';

/** A data page whose levels were read and whose values come next. */
export interface DataPage {
  readonly encoding: string;
  /** One for each value with nulls; all 0 where the leaf is always there. */
  readonly definitions: Uint32Array;
  /** One for each value with nulls; 0 begins a row. */
  readonly repetitions: Uint32Array;
  /** Values that are there. */
  readonly present: number;
  readonly values: ByteReader;
  /** Length of the values. */
  readonly bytes: number;
  /** Checks that the page ends where its values do, and its checksum. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a data page of either version.
 *
 * @throws {ParquetFault} where it is damaged, or no page that is known
 */
export async function openDataPage(chunk: ColumnChunk, page: Page): Promise<DataPage> {
  const packed = chunk.packed(page);
  try {
    if (page.header.type === 'DATA_PAGE') return await openFirst(chunk, page, packed);
    if (page.header.type === 'DATA_PAGE_V2') return await openSecond(chunk, page, packed);
    throw new ParquetFault('is damaged: a page is of no known kind');
  } catch (error) {
    await packed.close();
    throw error;
  }
}

/** Version 1: levels and values are packed together. */
async function openFirst(chunk: ColumnChunk, page: Page, packed: ByteReader): Promise<DataPage> {
  const { data_page_header: header, uncompressed_page_size: bytes } = page.header;
  if (header === undefined) throw new ParquetFault('is damaged: a page lacks its header');
  const { maxDefinition, maxRepetition } = chunk.leaf;
  const values = chunk.unpack(packed, page);
  let left = bytes;
  const levels = async (most: number, encoding: string): Promise<Uint32Array> => {
    if (most === 0) return new Uint32Array(header.num_values);
    if (encoding !== 'RLE') throw new ParquetFault(`has levels encoded as ${encoding}, which is not read`);
    if (left < 4) throw new ParquetFault('is damaged: a page ends within its levels');
    const length = Buffer.from(await values.take(4)).readUInt32LE(0);
    left -= 4 + length;
    if (left < 0) throw new ParquetFault('is damaged: a page ends within its levels');
    return readLevels(await values.take(boundedLevels(length, header.num_values)), most, header.num_values);
  };
  const repetitions = await levels(maxRepetition, header.repetition_level_encoding);
  const definitions = await levels(maxDefinition, header.definition_level_encoding);
  return dataPage(header.encoding, chunk, { definitions, repetitions, values, bytes: left, packed });
}

/** Version 2: levels lie before the values and are never packed. */
async function openSecond(chunk: ColumnChunk, page: Page, packed: ByteReader): Promise<DataPage> {
  const { data_page_header_v2: header, uncompressed_page_size: bytes } = page.header;
  if (header === undefined) throw new ParquetFault('is damaged: a page lacks its header');
  const { maxDefinition, maxRepetition } = chunk.leaf;
  const levels = async (most: number, length: number): Promise<Uint32Array> =>
    readLevels(await packed.take(boundedLevels(wholeNumber(length), header.num_values)), most, header.num_values);
  const before = wholeNumber(header.repetition_levels_byte_length) + wholeNumber(header.definition_levels_byte_length);
  if (before > bytes || before > page.end - page.start) {
    throw new ParquetFault('is damaged: a page ends within its levels');
  }
  const repetitions = await levels(maxRepetition, header.repetition_levels_byte_length);
  const definitions = await levels(maxDefinition, header.definition_levels_byte_length);
  const values = chunk.unpack(packed, page, before);
  return dataPage(header.encoding, chunk, { definitions, repetitions, values, bytes: bytes - before, packed });
}

type Opened = Pick<DataPage, 'definitions' | 'repetitions' | 'values' | 'bytes'> & { packed: ByteReader };

function dataPage(encoding: string, chunk: ColumnChunk, { packed, ...opened }: Opened): DataPage {
  const { maxDefinition } = chunk.leaf;
  const present = opened.definitions.reduce((sum, level) => (level === maxDefinition ? sum + 1 : sum), 0);
  const { values } = opened;
  const close = async (): Promise<void> => {
    await values.close();
    await packed.close();
  };
  const finish = async (): Promise<void> => {
    await values.drain();
    await packed.drain();
    await close();
  };
  return { ...opened, encoding, present, finish, close };
}

function readLevels(bytes: Uint8Array, most: number, count: number): Uint32Array {
  const levels = readRuns(bytes, 32 - Math.clz32(most), count);
  if (levels.some((level) => level > most)) throw new ParquetFault('is damaged: a page has a level that is too high');
  return levels;
}

/** Levels take two bytes each at most, as runs of one. */
function boundedLevels(bytes: number, count: number): number {
  if (bytes > 8 * count + 1024) throw new ParquetFault('is damaged: the levels of a page are longer than their count');
  return bytes;
}
