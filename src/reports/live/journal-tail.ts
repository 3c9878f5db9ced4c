import { open, stat } from 'node:fs/promises';

const chunkBytes = 1 << 20;
/** A line beyond this is no record; what follows it in the file is not looked at. */
const longestLineBytes = 64 << 20;

/**
 * Follows a JSON Lines file that another process appends to. Each call reads what was added, up to the last whole line;
 * a torn last line is read again once it has grown.
 */
export class JournalTail {
  readonly path: string;
  /** Where the first line begins that was not read yet. */
  #offset = 0;
  /** The file's size when it was last read to its end. */
  #seenBytes = 0;
  #inode = 0;
  /** Lines that were no JSON. */
  unreadable = 0;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Reads what was added, value by value.
   *
   * @returns false where the file was taken away, replaced or cut within what was read, so that all must be read anew
   */
  async read(each: (value: unknown) => void): Promise<boolean> {
    const now = await stat(this.path).catch(() => undefined);
    if (now === undefined || !now.isFile()) return false;
    if (this.#inode !== 0 && (now.ino !== this.#inode || now.size < this.#offset)) return false;
    this.#inode = now.ino;
    // A size below the one seen before: a torn line was cut off.
    if (now.size === this.#seenBytes) return true;
    await this.#readLines(now.size, each);
    this.#seenBytes = now.size;
    return true;
  }

  async #readLines(end: number, each: (value: unknown) => void): Promise<void> {
    const file = await open(this.path, 'r');
    try {
      let rest: Buffer[] = [];
      let held = 0;
      for (let position = this.#offset; position < end && held <= longestLineBytes; ) {
        const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, end - position));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        const chunk = buffer.subarray(0, bytesRead);
        let from = 0;
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
          rest.push(chunk.subarray(from, at));
          this.#parse((rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest)).toString('utf8'), each);
          rest = [];
          held = 0;
          from = at + 1;
          this.#offset = position - bytesRead + from;
        }
        rest.push(chunk.subarray(from));
        held += bytesRead - from;
      }
    } finally {
      await file.close();
    }
  }

  #parse(text: string, each: (value: unknown) => void): void {
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.unreadable += 1;
      return;
    }
    each(value);
  }
}
