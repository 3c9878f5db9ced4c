import { readFileSync, statSync } from 'node:fs';
import { errorMessage, SynthrlError } from '../core/errors.ts';
import { readJsonLines } from '../core/json-lines.ts';

/** One row of a file made elsewhere, with where it stands for messages. */
export interface ImportRow {
  readonly where: string;
  readonly id: string;
  /** Whose row it is, in files that hold several models. */
  readonly model: string | undefined;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Rows of a JSONL file or a JSON array of objects with an id; or verdicts as rows of 0/1 by model. */
export type ImportFile =
  | { readonly form: 'rows'; readonly rows: readonly ImportRow[] }
  | { readonly form: 'matrix'; readonly models: ReadonlyMap<string, readonly (readonly number[])[]> };

const largestJsonBytes = 512 * 1024 * 1024;

/**
 * Reads a file of responses or verdicts: JSON Lines where its name ends in .jsonl or its first line is a whole row, else
 * one JSON value.
 *
 * @throws {SynthrlError} `IMPORT_INVALID` with file and row
 */
export async function readImport(path: string): Promise<ImportFile> {
  const size = statSync(path, { throwIfNoEntry: false });
  if (!size?.isFile()) throw new SynthrlError('IMPORT_INVALID', `There is no file ${path}.`);
  if (path.endsWith('.jsonl')) return { form: 'rows', rows: await readRows(path) };
  if (size.size > largestJsonBytes) {
    throw new SynthrlError('IMPORT_INVALID', `${path} is too large to be read as one JSON value.`, {
      hint: 'Convert it to JSON Lines (.jsonl).',
    });
  }
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (beginsWithRow(text)) return { form: 'rows', rows: await readRows(path) };
    throw new SynthrlError('IMPORT_INVALID', `${path} is not JSON: ${errorMessage(error)}.`, { cause: error });
  }
  if (Array.isArray(value)) return { form: 'rows', rows: value.map((row, index) => asRow(row, `${path}[${index}]`)) };
  if (isObject(value))
    return {
      form: 'matrix',
      models: new Map(Object.entries(value).map(([model, rows]) => [model, asMatrix(rows, `${path}: ${model}`)])),
    };
  throw new SynthrlError('IMPORT_INVALID', `${path} holds neither rows nor verdicts by model.`);
}

async function readRows(path: string): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  try {
    for await (const { value, line } of readJsonLines(path)) rows.push(asRow(value, `${path}:${line}`));
  } catch (error) {
    if (!(error instanceof SynthrlError) || error.code !== 'RECORD_INVALID') throw error;
    throw new SynthrlError('IMPORT_INVALID', error.message, { cause: error });
  }
  return rows;
}

function beginsWithRow(text: string): boolean {
  const end = text.indexOf('\n');
  try {
    return isObject(JSON.parse(end < 0 ? text : text.slice(0, end)));
  } catch {
    return false;
  }
}

function asRow(value: unknown, where: string): ImportRow {
  if (!isObject(value)) throw new SynthrlError('IMPORT_INVALID', `${where} is not an object with an id.`);
  const id = value['id'] ?? value['problem'] ?? value['pid'] ?? value['question_id'];
  if (typeof id !== 'string' && typeof id !== 'number')
    throw new SynthrlError('IMPORT_INVALID', `${where} has no id.`, {
      hint: 'Each row needs `id` and `response` (or `correct`, for verdicts).',
    });
  const { model } = value;
  return { where, id: String(id), model: typeof model === 'string' ? model : undefined, value };
}

function asMatrix(rows: unknown, where: string): number[][] {
  const isRow = (row: unknown): row is number[] => Array.isArray(row) && row.every((cell) => cell === 0 || cell === 1);
  if (Array.isArray(rows) && rows.every(isRow)) return rows;
  throw new SynthrlError('IMPORT_INVALID', `${where} is not a table of 0 and 1, one row per underlying problem.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
