/** Finds one byte in successive chunks, and remembers where: a chunk is searched once however often it is asked. */
export class ByteFinder {
  readonly #byte: number;
  #chunk: Buffer = Buffer.alloc(0);
  #found = -1;

  constructor(byte: number) {
    this.#byte = byte;
  }

  /** Begins with another chunk. */
  open(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#found = -1;
  }

  /** Offset of the first one at or behind `at`, which never goes back; the chunk's length where there is none. */
  next(at: number): number {
    if (this.#found >= at) return this.#found;
    const found = this.#chunk.indexOf(this.#byte, at);
    this.#found = found < 0 ? this.#chunk.length : found;
    return this.#found;
  }
}
