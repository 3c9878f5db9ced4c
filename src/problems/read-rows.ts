import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { errorMessage, SynthrlError } from '../core/errors.ts';
import type { ImageSource } from '../core/problem.ts';
import type { FileShape } from './define-benchmark.ts';
import { duplicateKey } from './duplicate-key.ts';
import { jsonErrorLine } from './json-error-line.ts';

/** One row of a data file, before it is checked. */
export interface SourceRow {
  /** The row; image columns that hold bytes are left out. */
  readonly value: unknown;
  /** Key in a keyed file; undefined elsewhere. */
  readonly key: string | undefined;
  /** For people: file and line, or file and key or index. */
  readonly place: string;
  /** Images that the row itself carries, in order; absent where rows name files, or where images are not wanted. */
  readonly images?: readonly ImageSource[];
}

/** Gets what is wrong with one row where reading is to go on behind it. */
export type OnInvalid = (error: SynthrlError) => void;

/** Shapes of files with several rows; `any` takes a JSON list or object, whichever the file holds. */
type RowsShape = Exclude<FileShape, 'folder'> | 'any';

/** The official files are below 6 MB; a file of rows beyond this is something else. */
const largestBytes = 400_000_000;

/**
 * Reads all rows of a JSON or JSON Lines file in UTF-8, with or without a byte order mark.
 *
 * @param onInvalid - gets lines of JSON Lines that are no JSON; absent, the first is thrown
 * @throws {SynthrlError} `DATA_INVALID` naming file and line where it is not such a file or has no rows;
 * `DATA_DUPLICATE_ID` where a key occurs twice
 */
export async function readRows(path: string, shape: RowsShape, onInvalid?: OnInvalid): Promise<SourceRow[]> {
  return parseRows(path, await readBytes(path), shape, onInvalid);
}

/**
 * Like {@link readRows}, of bytes that were read already.
 *
 * @param path - how messages call the file
 */
export function parseRows(path: string, bytes: Buffer, shape: RowsShape, onInvalid?: OnInvalid): SourceRow[] {
  const text = decode(path, bytes);
  if (text.trim() === '') throw invalid(path, 'is empty');
  const rows = shape === 'jsonl' ? jsonLines(path, text, onInvalid) : jsonRows(path, text, shape);
  if (rows.length === 0) throw invalid(path, 'holds no rows');
  return rows;
}

/**
 * Reads a file that is one row; its folder's name is the row's key.
 *
 * @throws {SynthrlError} `DATA_INVALID` naming the file where it is not JSON
 */
export async function readRow(path: string): Promise<SourceRow> {
  return parseRow(path, await readBytes(path), path);
}

/**
 * Like {@link readRow}, of bytes that were read already.
 *
 * @param place - how messages call the file
 * @param path - of the file, or its name in a zip file
 */
export function parseRow(place: string, bytes: Buffer, path: string): SourceRow {
  return { value: parseJson(place, decode(place, bytes)), key: basename(dirname(path)), place };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > largestBytes) throw invalid(path, `is larger than ${largestBytes / 1e6} MB`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof SynthrlError) throw error;
    throw invalid(path, `cannot be read: ${errorMessage(error)}`, undefined, error);
  }
}

function decode(path: string, bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff || bytes.subarray(0, 64).includes(0)) {
    throw invalid(path, 'is not UTF-8 text; it looks like UTF-16', 'Save it as UTF-8.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw invalid(path, 'is not UTF-8 text', 'Save it as UTF-8, or download it again.', error);
  }
}

function jsonLines(path: string, text: string, onInvalid: OnInvalid | undefined): SourceRow[] {
  const rows: SourceRow[] = [];
  const refused: SynthrlError[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `${path}:${index + 1}`;
    try {
      rows.push({ value: JSON.parse(line), key: undefined, place });
    } catch (error) {
      const wrong = invalid(place, 'is not a line of JSON', beginning(line), error);
      refused.push(wrong);
      if (onInvalid === undefined || (rows.length === 0 && refused.length === 100)) break;
    }
  }
  const [first] = refused;
  // Without a single line of JSON it is another kind of file, and one sentence says so.
  if (first !== undefined && (onInvalid === undefined || rows.length === 0)) throw first;
  for (const wrong of refused) onInvalid?.(wrong);
  return rows;
}

function jsonRows(path: string, text: string, shape: 'array' | 'object' | 'any'): SourceRow[] {
  const value = parseJson(path, text);
  if (Array.isArray(value) && shape !== 'object') {
    return value.map((row: unknown, index) => ({ value: row, key: undefined, place: `${path}, row ${index + 1}` }));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && shape !== 'array') {
    const twice = duplicateKey(text);
    if (twice !== undefined) {
      const { key, lines } = twice;
      throw new SynthrlError(
        'DATA_DUPLICATE_ID',
        `${path} has the key "${key}" on line ${lines[0]} and on line ${lines[1]}.`,
        {
          hint: 'Ids must be unique. Remove one of the two rows, or restore the published file.',
        },
      );
    }
    return Object.entries(value).map(([key, row]) => ({ value: row, key, place: `${path}, key "${key}"` }));
  }
  const wanted = { array: 'a list of rows', object: 'an object of rows by key', any: 'a list or object of rows' }[
    shape
  ];
  throw invalid(path, `should hold ${wanted}`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`${path}:${jsonErrorLine(text)}`, 'is not JSON', beginning(text), error);
  }
}

/** Tells a download page or a Git LFS pointer from a damaged file. */
function beginning(text: string): string {
  return `It begins with ${JSON.stringify(text.trimStart().slice(0, 50))}. Restore the published file.`;
}

function invalid(place: string, what: string, hint?: string, cause?: unknown): SynthrlError {
  return new SynthrlError('DATA_INVALID', `${place} ${what}.`, {
    hint: hint ?? 'Name another file with --data, or restore the published one.',
    cause,
  });
}
