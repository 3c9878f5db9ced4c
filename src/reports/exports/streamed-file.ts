import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeError } from '../../core/write-file.ts';

const pieceCharacters = 1 << 20;

/**
 * Writes a file piece by piece under a temporary name and renames it at the end, so that a reader never sees half of it
 * and memory stays at one piece.
 *
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`; whatever stood there before is then untouched
 */
export async function writeStreamed(path: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  const descriptor = guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(temporary, 'wx');
  });
  try {
    try {
      for await (const text of inLargePieces(pieces)) guarded(path, () => writeAll(descriptor, text));
    } finally {
      closeSync(descriptor);
    }
    guarded(path, () => renameSync(temporary, path));
  } finally {
    // Gone already where it got its name.
    rmSync(temporary, { force: true });
  }
}

async function* inLargePieces(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let held: string[] = [];
  let characters = 0;
  for await (const piece of pieces) {
    held.push(piece);
    characters += piece.length;
    if (characters < pieceCharacters) continue;
    yield held.join('');
    held = [];
    characters = 0;
  }
  yield held.join('');
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

function guarded<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw writeError(error, path);
  }
}
