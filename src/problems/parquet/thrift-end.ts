import { ParquetFault } from './parquet-fault.ts';

/** The bytes end before the structure does: more bytes may help. */
export class ThriftCut extends ParquetFault {}

/** Kinds of Thrift's compact protocol that Parquet uses. */
const kind = { stop: 0, true: 1, false: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, struct: 12 };

/** Parquet's own structures nest nine deep. */
const deepest = 24;

/**
 * Walks over one structure of Thrift's compact protocol without building it. A parser that allocates what a list
 * says it holds may run on bytes that passed: every length is covered by bytes that are there, numbers are no longer
 * than their type allows, and nesting is shallow.
 *
 * @returns where the structure ends
 * @throws {ThriftCut} where the bytes end first
 * @throws {ParquetFault} where it is no such structure
 */
export function thriftEnd(bytes: Uint8Array, start: number): number {
  return new Walk(bytes, start).struct(0);
}

class Walk {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  struct(depth: number): number {
    if (depth > deepest) throw new ParquetFault('is damaged: a header nests too deeply');
    for (;;) {
      const byte = this.#byte();
      const type = byte & 0x0f;
      if (type === kind.stop) return this.#at;
      if (byte >> 4 === 0) this.#number(5);
      this.#element(type, depth);
    }
  }

  #element(type: number, depth: number): void {
    if (type === kind.true || type === kind.false) return;
    if (type === kind.byte) this.#skip(1);
    else if (type === kind.i16 || type === kind.i32 || type === kind.i64) this.#number(10);
    else if (type === kind.double) this.#skip(8);
    else if (type === kind.binary) this.#skip(this.#number(5));
    else if (type === kind.list) this.#list(depth + 1);
    else if (type === kind.struct) this.struct(depth + 1);
    else throw new ParquetFault(`is damaged: a header has a field of the unknown kind ${type}`);
  }

  #list(depth: number): void {
    if (depth > deepest) throw new ParquetFault('is damaged: a header nests too deeply');
    const byte = this.#byte();
    const type = byte & 0x0f;
    const size = byte >> 4 === 15 ? this.#number(5) : byte >> 4;
    // Every element takes a byte at least.
    if (size > this.#bytes.length - this.#at) throw new ThriftCut('is damaged: a list is longer than its header');
    const isFlag = type === kind.true || type === kind.false;
    for (let index = 0; index < size; index += 1) {
      if (isFlag) this.#skip(1);
      else this.#element(type, depth);
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new ThriftCut('is cut off within a header');
    this.#at += 1;
    return byte;
  }

  #skip(count: number): void {
    if (count > this.#bytes.length - this.#at) throw new ThriftCut('is cut off within a header');
    this.#at += count;
  }

  /** An unsigned number of at most so many bytes; exact up to 2^53, which lengths never reach. */
  #number(mostBytes: number): number {
    let value = 0;
    for (let index = 0; index < mostBytes; index += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    throw new ParquetFault('is damaged: a number in a header does not end');
  }
}
