import type { DecodedArray, ParquetParsers, SchemaElement } from 'hyparquet';
import { convert } from 'hyparquet/src/convert.js';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import type { Leaf } from './leaf.ts';
import { ParquetFault } from './parquet-fault.ts';
import { parsers } from './parsers.ts';
import { readRuns } from './read-runs.ts';

/** Most bytes that values may take which are written as changes to the ones before. */
const mostDerivedBytes = 128 * 1024 * 1024;
/** No decimal number is longer; longer ones would take quadratic time. */
const mostDecimalBytes = 64;

/**
 * The values of one page.
 *
 * @param bytes - the page without its levels
 * @param count - values that are there, nulls not counted
 * @throws {ParquetFault} where the bytes do not hold them
 */
export function pageValues(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: string,
  count: number,
  leaf: Leaf,
  dictionary: readonly unknown[] | undefined,
): unknown[] {
  if (count === 0) return [];
  if (isDictionaryEncoding(encoding)) return lookUp(dictionaryIndices(bytes, count), dictionary);
  if (encoding === 'RLE' && leaf.element.type === 'BOOLEAN') return flags(bytes, count);
  return convertValues(rawValues(bytes, encoding, count, leaf.element), leaf);
}

/** Whether a page's values are places in the dictionary. */
export function isDictionaryEncoding(encoding: string): boolean {
  return encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY';
}

/** Places in the dictionary; not checked against its length. */
export function dictionaryIndices(bytes: Uint8Array, count: number): Uint32Array {
  return count === 0 ? new Uint32Array(0) : readRuns(bytes.subarray(1), bytes[0] ?? 0, count);
}

/** Values of a PLAIN page in Parquet's own kinds; byte arrays are parts of `bytes`. */
export function rawValues(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: string,
  count: number,
  element: SchemaElement,
): DecodedArray {
  const { type } = element;
  if (type === undefined) throw new ParquetFault('is damaged: a column has no type');
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  if (encoding === 'PLAIN') {
    if (type === 'BYTE_ARRAY') return byteArrays(bytes, count);
    requireBits(bytes, count * bitsOf(element));
    return readPlain(reader, type, count, element.type_length);
  }
  if (encoding === 'BYTE_STREAM_SPLIT' && type !== 'BYTE_ARRAY' && type !== 'BOOLEAN') {
    requireBits(bytes, count * bitsOf(element));
    return byteStreamSplit(reader, count, type, element.type_length);
  }
  if (encoding === 'DELTA_BINARY_PACKED') {
    return deltas(reader, type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count));
  }
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') return lengthPrefixed(bytes, reader, count);
  if (encoding === 'DELTA_BYTE_ARRAY') return derived(bytes, reader, count);
  throw new ParquetFault(`is encoded as ${encoding}, which is not read`);
}

function convertValues(data: DecodedArray, leaf: Leaf): unknown[] {
  const { element, path } = leaf;
  const { type, converted_type: converted } = element;
  if (
    converted === 'DECIMAL' &&
    data.some((value: unknown) => value instanceof Uint8Array && value.length > mostDecimalBytes)
  ) {
    throw new ParquetFault(`has a decimal number of more than ${mostDecimalBytes} bytes`);
  }
  if (type === undefined) throw new ParquetFault('is damaged: a column has no type');
  const known: ParquetParsers = parsers;
  return Array.from(
    convert(data, { pathInSchema: [], type, element, schemaPath: [...path], codec: 'UNCOMPRESSED', parsers: known }),
  );
}

function lookUp(indices: Uint32Array, dictionary: readonly unknown[] | undefined): unknown[] {
  if (dictionary === undefined) throw new ParquetFault('is damaged: a page refers to a dictionary that is not there');
  return Array.from(indices, (index) => {
    if (index >= dictionary.length) throw new ParquetFault('is damaged: a page refers to what its dictionary lacks');
    return dictionary[index];
  });
}

/** Flags as runs, after their length. */
function flags(bytes: Uint8Array, count: number): unknown[] {
  return Array.from(readRuns(bytes.subarray(4), 1, count), (flag) => flag === 1);
}

function byteArrays(bytes: Uint8Array, count: number): Uint8Array[] {
  requireBits(bytes, count * 32);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: Uint8Array[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 4 > bytes.length) throw short();
    const end = at + 4 + view.getUint32(at, true);
    if (end > bytes.length) throw short();
    values.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return values;
}

function bitsOf({ type, type_length: length }: SchemaElement): number {
  if (type === 'BOOLEAN') return 1;
  if (type === 'INT32' || type === 'FLOAT') return 32;
  if (type === 'INT96') return 96;
  if (type !== 'FIXED_LEN_BYTE_ARRAY') return 64;
  if (length === undefined || !(length > 0)) throw new ParquetFault('is damaged: a column has no length');
  return length * 8;
}

function requireBits(bytes: Uint8Array, bits: number): void {
  if (!(bits <= bytes.length * 8)) throw short();
}

interface Reader {
  readonly view: DataView<ArrayBuffer>;
  offset: number;
}

/** The library's decoder trusts the block's shape: one that does not go forward would never end. */
function deltas<Values extends Int32Array | BigInt64Array>(reader: Reader, values: Values): Values {
  const start = reader.offset;
  const blockSize = unsigned(reader);
  const miniblocks = unsigned(reader);
  const total = unsigned(reader);
  const perMiniblock = blockSize / miniblocks;
  if (total !== values.length || blockSize > 65_536 || !Number.isInteger(perMiniblock / 8) || perMiniblock === 0) {
    throw new ParquetFault('is damaged: a page of differences has another count or shape');
  }
  reader.offset = start;
  deltaBinaryUnpack(reader, values.length, values);
  return values;
}

function unsigned(reader: Reader): number {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = reader.view.getUint8(reader.offset);
    reader.offset += 1;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return value;
  }
  throw new ParquetFault('is damaged: a number in a page does not end');
}

/** All lengths, then all values. */
function lengthPrefixed(bytes: Uint8Array, reader: Reader, count: number): Uint8Array[] {
  const lengths = deltas(reader, new Int32Array(count));
  let at = reader.offset;
  return Array.from(lengths, (length) => {
    if (length < 0 || at + length > bytes.length) throw short();
    at += length;
    return bytes.subarray(at - length, at);
  });
}

/** Each value is a beginning of the one before and an ending of its own. */
function derived(bytes: Uint8Array, reader: Reader, count: number): Uint8Array[] {
  const shared = deltas(reader, new Int32Array(count));
  const endings = lengthPrefixed(bytes, reader, count);
  let previous: Uint8Array = new Uint8Array(0);
  let made = 0;
  return endings.map((ending, index) => {
    const length = shared[index] ?? 0;
    made += length + ending.length;
    if (length < 0 || length > previous.length) throw short();
    if (made > mostDerivedBytes) throw new ParquetFault(`has a page of more than ${mostDerivedBytes} bytes of values`);
    const value = new Uint8Array(length + ending.length);
    value.set(previous.subarray(0, length));
    value.set(ending, length);
    previous = value;
    return value;
  });
}

function short(): ParquetFault {
  return new ParquetFault('is damaged: a page ends within its values');
}
