import { ParquetFault } from './parquet-fault.ts';

/**
 * Reads numbers of a fixed width in bits from Parquet's mix of runs and packed groups: levels, dictionary indices,
 * flags. Never gives more than `count`, whatever a run says that it holds.
 *
 * @param width - 0 to 32
 * @throws {ParquetFault} where the bytes end before the numbers do
 */
export function readRuns(bytes: Uint8Array, width: number, count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  if (width === 0) return numbers;
  if (width > 32) throw new ParquetFault(`is damaged: numbers of ${width} bits`);
  const wholeBytes = (width + 7) >> 3;
  let at = 0;
  let made = 0;
  while (made < count) {
    const header = readHeader(bytes, at);
    at = header.end;
    const inRun = Math.min(count - made, header.isPacked ? header.length * 8 : header.length);
    if (header.isPacked) {
      unpack(bytes, at, width, numbers.subarray(made, made + inRun));
      at += header.length * width;
    } else {
      if (at + wholeBytes > bytes.length) throw cut();
      let value = 0;
      for (let index = 0; index < wholeBytes; index += 1) value += (bytes[at + index] ?? 0) * 2 ** (8 * index);
      numbers.fill(value, made, made + inRun);
      at += wholeBytes;
    }
    made += inRun;
  }
  return numbers;
}

function readHeader(bytes: Uint8Array, start: number): { isPacked: boolean; length: number; end: number } {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) throw cut();
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { isPacked: value % 2 === 1, length: Math.floor(value / 2), end: start + index + 1 };
  }
  throw new ParquetFault('is damaged: the length of a run does not end');
}

/** Fills `numbers` from bits in order, the lowest first. */
function unpack(bytes: Uint8Array, start: number, width: number, numbers: Uint32Array): void {
  if (start + Math.ceil((numbers.length * width) / 8) > bytes.length) throw cut();
  let bit = start * 8;
  for (let index = 0; index < numbers.length; index += 1) {
    let value = 0;
    for (let have = 0; have < width; ) {
      const inByte = bit % 8;
      const taken = Math.min(8 - inByte, width - have);
      value += (((bytes[Math.floor(bit / 8)] ?? 0) >> inByte) & ((1 << taken) - 1)) * 2 ** have;
      have += taken;
      bit += taken;
    }
    numbers[index] = value;
  }
}

function cut(): ParquetFault {
  return new ParquetFault('is damaged: a page ends within its numbers');
}
