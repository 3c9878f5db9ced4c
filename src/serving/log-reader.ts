import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { plainText } from './plain-text.ts';

const chunkBytes = 1 << 18;
/** Most that one call reads; a log that grows faster is caught up with by the next call. */
const bytesPerCall = 1 << 22;
const tailBytes = 1 << 16;
const lineLength = 4000;

/** Reads what is appended to a log file. A carriage return ends a line too: progress bars use it. */
export class LogReader {
  readonly #path: string;
  readonly #start: number;
  #offset: number;
  #decoder = new StringDecoder('utf8');
  #rest = '';

  /** @param start - offset in bytes at which this server's part of the file begins */
  constructor(path: string, start: number) {
    this.#path = path;
    this.#start = start;
    this.#offset = start;
  }

  /** Whole lines that came since the last call. */
  newLines(): string[] {
    if (!existsSync(this.#path)) return [];
    const descriptor = openSync(this.#path, 'r');
    try {
      const lines: string[] = [];
      const chunk = Buffer.allocUnsafe(chunkBytes);
      for (let total = 0; total < bytesPerCall; ) {
        const read = readSync(descriptor, chunk, 0, chunk.length, this.#offset);
        if (read === 0) break;
        total += read;
        this.#offset += read;
        lines.push(...this.#split(this.#decoder.write(chunk.subarray(0, read))));
      }
      return lines;
    } finally {
      closeSync(descriptor);
    }
  }

  #split(text: string): string[] {
    const pieces = (this.#rest + text).split(/[\r\n]+/);
    // An endless line is kept to its beginning.
    this.#rest = (pieces.pop() ?? '').slice(0, lineLength);
    return asLines(pieces);
  }

  /** The last lines, an unfinished one included. */
  lastLines(): string[] {
    if (!existsSync(this.#path) || statSync(this.#path).size <= this.#start) return [];
    const descriptor = openSync(this.#path, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const from = Math.max(this.#start, size - tailBytes);
      const bytes = Buffer.alloc(size - from);
      const read = readSync(descriptor, bytes, 0, bytes.length, from);
      return asLines(
        bytes
          .subarray(0, read)
          .toString('utf8')
          .split(/[\r\n]+/),
      );
    } finally {
      closeSync(descriptor);
    }
  }
}

function asLines(pieces: readonly string[]): string[] {
  return pieces.map((piece) => plainText(piece, lineLength)).filter((line) => line.trim() !== '');
}
