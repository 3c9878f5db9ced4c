import { type FileHandle, open } from 'node:fs/promises';
import type { FileMetaData } from 'hyparquet';
import { parquetMetadata } from 'hyparquet/src/metadata.js';
import { ByteReader } from './byte-reader.ts';
import { ParquetFault } from './parquet-fault.ts';
import { type SchemaNode, schemaTree } from './schema-tree.ts';
import { thriftEnd } from './thrift-end.ts';

/** A footer takes about 200 bytes for each column of each row group. */
const largestFooterBytes = 32 * 1024 * 1024;
const chunkBytes = 256 * 1024;

/** What a file says of itself. */
export interface Footer {
  readonly metadata: FileMetaData;
  readonly tree: SchemaNode;
  readonly rows: number;
  /** Where the footer begins, and the data ends. */
  readonly dataEnd: number;
}

/** A Parquet file that is open for reading. */
export class ParquetFile {
  readonly #handle: FileHandle;
  readonly #bytes: number;

  private constructor(handle: FileHandle, bytes: number) {
    this.#handle = handle;
    this.#bytes = bytes;
  }

  static async open(path: string): Promise<ParquetFile> {
    const handle = await open(path, 'r');
    try {
      const status = await handle.stat();
      if (!status.isFile()) throw new ParquetFault('is not a file');
      return new ParquetFile(handle, status.size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** Some bytes of the file; the caller bounds them. */
  async bytes(start: number, end: number): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafeSlow(end - start);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await this.#handle.read(bytes, at, bytes.length - at, start + at);
      if (bytesRead === 0) throw new ParquetFault('became shorter while it was read');
      at += bytesRead;
    }
    return bytes;
  }

  /** A stretch of the file, read as it is wanted. */
  stream(start: number, end: number): ByteReader {
    return new ByteReader(this.#chunks(start, end));
  }

  async *#chunks(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += chunkBytes) yield await this.bytes(at, Math.min(end, at + chunkBytes));
  }

  /** @throws {ParquetFault} where the file is not Parquet, is cut off, encrypted or damaged at its end */
  async footer(): Promise<Footer> {
    const start = await this.bytes(0, Math.min(64, this.#bytes));
    const end = await this.bytes(Math.max(0, this.#bytes - 8), this.#bytes);
    this.#checkMarks(start, end);
    const length = Buffer.from(end).readUInt32LE(0);
    const dataEnd = this.#bytes - 8 - length;
    if (dataEnd < 4) throw new ParquetFault('is damaged: its footer is longer than the file');
    if (length > largestFooterBytes) {
      throw new ParquetFault(`has a footer of ${length} bytes; ${largestFooterBytes} are read at most`);
    }
    const footer = await this.bytes(dataEnd, this.#bytes);
    if (thriftEnd(footer.subarray(0, length), 0) > length) throw new ParquetFault('is damaged: its footer is cut off');
    const metadata = parquetMetadata(footer, { geoparquet: false });
    const tree = schemaTree(metadata.schema);
    const rows = wholeNumber(metadata.num_rows);
    const inGroups = metadata.row_groups.reduce((sum, group) => sum + wholeNumber(group.num_rows), 0);
    if (rows !== inGroups) {
      throw new ParquetFault(`is damaged: it says that it has ${rows} rows, and its row groups ${inGroups}`);
    }
    return { metadata, tree, rows, dataEnd };
  }

  #checkMarks(start: Uint8Array, end: Uint8Array): void {
    const first = Buffer.from(start).toString('latin1', 0, 4);
    const last = Buffer.from(end).toString('latin1', 4);
    if (first === 'PARE' || last === 'PARE') throw new ParquetFault('is encrypted, which is not read');
    if (first !== 'PAR1') {
      const beginning = JSON.stringify(Buffer.from(start).toString('latin1').slice(0, 40));
      throw new ParquetFault(this.#bytes === 0 ? 'is empty' : `is not a Parquet file; it begins with ${beginning}`);
    }
    if (last !== 'PAR1' || this.#bytes < 12)
      throw new ParquetFault('is cut off: it begins as Parquet and lacks its end');
  }
}

/** A count or place from the footer or a header, checked. */
export function wholeNumber(value: unknown): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
    throw new ParquetFault('is damaged: a count is no whole number');
  }
  return number;
}
