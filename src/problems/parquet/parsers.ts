import type { ParquetParsers } from 'hyparquet';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { ParquetFault } from './parquet-fault.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How the library's rich values become what JSON can say: dates as ISO 8601 in UTC, text that must be UTF-8. */
export const parsers: ParquetParsers = {
  ...DEFAULT_PARSERS,
  timestampFromMilliseconds: (value) => isoTime(Number(value)),
  timestampFromMicroseconds: (value) => isoTime(Number(value / 1000n)),
  timestampFromNanoseconds: (value) => isoTime(Number(value / 1_000_000n)),
  dateFromDays: (days) => isoTime(days * 86_400_000).slice(0, 10),
  stringFromBytes: text,
  jsonFromBytes: (bytes) => JSON.parse(text(bytes)),
};

function isoTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  if (Number.isNaN(time.getTime())) throw new ParquetFault(`has a time that no calendar has (${milliseconds} ms)`);
  return time.toISOString();
}

function text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new ParquetFault('holds text that is not UTF-8', { cause: error });
  }
}
