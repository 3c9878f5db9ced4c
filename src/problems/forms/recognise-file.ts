import { type FileHandle, open } from 'node:fs/promises';
import { errorMessage, SynthrlError } from '../../core/errors.ts';
import { type JsonHead, readJsonHead } from './json-head.ts';

/** What a file is by its content. */
export interface Recognised {
  readonly kind: 'parquet' | 'tsv' | 'json' | 'zip' | 'other';
  /** Names of columns, or the members of the first JSON row; undefined where they could not be read. */
  readonly columns: readonly string[] | undefined;
  /** Rows, where that is known without reading the file. */
  readonly rows?: number;
  readonly json?: JsonHead;
  /** Why the columns could not be read. */
  readonly error?: SynthrlError;
  /** How the file begins, for messages. */
  readonly beginning: string;
}

/** Of a zip file with and without members. */
const zipMagics: readonly string[] = ['PK\u0003\u0004', 'PK\u0005\u0006'];

/** The first row of every known JSON file is far shorter. */
const headBytes = 256 * 1024;

/**
 * Tells what a file is by its first and last bytes, and reads the names of its columns.
 *
 * @throws {SynthrlError} `DATA_INVALID` where it cannot be read
 */
export async function recogniseFile(path: string): Promise<Recognised> {
  const { head, tail, size } = await readEnds(path);
  const magic = head.toString('latin1', 0, 4);
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  const beginning = JSON.stringify(text.trimStart().slice(0, 50));
  if (magic === 'PAR1' || tail === 'PAR1') return { kind: 'parquet', beginning, ...(await parquetHead(path)) };
  if (zipMagics.includes(magic)) return { kind: 'zip', columns: undefined, beginning };
  if (head.includes(0)) return { kind: 'other', columns: undefined, beginning };
  const json = readJsonHead(text, size <= headBytes);
  if (json !== undefined) {
    return { kind: 'json', json, columns: json.row === undefined ? undefined : Object.keys(json.row), beginning };
  }
  const isTable = (text.split('\n', 1)[0] ?? '').includes('\t');
  return isTable
    ? { kind: 'tsv', beginning, ...(await tsvHead(path)) }
    : { kind: 'other', columns: undefined, beginning };
}

async function parquetHead(path: string): Promise<Pick<Recognised, 'columns' | 'rows' | 'error'>> {
  const { parquetColumns } = await import('../parquet/read-parquet.ts');
  return orError(() => parquetColumns(path));
}

async function tsvHead(path: string): Promise<Pick<Recognised, 'columns' | 'error'>> {
  const { tsvColumns } = await import('../tsv/read-tsv.ts');
  return orError(async () => ({ columns: await tsvColumns(path) }));
}

/** A broken file is an error only where it is the one that is wanted. */
async function orError<Head>(read: () => Promise<Head>): Promise<Head | { columns: undefined; error: SynthrlError }> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SynthrlError) return { columns: undefined, error };
    throw error;
  }
}

async function readEnds(path: string): Promise<{ head: Buffer; tail: string; size: number }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, headBytes));
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const tail = Buffer.alloc(4);
    if (size >= 8) await file.read(tail, 0, 4, size - 4);
    return { head: head.subarray(0, bytesRead), tail: tail.toString('latin1'), size };
  } catch (error) {
    throw new SynthrlError('DATA_INVALID', `${path} cannot be read: ${errorMessage(error)}.`, {
      hint: 'Check its permissions, or restore the published file.',
      cause: error,
    });
  } finally {
    await file?.close();
  }
}
