import { ParquetFault } from './parquet-fault.ts';

const none = new Uint8Array(0);

/** Reads exact amounts from a stream of chunks. A chunk may be reused by its maker as soon as the next one is asked for. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = none;
  #at = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes that can be had without waiting. */
  get available(): number {
    return this.#chunk.length - this.#at;
  }

  /** Waits until so many bytes (a few) are available; false where the stream ends before. */
  async fill(bytes: number): Promise<boolean> {
    while (this.available < bytes) {
      const rest = this.available === 0 ? none : this.#chunk.slice(this.#at);
      const { done, value } = await this.#chunks.next();
      this.#chunk = done === true ? rest : rest.length === 0 ? value : Buffer.concat([rest, value]);
      this.#at = 0;
      if (done === true) return false;
    }
    return true;
  }

  /** The next available byte; `fill` says that there is one. */
  byte(): number {
    const byte = this.#chunk[this.#at];
    if (byte === undefined) throw new ParquetFault('is cut off within a page');
    this.#at += 1;
    return byte;
  }

  /** At most so many of the available bytes; valid until the next call. */
  part(mostBytes: number): Uint8Array {
    const part = this.#chunk.subarray(this.#at, this.#at + mostBytes);
    this.#at += part.length;
    return part;
  }

  /** The next bytes as a copy that is the caller's own. Memory is taken at once: bound the count before. */
  async take(bytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const taken = new Uint8Array(bytes);
    for (let at = 0; at < bytes; ) {
      if (!(await this.fill(1))) throw new ParquetFault('is cut off within a page');
      const part = this.part(bytes - at);
      taken.set(part, at);
      at += part.length;
    }
    return taken;
  }

  /** Reads on to the end and says how many bytes there were. */
  async drain(): Promise<number> {
    let bytes = 0;
    while (await this.fill(1)) bytes += this.part(this.available).length;
    return bytes;
  }

  /** Frees what makes the chunks. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
