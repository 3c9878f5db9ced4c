import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { decompressLz4, decompressLz4Raw, decompressZstd } from 'hyparquet-compressors';
import { ByteReader } from './byte-reader.ts';
import { lz4Length } from './lz4-length.ts';
import { ParquetFault } from './parquet-fault.ts';
import { snappyChunks } from './snappy-chunks.ts';
import { zstdLength } from './zstd-length.ts';

/** Most bytes of a page that has to be in memory whole, packed or unpacked. */
export const largestPageBytes = 128 * 1024 * 1024;

/** One page's bytes as they lie in the file, and what they are to become. */
export interface PackedBytes {
  readonly input: ByteReader;
  /** Length of the input. */
  readonly packed: number;
  /** Length of the output, as declared. */
  readonly bytes: number;
}

/**
 * Decompresses a page. UNCOMPRESSED, SNAPPY, GZIP and BROTLI pages stream, however large; ZSTD and LZ4 pages are
 * unpacked whole, up to `largestPageBytes`. Never gives more than the declared length.
 *
 * @throws {ParquetFault} while the result is read, where the bytes are damaged or of another length
 */
export function pageBytes(codec: string, page: PackedBytes): ByteReader {
  if (page.bytes === 0) return new ByteReader(nothing());
  return new ByteReader(exactly(page.bytes, unpack(codec, page)));
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function unpack(codec: string, page: PackedBytes): AsyncIterable<Uint8Array> {
  if (codec === 'UNCOMPRESSED') return parts(page.input);
  if (codec === 'SNAPPY') return snappyChunks(page.input, page.bytes);
  if (codec === 'GZIP') return through(createUnzip(), page.input, 'gzip');
  if (codec === 'BROTLI') return through(createBrotliDecompress(), page.input, 'Brotli');
  if (codec === 'ZSTD') return whole(page, unpackZstd);
  if (codec === 'LZ4_RAW') return whole(page, unpackLz4);
  if (codec === 'LZ4') return whole(page, unpackLz4Frames);
  throw new ParquetFault(`is compressed with ${codec}, which is not read`);
}

async function* parts(input: ByteReader): AsyncGenerator<Uint8Array> {
  while (await input.fill(1)) yield input.part(input.available);
}

async function* copies(input: ByteReader): AsyncGenerator<Uint8Array> {
  for await (const part of parts(input)) yield part.slice();
}

async function* through(
  stream: ReturnType<typeof createUnzip> | ReturnType<typeof createBrotliDecompress>,
  input: ByteReader,
  name: string,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(copies(input));
  let fault: unknown;
  const piped = pipeline(source, stream).catch((error: unknown) => {
    fault = error;
  });
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    await piped;
    if (fault instanceof ParquetFault) throw fault;
    throw new ParquetFault(`is damaged: a page cannot be decompressed (${name})`, { cause: error });
  } finally {
    stream.destroy();
    await piped;
  }
}

async function* whole(
  { input, packed, bytes }: PackedBytes,
  decompress: (block: Uint8Array, bytes: number) => Uint8Array,
): AsyncGenerator<Uint8Array> {
  if (Math.max(packed, bytes) > largestPageBytes) {
    throw new ParquetFault(
      `has a page of ${Math.max(packed, bytes)} bytes; with this compression ${largestPageBytes} are read at most (write it with fewer rows per row group, or with Snappy)`,
    );
  }
  yield decompress(await input.take(packed), bytes);
}

function unpackZstd(block: Uint8Array, bytes: number): Uint8Array {
  const declared = zstdLength(block);
  if (declared !== undefined && declared !== bytes) throw new ParquetFault('is damaged: a page has another length');
  return decompressZstd(block, new Uint8Array(bytes));
}

function unpackLz4(block: Uint8Array, bytes: number): Uint8Array {
  if (lz4Length(block, bytes) !== bytes) throw new ParquetFault('is damaged: a page cannot be decompressed (LZ4)');
  return decompressLz4Raw(block, bytes);
}

/** Blocks as Hadoop frames them (both lengths, then the block), or one raw block. */
function unpackLz4Frames(block: Uint8Array, bytes: number): Uint8Array {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  let made = 0;
  let at = 0;
  while (block.length - at >= 8) {
    const length = view.getUint32(at);
    const end = at + 8 + view.getUint32(at + 4);
    if (end > block.length || lz4Length(block.subarray(at + 8, end), bytes - made) !== length) break;
    made += length;
    at = end;
  }
  if (at !== block.length || made !== bytes) return unpackLz4(block, bytes);
  return decompressLz4(block, bytes);
}

async function* exactly(bytes: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let made = 0;
  for await (const chunk of chunks) {
    made += chunk.length;
    if (made > bytes) break;
    yield chunk;
  }
  if (made !== bytes)
    throw new ParquetFault(`is damaged: a page should have ${bytes} bytes and has ${made > bytes ? 'more' : made}`);
}
