import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeError } from '../core/write-file.ts';

/** Bytes gathered before they are written, and bytes read back at once. */
const writeBytes = 1 << 20;
const readBytes = 1 << 12;

/**
 * A file of lines that come in any order and are to stand in a given one. Lines wait in a nameless file beside it, so that a
 * dozen bytes of memory are held for each; the file appears whole, with `finish`.
 */
export class OrderedLines {
  readonly #path: string;
  readonly #spillPath: string;
  readonly #offsets: Float64Array;
  readonly #lengths: Uint32Array;
  #spill: number | undefined;
  #spilled = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  /** @param count - places for lines */
  constructor(path: string, count: number) {
    this.#path = path;
    this.#spillPath = `${path}.${process.pid}.unordered.tmp`;
    this.#offsets = new Float64Array(count);
    this.#lengths = new Uint32Array(count);
  }

  /** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
  put(place: number, line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    this.#offsets[place] = this.#spilled + this.#pendingBytes;
    this.#lengths[place] = bytes.length;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= writeBytes) this.#flush();
  }

  /**
   * Writes the lines in the order of their places under a temporary name and renames it.
   *
   * @param missing - the line of a place that has none
   * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`; a file that was there before is then untouched
   */
  finish(missing: (place: number) => string): void {
    this.#flush();
    const temporary = `${this.#path}.${process.pid}.tmp`;
    try {
      const target = openSync(temporary, 'w');
      try {
        this.#copyTo(target, missing);
      } finally {
        closeSync(target);
      }
      renameSync(temporary, this.#path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw writeError(error, this.#path);
    }
  }

  /** Lets go of what was put aside; to be called in the end, however it went. */
  [Symbol.dispose](): void {
    if (this.#spill !== undefined) closeSync(this.#spill);
    this.#spill = undefined;
  }

  #copyTo(target: number, missing: (place: number) => string): void {
    let gathered: Buffer[] = [];
    let size = 0;
    const read = this.#reader();
    for (const [place, length] of this.#lengths.entries()) {
      const bytes = length > 0 ? read(this.#offsets[place] ?? 0, length) : Buffer.from(`${missing(place)}\n`);
      gathered.push(bytes);
      size += bytes.length;
      if (size < writeBytes) continue;
      writeAll(target, gathered);
      gathered = [];
      size = 0;
    }
    writeAll(target, gathered);
  }

  /** Reads a little ahead: lines mostly come in nearly the order that is wanted. */
  #reader(): (offset: number, length: number) => Buffer {
    let window = Buffer.allocUnsafe(readBytes);
    let from = 0;
    let to = 0;
    return (offset, length) => {
      if (offset < from || offset + length > to) {
        if (length > window.length) window = Buffer.allocUnsafe(length);
        from = offset;
        to = offset + readSync(this.#spill ?? -1, window, 0, window.length, offset);
        if (offset + length > to) throw new Error(`${this.#spillPath} was cut while it was read`);
      }
      return Buffer.from(window.subarray(offset - from, offset - from + length));
    };
  }

  #flush(): void {
    try {
      if (this.#spill === undefined) {
        mkdirSync(dirname(this.#path), { recursive: true });
        this.#spill = openSync(this.#spillPath, 'w+');
        // It needs no name any more, and so is gone however this process ends.
        rmSync(this.#spillPath);
      }
      writeAll(this.#spill, this.#pending);
    } catch (error) {
      throw writeError(error, this.#spillPath);
    }
    this.#spilled += this.#pendingBytes;
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

function writeAll(descriptor: number, pieces: readonly Buffer[]): void {
  const bytes = Buffer.concat(pieces);
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}
