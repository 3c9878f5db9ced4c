import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { errorMessage, SynthrlError } from '../core/errors.ts';

/** What the content of a file must be: its SHA-256 where the hub stores it as a large file, else git's own hash of it. */
export interface ExpectedContent {
  readonly bytes: number;
  readonly sha256?: string;
  /** SHA-1 of git's blob: `blob <bytes>\0` and the content. */
  readonly gitSha1?: string;
}

/** Hashes content as it passes. */
export class ContentHash {
  readonly #sha256: Hash = createHash('sha256');
  readonly #gitSha1: Hash | undefined;
  readonly #expected: ExpectedContent;

  constructor(expected: ExpectedContent) {
    this.#expected = expected;
    if (expected.sha256 === undefined && expected.gitSha1 !== undefined) {
      this.#gitSha1 = createHash('sha1').update(`blob ${expected.bytes}\0`);
    }
  }

  update(chunk: Uint8Array): void {
    this.#sha256.update(chunk);
    this.#gitSha1?.update(chunk);
  }

  /** Ends the hashing: the SHA-256, and whether the content is what was expected. Without any hash, only size counts. */
  end(): { sha256: string; matches: boolean } {
    const sha256 = this.#sha256.digest('hex');
    if (this.#expected.sha256 !== undefined) return { sha256, matches: sha256 === this.#expected.sha256 };
    const gitSha1 = this.#gitSha1?.digest('hex');
    return { sha256, matches: gitSha1 === undefined || gitSha1 === this.#expected.gitSha1 };
  }
}

/**
 * Hashes a file on disk; another size never matches.
 *
 * @throws {SynthrlError} `DATA_INVALID` where it cannot be read
 */
export async function hashFile(
  path: string,
  expected: ExpectedContent,
  signal?: AbortSignal,
): Promise<{ sha256: string; matches: boolean }> {
  const hash = new ContentHash(expected);
  let bytes = 0;
  const chunks: AsyncIterable<Buffer> = createReadStream(path, {
    highWaterMark: 1 << 20,
    ...(signal ? { signal } : {}),
  });
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw new SynthrlError('DATA_INVALID', `${path} cannot be read: ${errorMessage(error)}.`, {
      hint: 'Make it readable or move it away, then run the same command again.',
      cause: error,
    });
  }
  const { sha256, matches } = hash.end();
  return { sha256, matches: matches && bytes === expected.bytes };
}
