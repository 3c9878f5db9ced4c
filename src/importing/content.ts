import { open, readFile, stat } from 'node:fs/promises';
import { readDelimited } from '../core/delimited-text.ts';
import { errorMessage, SynthrlError } from '../core/errors.ts';
import { readJsonLines } from '../core/json-lines.ts';
import { jsonErrorLine } from '../problems/json-error-line.ts';
import { isRecord, type PlacedRecord } from './records.ts';
import { openSheet } from './sheet.ts';
import { parseTolerantJson } from './tolerant-json.ts';

/** What a file holds, found from its bytes. Rows are read as they are asked for, where the kind allows it. */
export type Content =
  | { readonly kind: 'records'; readonly first: PlacedRecord; readonly rows: () => Rows; readonly notes?: Notes }
  | { readonly kind: 'object'; readonly value: Readonly<Record<string, unknown>>; readonly path: string }
  | { readonly kind: 'archive'; readonly members: ReadonlySet<string>; readonly path: string };

type Rows = AsyncIterable<PlacedRecord> | Iterable<PlacedRecord>;
type Notes = () => readonly string[];

/** Beyond this one JSON value does not fit into one string of the engine. */
const largestJsonBytes = 500_000_000;

/** The first line tells what a file holds; what does not end within this is not a table or a file of rows. */
const headBytes = 64 * 1024 * 1024;

/**
 * Finds out what a file holds: records (JSON Lines, a JSON list, CSV, TSV, a spreadsheet), one JSON object, or an archive.
 *
 * @throws {SynthrlError} `IMPORT_INVALID` where it holds none of these, naming what was found
 */
export async function openContent(path: string): Promise<Content> {
  const file = await stat(path).catch(() => undefined);
  if (!file?.isFile()) throw new SynthrlError('IMPORT_INVALID', `There is no file ${path}.`);
  if (file.size === 0) throw new SynthrlError('IMPORT_INVALID', `${path} is empty.`);
  const { line, isWhole, hasMore } = await readHead(path, file.size);
  const binary = binaryKind(line);
  if (binary === 'zip') return openArchive(path);
  if (binary !== undefined) {
    throw new SynthrlError('IMPORT_INVALID', `${path} is ${binary.what}, which cannot be imported.`, {
      hint: binary.hint,
    });
  }
  const text = line
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text.startsWith('{') || text.startsWith('[') || text === '') {
    const first = isWhole ? parsed(text) : undefined;
    if (isRecord(first) && hasMore) return jsonLines(path);
    return file.size > largestJsonBytes ? tooLarge(path) : wholeJson(path);
  }
  const delimiter = text.includes('\t') ? '\t' : ',';
  if (isWhole && text.includes(delimiter)) return await table(path, delimiter);
  throw new SynthrlError(
    'IMPORT_INVALID',
    `${path} is not JSON, a table or an archive: it begins with ${quoted(text)}.`,
  );
}

/** The first line that is not blank, whether it ends within the first 64 MiB, and whether anything but blanks follows. */
async function readHead(path: string, size: number): Promise<{ line: Buffer; isWhole: boolean; hasMore: boolean }> {
  const handle = await open(path);
  try {
    const wanted = Math.min(size, headBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, 0);
    const head = buffer.subarray(0, bytesRead);
    const start = firstVisible(head, 0);
    const end = head.indexOf(10, start);
    const isCut = size > headBytes;
    if (end < 0) return { line: head.subarray(start), isWhole: !isCut, hasMore: isCut };
    return { line: head.subarray(start, end), isWhole: true, hasMore: isCut || firstVisible(head, end) < head.length };
  } finally {
    await handle.close();
  }
}

/** Offset of the first byte that is not blank. */
function firstVisible(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 32 || bytes[at] === 9)) at += 1;
  return at;
}

function binaryKind(head: Buffer): 'zip' | { what: string; hint: string } | undefined {
  const magic = head.subarray(0, 4).toString('latin1');
  if (magic.startsWith('PK')) return 'zip';
  if (magic.startsWith('\x1f\x8b')) return { what: 'compressed with gzip', hint: 'Decompress it with gunzip first.' };
  if (magic.startsWith('\x80')) {
    return {
      what: 'a Python pickle',
      hint: 'Pickles can run code. Have its program write JSON, a table or xlsx instead.',
    };
  }
  if (magic === 'PAR1') return { what: 'a Parquet file', hint: 'Write its rows as JSON Lines first.' };
  if (magic === '\xd0\xcf\x11\xe0') return { what: 'an old .xls workbook', hint: 'Save it as .xlsx.' };
  if (head.subarray(0, 256).includes(0)) return { what: 'not UTF-8 text', hint: 'Save it as UTF-8.' };
  return undefined;
}

async function jsonLines(path: string): Promise<Content> {
  const rows = async function* (): AsyncGenerator<PlacedRecord> {
    try {
      for await (const { value, line } of readJsonLines(path, { parse: parseTolerantJson })) {
        yield record(value, `${path}:${line}`);
      }
    } catch (error) {
      if (!(error instanceof SynthrlError) || error.code !== 'RECORD_INVALID') throw error;
      throw new SynthrlError('IMPORT_INVALID', error.message, { cause: error });
    }
  };
  return records(path, rows);
}

async function wholeJson(path: string): Promise<Content> {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = parseTolerantJson(text);
  } catch (error) {
    throw new SynthrlError(
      'IMPORT_INVALID',
      path.endsWith('.jsonl')
        ? `${path}:${jsonErrorLine(text)} is not a line of JSON.`
        : `${path} is not JSON: it stops being so on line ${jsonErrorLine(text)} (${errorMessage(error)}).`,
      { cause: error },
    );
  }
  if (isRecord(value)) return { kind: 'object', value, path };
  if (!Array.isArray(value))
    throw new SynthrlError('IMPORT_INVALID', `${path} holds neither rows nor verdicts by model.`);
  const list: readonly unknown[] = value;
  return records(path, () => list.map((row, index) => record(row, `${path}[${index}]`)));
}

async function table(path: string, delimiter: ',' | '\t'): Promise<Content> {
  return records(path, () => readDelimited(path, delimiter, 'IMPORT_INVALID'));
}

async function openArchive(path: string): Promise<Content> {
  const { ZipFile } = await import('../problems/zip/zip-file.ts');
  const zip = await ZipFile.open(path).catch((cause: unknown) => {
    throw new SynthrlError('IMPORT_INVALID', `${path} cannot be read as a zip archive: ${errorMessage(cause)}`, {
      cause,
    });
  });
  const members = new Set(zip.members.keys());
  await zip.close();
  if (!members.has('xl/workbook.xml')) return { kind: 'archive', members, path };
  const sheet = await openSheet(path);
  return records(path, () => sheet.rows, sheet.notes);
}

async function records(path: string, rows: () => Rows, notes?: Notes): Promise<Content> {
  for await (const first of rows()) return { kind: 'records', first, rows, ...(notes && { notes }) };
  throw new SynthrlError('IMPORT_INVALID', `${path} holds no rows.`);
}

function record(value: unknown, where: string): PlacedRecord {
  if (!isRecord(value)) throw new SynthrlError('IMPORT_INVALID', `${where} is not an object with an id.`);
  return { value, where };
}

function parsed(text: string): unknown {
  try {
    return parseTolerantJson(text);
  } catch {
    return undefined;
  }
}

function tooLarge(path: string): never {
  throw new SynthrlError('IMPORT_INVALID', `${path} is too large to be read as one JSON value.`, {
    hint: 'Convert it to JSON Lines (.jsonl), which is read line by line.',
  });
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 50));
}
