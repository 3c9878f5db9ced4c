import { errorMessage, SynthrlError } from '../../core/errors.ts';
import type { ArchiveFile } from './archive-file.ts';
import { safeMemberName } from './member-name.ts';
import { quoted, zipError } from './zip-error.ts';

/** What the list of members says of one of them. */
export interface MemberEntry {
  /** Length of the member's content. */
  readonly bytes: number;
  readonly compressedBytes: number;
  /** 0 stored, 8 deflated, 93 Zstandard; others cannot be read. */
  readonly method: number;
  readonly crc32: number;
  /** Position in the file of the member's own header. */
  readonly headerAt: number;
}

/** SynthRL's data has 18,300 members. */
const mostMembers = 1_000_000;

/** The list of members is read in pieces of this many bytes. */
const pieceBytes = 256 * 1024;

/**
 * Reads the list of members, once, without touching their content. Folders are passed over.
 *
 * @param path - for messages
 * @throws {SynthrlError} `DATA_INVALID` naming the file, and the member where one is not to be trusted
 */
export async function readDirectory(file: ArchiveFile, path: string): Promise<Map<string, MemberEntry>> {
  const { fromRandomAccessReaderPromise, getFileNameLowLevel } = await import('yauzl');
  const members = new Map<string, MemberEntry>();
  try {
    const reader = await readerOf(file);
    const zip = await fromRandomAccessReaderPromise(reader, file.size, { autoClose: false, decodeStrings: false });
    if (zip.entryCount > mostMembers) {
      throw zipError(path, `says that it has ${zip.entryCount} members; ${mostMembers} are read at most`);
    }
    for await (const entry of zip.eachEntry()) {
      const written = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
      const kind = fileKind(entry.externalFileAttributes);
      if (/[/\\]$/.test(written) || kind === folderKind) continue;
      const safe = safeMemberName(written);
      const refused = 'refused' in safe ? safe.refused : refusal(kind, entry.isEncrypted());
      if (refused !== undefined) throw zipError(path, `has the member ${quoted(written)}, ${refused}`);
      const name = 'name' in safe ? safe.name : written;
      if (members.has(name)) throw zipError(path, `has the member ${quoted(name)} twice`);
      members.set(name, {
        bytes: entry.uncompressedSize,
        compressedBytes: entry.compressedSize,
        method: entry.compressionMethod,
        crc32: entry.crc32,
        headerAt: entry.relativeOffsetOfLocalHeader,
      });
    }
    await checkEnd(file, path, Number(zip.readEntryCursor));
    return members;
  } catch (error) {
    if (error instanceof SynthrlError) throw error;
    throw zipError(path, `is not a whole zip file: ${oneLine(errorMessage(error))}`, error);
  }
}

const kindMask = 0o170000;
const folderKind = 0o040000;
const plainKind = 0o100000;
const linkKind = 0o120000;

/** The file type that Unix programs put into the upper half; 0 from others. */
function fileKind(externalFileAttributes: number): number {
  return (externalFileAttributes >>> 16) & kindMask;
}

function refusal(kind: number, isEncrypted: boolean): string | undefined {
  if (kind === linkKind) return 'which is a symbolic link';
  if (kind !== 0 && kind !== plainKind) return 'which is no plain file';
  return isEncrypted ? 'which is encrypted' : undefined;
}

/** What may follow the last member of the list; anything else means that the count of members is wrong. */
const endSignatures = new Set([0x06054b50, 0x06064b50, 0x05054b50]);

async function checkEnd(file: ArchiveFile, path: string, position: number): Promise<void> {
  if (endSignatures.has((await file.read(position, 4)).readUInt32LE(0))) return;
  throw zipError(path, 'is not a whole zip file: its list of members goes on after the last one');
}

/** Lets the library read from the open file, large pieces at a time, since it asks for a few dozen bytes each. */
async function readerOf(file: ArchiveFile) {
  const { RandomAccessReader } = await import('yauzl');
  let piece: Buffer = Buffer.alloc(0);
  let pieceAt = 0;
  const bytesAt = async (position: number, length: number): Promise<Buffer> => {
    if (position < pieceAt || position + length > pieceAt + piece.length) {
      piece = await file.read(position, Math.min(Math.max(length, pieceBytes), Math.max(length, file.size - position)));
      pieceAt = position;
    }
    return piece.subarray(position - pieceAt, position - pieceAt + length);
  };
  return new (class extends RandomAccessReader {
    override read(
      into: Buffer,
      offset: number,
      length: number,
      position: number,
      done: (error: Error | null) => void,
    ): void {
      void bytesAt(position, length).then(
        (bytes) => {
          bytes.copy(into, offset);
          done(null);
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    }
  })();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200).replace(/\.$/, '');
}
