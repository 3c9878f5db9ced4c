import type { ByteReader } from './byte-reader.ts';
import { ParquetFault } from './parquet-fault.ts';

/** Writers refer back 64 KiB at most; this much is kept. */
const keptBytes = 1024 * 1024;
const windowBytes = 2 * keptBytes;
/** The longest copy of one tag. */
const longestCopyBytes = 64;

/**
 * Decompresses one block of the raw Snappy format piece by piece, so that a page of hundreds of megabytes takes a
 * window of 2 MiB.
 *
 * @param bytes - what the page says that it holds; more is never made
 * @throws {ParquetFault} where the block is damaged, or holds more or less
 */
export async function* snappyChunks(input: ByteReader, bytes: number): AsyncGenerator<Uint8Array> {
  if ((await blockLength(input)) !== bytes) throw damaged();
  const window = new Window(bytes);
  while (await input.fill(1)) {
    if (input.available < 5) await input.fill(5);
    if (window.isFull) yield window.flush();
    const tag = input.byte();
    if ((tag & 3) !== 0) {
      copy(window, input, tag);
      continue;
    }
    let rest = literalLength(input, tag);
    while (rest > 0) {
      if (!(await input.fill(1))) throw damaged();
      if (window.room === 0) yield window.flush();
      const part = input.part(Math.min(rest, window.room));
      window.add(part);
      rest -= part.length;
    }
  }
  yield window.flush();
  if (window.made !== bytes) throw damaged();
}

async function blockLength(input: ByteReader): Promise<number> {
  let length = 0;
  for (let index = 0; index < 5; index += 1) {
    if (!(await input.fill(1))) throw damaged();
    const byte = input.byte();
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return length;
  }
  throw damaged();
}

function literalLength(input: ByteReader, tag: number): number {
  const short = tag >> 2;
  return 1 + (short < 60 ? short : littleEndian(input, short - 59));
}

function copy(window: Window, input: ByteReader, tag: number): void {
  if ((tag & 3) === 1) window.copy(((tag >> 5) << 8) + input.byte(), ((tag >> 2) & 7) + 4);
  else window.copy(littleEndian(input, (tag & 3) === 2 ? 2 : 4), (tag >> 2) + 1);
}

function littleEndian(input: ByteReader, bytes: number): number {
  let value = 0;
  for (let index = 0; index < bytes; index += 1) value += input.byte() * 2 ** (8 * index);
  return value;
}

/** The end of what was made, for copies to refer to. */
class Window {
  readonly #total: number;
  readonly #bytes: Uint8Array;
  #end = 0;
  #flushed = 0;
  #moved = 0;

  constructor(total: number) {
    this.#total = total;
    this.#bytes = new Uint8Array(Math.min(total, windowBytes));
  }

  get made(): number {
    return this.#moved + this.#end;
  }

  /** Bytes that may be added before flushing. More than the whole can never be added. */
  get room(): number {
    const room = this.#bytes.length - this.#end;
    if (room === 0 && this.made >= this.#total) throw damaged();
    return room;
  }

  /** Whether a copy may not fit. */
  get isFull(): boolean {
    return this.#bytes.length < this.#total && this.#bytes.length - this.#end < longestCopyBytes;
  }

  /** What was made since the last time. Makes room. */
  flush(): Uint8Array {
    const made = this.#bytes.slice(this.#flushed, this.#end);
    if (this.#bytes.length < this.#total && this.#end > keptBytes) {
      const surplus = this.#end - keptBytes;
      this.#bytes.copyWithin(0, surplus, this.#end);
      this.#moved += surplus;
      this.#end = keptBytes;
    }
    this.#flushed = this.#end;
    return made;
  }

  add(part: Uint8Array): void {
    if (this.made + part.length > this.#total) throw damaged();
    this.#bytes.set(part, this.#end);
    this.#end += part.length;
  }

  copy(back: number, length: number): void {
    const from = this.#end - back;
    if (back === 0 || from < 0 || this.made + length > this.#total) throw damaged();
    const until = this.#end + length;
    if (back >= length) this.#bytes.copyWithin(this.#end, from, from + length);
    else for (let to = this.#end; to < until; to += 1) this.#bytes[to] = this.#bytes[to - back] ?? 0;
    this.#end = until;
  }
}

function damaged(): ParquetFault {
  return new ParquetFault('is damaged: a page cannot be decompressed (Snappy)');
}
