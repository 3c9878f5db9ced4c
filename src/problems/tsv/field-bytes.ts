/** Collects the bytes of one field from pieces of chunks; copies only what is not in one piece. */
export class FieldBytes {
  #store = Buffer.allocUnsafe(0);
  /** A single piece, not copied. */
  #piece: Buffer | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** @param piece - has to stay as it is until {@link settle} or {@link take} */
  add(piece: Buffer): void {
    if (piece.length === 0) return;
    if (this.#length === 0) this.#piece = piece;
    else {
      this.settle();
      this.#copy(piece);
    }
    this.#length += piece.length;
  }

  /** Copies what lies in a chunk that is about to be overwritten. */
  settle(): void {
    const piece = this.#piece;
    if (piece === undefined) return;
    this.#piece = undefined;
    this.#length = 0;
    this.#copy(piece);
    this.#length = piece.length;
  }

  /** The field, valid until the next call; the next one begins. */
  take(): Buffer {
    const bytes = this.#piece ?? this.#store.subarray(0, this.#length);
    this.#piece = undefined;
    this.#length = 0;
    return bytes;
  }

  #copy(piece: Buffer): void {
    const needed = this.#length + piece.length;
    if (needed > this.#store.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#store.length, 65_536));
      this.#store.copy(larger, 0, 0, this.#length);
      this.#store = larger;
    }
    piece.copy(this.#store, this.#length);
  }
}
