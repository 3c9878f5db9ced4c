import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, SynthrlError, systemErrorCode } from './errors.ts';

/** Turns a failed write into a coded error; `path` is what was being written. */
export function writeError(error: unknown, path: string): SynthrlError {
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SynthrlError('DISK_FULL', `There is no space left to write ${path}.`, {
      hint: 'Everything written before this is kept. Free some space and run the same command again: it goes on where it stopped.',
      cause: error,
    });
  }
  return new SynthrlError('WRITE_FAILED', `${path} could not be written: ${errorMessage(error)}.`, {
    hint: 'Everything written before this is kept. Check the permissions of the folder, then run the same command again.',
    cause: error,
  });
}

/**
 * Writes a whole file under a temporary name and renames it, so that a reader never sees half of it.
 *
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`; the previous content, if any, is then untouched
 */
export function writeWholeFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw writeError(error, path);
  }
}
