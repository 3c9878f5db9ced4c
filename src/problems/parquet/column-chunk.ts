import { crc32 } from 'node:zlib';
import type { ColumnMetaData, PageHeader, RowGroup } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { ByteReader } from './byte-reader.ts';
import type { Leaf } from './leaf.ts';
import { type PackedBytes, pageBytes } from './page-bytes.ts';
import { ParquetFault } from './parquet-fault.ts';
import { type ParquetFile, wholeNumber } from './parquet-file.ts';
import { ThriftCut, thriftEnd } from './thrift-end.ts';

/** Statistics in a header may repeat a value of the page twice. */
const largestHeaderBytes = 16 * 1024 * 1024;
const usualHeaderBytes = 1024;

/** A page and where it lies. */
export interface Page {
  readonly header: PageHeader;
  /** Where its bytes begin in the file, after the header. */
  readonly start: number;
  readonly end: number;
}

/** The stored values of one leaf in one row group. */
export class ColumnChunk {
  readonly leaf: Leaf;
  readonly codec: string;
  /** Values with nulls; in lists more, or fewer, than rows. */
  readonly count: number;
  readonly #file: ParquetFile;
  readonly #start: number;
  readonly #end: number;

  /** @throws {ParquetFault} where the row group lacks the leaf, or places it outside of the data */
  constructor(file: ParquetFile, group: RowGroup, leaf: Leaf, dataEnd: number) {
    const meta = chunkOf(group, leaf);
    this.leaf = leaf;
    this.codec = meta.codec;
    this.count = wholeNumber(meta.num_values);
    this.#file = file;
    const dataStart = wholeNumber(meta.data_page_offset);
    const dictionaryStart = wholeNumber(meta.dictionary_page_offset ?? 0n);
    this.#start = dictionaryStart === 0 ? dataStart : Math.min(dictionaryStart, dataStart);
    this.#end = this.#start + wholeNumber(meta.total_compressed_size);
    if (this.#start < 4 || this.#end > dataEnd) throw new ParquetFault('is damaged: a column lies outside of the data');
  }

  /** The pages in order, up to the last value. Reads their headers only. */
  async *pages(): AsyncGenerator<Page> {
    let at = this.#start;
    for (let values = 0; values < this.count; ) {
      const page = await this.#page(at);
      values += valuesOf(page);
      if (values > this.count) throw new ParquetFault('is damaged: its pages hold more values than it says');
      at = page.end;
      yield page;
    }
  }

  /** A page's bytes as they lie in the file, checked against its checksum where it has one. */
  packed({ header, start, end }: Page): ByteReader {
    const raw = this.#file.stream(start, end);
    return header.crc === undefined ? raw : new ByteReader(checked(raw, header.crc));
  }

  /** Unpacks what is left of a page's bytes; `before` of them, packed and unpacked alike, were read already. */
  unpack(input: ByteReader, { header, start, end }: Page, before = 0): ByteReader {
    const page: PackedBytes = { input, packed: end - start - before, bytes: header.uncompressed_page_size - before };
    const isPacked = header.data_page_header_v2?.is_compressed !== false;
    return pageBytes(isPacked ? this.codec : 'UNCOMPRESSED', page);
  }

  async #page(at: number): Promise<Page> {
    if (at >= this.#end) throw new ParquetFault('is damaged: its pages hold fewer values than it says');
    for (let bytes = usualHeaderBytes; ; bytes *= 16) {
      const window = await this.#file.bytes(at, Math.min(this.#end, at + bytes));
      try {
        const length = thriftEnd(window, 0);
        return this.#checkedPage(pageHeader(window), at + length);
      } catch (error) {
        if (error instanceof ThriftCut && at + bytes < this.#end && bytes < largestHeaderBytes) continue;
        throw error;
      }
    }
  }

  #checkedPage(header: PageHeader, start: number): Page {
    const end = start + wholeNumber(header.compressed_page_size);
    wholeNumber(header.uncompressed_page_size);
    if (end > this.#end) throw new ParquetFault('is damaged: a page is longer than its column');
    return { header, start, end };
  }
}

function pageHeader(bytes: Uint8Array): PageHeader {
  return parquetHeader({
    view: new DataView(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength),
    offset: 0,
  });
}

function valuesOf({ header }: Page): number {
  const { data_page_header: first, data_page_header_v2: second } = header;
  if (header.type === 'DATA_PAGE') return wholeNumber(first?.num_values);
  return header.type === 'DATA_PAGE_V2' ? wholeNumber(second?.num_values) : 0;
}

function chunkOf(group: RowGroup, leaf: Leaf): ColumnMetaData {
  const path = leaf.path.slice(1).map(({ element }) => element.name);
  for (const { meta_data: meta, file_path: file, crypto_metadata: crypto } of group.columns) {
    if (meta?.path_in_schema.length !== path.length || !path.every((name, at) => meta.path_in_schema[at] === name)) {
      continue;
    }
    if (crypto !== undefined) throw new ParquetFault('is encrypted, which is not read');
    if (file) throw new ParquetFault('keeps its values in another file, which is not read');
    return meta;
  }
  const isEncrypted = group.columns.some((column) => column.crypto_metadata !== undefined);
  throw new ParquetFault(isEncrypted ? 'is encrypted, which is not read' : 'is damaged: a row group lacks the column');
}

async function* checked(input: ByteReader, expected: number): AsyncGenerator<Uint8Array> {
  let sum = 0;
  while (await input.fill(1)) {
    const part = input.part(input.available);
    sum = crc32(part, sum);
    yield part;
  }
  if (sum !== expected >>> 0) throw new ParquetFault('is damaged: the checksum of a page is wrong');
}
