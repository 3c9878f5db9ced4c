import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorMessage, SynthrlError, systemErrorCode } from '../../core/errors.ts';
import { ArchiveFile } from './archive-file.ts';
import { type MemberEntry, readDirectory } from './read-directory.ts';
import { zipError } from './zip-error.ts';

/** An open zip file with its list of members. */
export interface Archive {
  readonly file: ArchiveFile;
  readonly members: ReadonlyMap<string, MemberEntry>;
}

interface Shared {
  readonly archive: Promise<Archive>;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

/** Time after the last use at which an archive is closed. */
const idleMs = 5_000;

/** All archives that this process has open, by path and state of the file. */
const open = new Map<string, Shared>();

/** One user's claim on an open archive. */
export interface ArchiveUse {
  readonly archive: Archive;
  /** Another claim on the same archive, also where the file was replaced meanwhile. */
  readonly again: () => ArchiveUse;
  /** Gives up this claim; to be called once. */
  readonly release: () => void;
}

/**
 * An archive that everybody in this process who names the same unchanged file shares: one descriptor, one reading of
 * the list. It stays open for a while after its last user; that neither keeps the process alive nor has to be waited for.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND`, or `DATA_INVALID` where it cannot be read or is no zip file
 */
export async function useArchive(path: string): Promise<ArchiveUse> {
  const absolute = resolve(path);
  const key = await stateOf(absolute);
  const shared = open.get(key) ?? { archive: openArchive(absolute), users: 0, idle: undefined };
  open.set(key, shared);
  shared.users += 1;
  clearTimeout(shared.idle);
  try {
    const archive = await shared.archive;
    shared.users -= 1;
    return claim(key, shared, archive);
  } catch (error) {
    if (open.get(key) === shared) open.delete(key);
    throw error;
  }
}

function claim(key: string, shared: Shared, archive: Archive): ArchiveUse {
  clearTimeout(shared.idle);
  shared.users += 1;
  const release = () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    shared.idle = setTimeout(() => {
      open.delete(key);
      // A descriptor that fails to close was only read from: nothing is lost.
      archive.file.close().catch(() => undefined);
    }, idleMs).unref();
  };
  return { archive, again: () => claim(key, shared, archive), release };
}

async function stateOf(path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw zipError(path, 'is not a file');
    return JSON.stringify([path, found.size, found.mtimeMs]);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function openArchive(path: string): Promise<Archive> {
  const file = await ArchiveFile.open(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    return { file, members: await readDirectory(file, path) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function unreadable(path: string, error: unknown): SynthrlError {
  if (error instanceof SynthrlError) return error;
  const code = systemErrorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SynthrlError('DATA_NOT_FOUND', `There is no file ${path}.`, {
      hint: 'Name an existing zip file.',
      cause: error,
    });
  }
  return zipError(path, `cannot be read: ${errorMessage(error)}`, error);
}
