import { open } from 'node:fs/promises';
import { errorMessage } from '../../core/errors.ts';
import { tsvError } from './tsv-error.ts';

const chunkBytes = 1 << 20;

/** The bytes of a file from front to back, in one buffer: a piece is valid until the next one is asked for. */
export async function* readChunks(path: string): AsyncGenerator<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, null).catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function unreadable(path: string, error: unknown): Error {
  return tsvError(path, `cannot be read: ${errorMessage(error)}`, 'Name another file with --data.', error);
}
