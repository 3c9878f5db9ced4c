import { closeSync, openSync, writeSync } from 'node:fs';
import type { ColumnMetaData, CompressionCodec, PageHeader, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';

/** A page as it is to be written: nothing is checked, so that files may lie. */
export interface RawPage {
  readonly header: Omit<PageHeader, 'compressed_page_size'> & { readonly compressed_page_size?: number };
  /** The packed bytes; parts are written as they come. */
  readonly body: Iterable<Uint8Array>;
  readonly packed: number;
}

/** A column of one row group. */
export interface RawChunk {
  readonly path: readonly string[];
  readonly type: ColumnMetaData['type'];
  readonly codec: CompressionCodec;
  readonly count: number;
  readonly pages: readonly RawPage[];
}

/** Writes a Parquet file page by page: layouts and lies that no library writes, and files larger than memory. */
export function writeRawParquet(
  path: string,
  schema: readonly SchemaElement[],
  groups: Iterable<{ rows: number; chunks: readonly RawChunk[] }>,
): void {
  const file = openSync(path, 'w');
  let at = 0;
  const put = (bytes: Uint8Array): void => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    at += bytes.length;
  };
  put(Buffer.from('PAR1'));
  const rowGroups = Array.from(groups, ({ rows, chunks }) => ({
    rows,
    columns: chunks.map((chunk) => {
      const start = at;
      let dataStart = at;
      for (const { header, body, packed } of chunk.pages) {
        if (header.type !== 'DICTIONARY_PAGE' && dataStart === start) dataStart = at;
        const writer = new ByteWriter();
        writePageHeader(writer, { compressed_page_size: packed, ...header });
        put(new Uint8Array(writer.getBuffer()));
        for (const part of body) put(part);
      }
      return { file_offset: 0n, meta_data: columnMetaData(chunk, start, dataStart, at - start) };
    }),
  }));
  const footer = new ByteWriter();
  writeMetadata(footer, {
    version: 2,
    schema: [...schema],
    num_rows: BigInt(rowGroups.reduce((sum, { rows }) => sum + rows, 0)),
    row_groups: rowGroups.map(({ rows, columns }) => ({ columns, num_rows: BigInt(rows), total_byte_size: 0n })),
    metadata_length: 0,
  });
  put(new Uint8Array(footer.getBuffer()));
  put(Buffer.from('PAR1'));
  closeSync(file);
}

function columnMetaData(chunk: RawChunk, start: number, dataStart: number, bytes: number): ColumnMetaData {
  const dictionary = dataStart === start ? {} : { dictionary_page_offset: BigInt(start) };
  return {
    type: chunk.type,
    encodings: ['PLAIN', 'RLE', 'RLE_DICTIONARY'],
    path_in_schema: [...chunk.path],
    codec: chunk.codec,
    num_values: BigInt(chunk.count),
    total_uncompressed_size: BigInt(bytes),
    total_compressed_size: BigInt(bytes),
    data_page_offset: BigInt(dataStart),
    ...dictionary,
  };
}

/** A page of version 1. */
export function dataPage(encoding: 'PLAIN' | 'RLE_DICTIONARY', count: number, content: Uint8Array): RawPage {
  const levels = { definition_level_encoding: 'RLE', repetition_level_encoding: 'RLE' } as const;
  return {
    header: {
      type: 'DATA_PAGE',
      uncompressed_page_size: content.length,
      data_page_header: { num_values: count, encoding, ...levels },
    },
    body: [content],
    packed: content.length,
  };
}

/** Definition levels of a page of version 1 that are all the same. */
export function sameLevels(level: number, count: number): Buffer {
  const run = [...variableLength(count * 2), level];
  return Buffer.concat([littleEndian(run.length), Buffer.from(run)]);
}

/** A byte array as PLAIN has it. */
export function plainBytes(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([littleEndian(bytes.length), bytes]);
}

export function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** An unsigned number, seven bits a byte, the lowest first. */
export function variableLength(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...variableLength(Math.floor(value / 128))];
}
