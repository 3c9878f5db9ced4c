import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { errorMessage, systemErrorCode } from '../../core/errors.ts';
import type { ArchiveFile } from './archive-file.ts';
import type { MemberEntry } from './read-directory.ts';

const inflate = promisify(inflateRaw);

const headerBytes = 30;
const headerSignature = 0x04034b50;

/** Python writes it (zipfile, with a package or since 3.14); Inspect's logs have it. */
const zstdMethod = 93;

/** What deflating may add to content that it cannot make smaller; more would be padding. */
const mostOverhead = 1.1;

/**
 * The content of one member, its length and checksum compared with the list's. Memory stays below the two lengths that
 * the list states, whatever the compressed bytes turn into.
 *
 * @throws {Error} whose message follows the member's name
 */
export async function readMember(file: ArchiveFile, entry: MemberEntry): Promise<Buffer> {
  if (entry.method !== 0 && entry.method !== 8 && entry.method !== zstdMethod) {
    throw new Error(`is compressed by method ${entry.method}; only stored, deflated and Zstandard members can be read`);
  }
  if (entry.compressedBytes > entry.bytes * mostOverhead + 64) throw new Error('is damaged: its lengths cannot be');
  const compressed = await readCompressed(file, entry);
  const content = await unpacked(compressed, entry);
  if (content.length !== entry.bytes) {
    throw new Error(`is damaged: it has ${content.length} bytes instead of ${entry.bytes}`);
  }
  if (crc32(content) !== entry.crc32) throw new Error('is damaged: its checksum is wrong');
  return content;
}

async function readCompressed(file: ArchiveFile, entry: MemberEntry): Promise<Buffer> {
  try {
    const header = await file.read(entry.headerAt, headerBytes);
    if (header.readUInt32LE(0) !== headerSignature) throw new Error('it does not begin where the list of members says');
    const contentAt = entry.headerAt + headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
    return await file.read(contentAt, entry.compressedBytes);
  } catch (error) {
    throw new Error(`cannot be read: ${errorMessage(error)}`, { cause: error });
  }
}

async function unpacked(compressed: Buffer, entry: MemberEntry): Promise<Buffer> {
  if (entry.method === 0) return compressed;
  if (entry.method === 8) return await inflated(compressed, entry.bytes);
  try {
    const { unpackZstd } = await import('./zstd-content.ts');
    return await unpackZstd(compressed, entry.bytes);
  } catch (error) {
    throw new Error(`is damaged: ${errorMessage(error)}`, { cause: error });
  }
}

async function inflated(compressed: Buffer, bytes: number): Promise<Buffer> {
  const chunkSize = Math.min(Math.max(bytes, 4096), 1 << 20);
  try {
    return await inflate(compressed, { maxOutputLength: Math.max(bytes, 1), chunkSize });
  } catch (error) {
    const isLonger = systemErrorCode(error) === 'ERR_BUFFER_TOO_LARGE';
    const what = isLonger ? `it inflates to more than the ${bytes} bytes that it states` : errorMessage(error);
    throw new Error(`is damaged: ${what}`, { cause: error });
  }
}
