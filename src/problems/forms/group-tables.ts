import { createHash } from 'node:crypto';
import { createReadStream, realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { SynthrlError } from '../../core/errors.ts';
import type { FileShape } from '../define-benchmark.ts';
import type { TableState, TiedFile } from './found-table.ts';
import type { KnownForm, Slot } from './known-forms.ts';

/** One table of a form, in one file or several pieces. */
export interface FoundTable {
  readonly form: KnownForm;
  readonly slot: Slot | undefined;
  /** In the order of their rows. */
  readonly files: readonly string[];
  readonly state: TableState;
  readonly error?: SynthrlError;
  /** Where that is known without reading it. */
  readonly rows: number | undefined;
  /** Of JSON files, as their content shows it. */
  readonly shape: FileShape | undefined;
}

/** Puts pieces together, and leaves out a table without pictures where the one with them is there. */
export async function groupTables(tied: readonly TiedFile[]): Promise<FoundTable[]> {
  const complete = new Set(tied.filter(({ label, state }) => !label.isLocal && state === 'whole').map(tableName));
  const groups = new Map<string, TiedFile[]>();
  for (const one of tied) {
    const name = tableName(one);
    if (one.label.isLocal && complete.has(name.replace(/_local$/, ''))) continue;
    const key = `${name}\n${partedBy(one)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return Promise.all([...groups.values()].map(asTable));
}

/** What is the same for the pieces of one table, of a table whose rows have a folder each, and for no others. */
function partedBy({ file, label, slot }: TiedFile): string {
  if (slot?.shape === 'folder') return dirname(dirname(file.path));
  return label.piece === undefined ? file.path : String(label.piece.of);
}

function tableName({ form, label, slot }: TiedFile): string {
  return `${form.kind} ${slot?.shape === 'folder' ? '' : label.table}`;
}

async function asTable(group: readonly TiedFile[]): Promise<FoundTable> {
  const sorted = group.toSorted((one, two) => orderOf(one) - orderOf(two));
  const pieces = group[0]?.label.piece === undefined ? sorted : await withoutCopies(sorted);
  const [first] = pieces;
  if (first === undefined) throw new Error('a group has a file');
  const rows = pieces.reduce((sum, { recognised }) => sum + (recognised.rows ?? Number.NaN), 0);
  // Names lie: the only file of DynaMath's third variant is called the first of three.
  const isAll = rows === first.slot?.rows;
  const error =
    pieces.find((piece) => piece.error !== undefined)?.error ??
    twoVersions(pieces) ??
    (isAll ? undefined : missingPieces(pieces));
  const state = pieces.find((piece) => piece.state !== 'whole')?.state ?? 'whole';
  return {
    form: first.form,
    slot: first.slot,
    files: pieces.map(({ file }) => file.path),
    state: error === undefined ? state : 'broken',
    rows: Number.isNaN(rows) ? undefined : rows,
    shape: first.recognised.json?.shape,
    ...(error === undefined ? {} : { error }),
  };
}

/** Pieces by their number, and so rows that have a folder each. */
function orderOf({ file, label, slot }: TiedFile): number {
  const number = slot?.shape === 'folder' ? Number(basename(dirname(file.path))) : (label.piece?.index ?? 0);
  return Number.isNaN(number) ? 0 : number;
}

/** The same piece twice under two names is read once. */
async function withoutCopies(pieces: readonly TiedFile[]): Promise<TiedFile[]> {
  const kept: TiedFile[] = [];
  for (const piece of pieces) {
    const twin = kept.find(({ label }) => label.piece?.index === piece.label.piece?.index);
    if (twin === undefined || !(await sameContent([twin.file.path], [piece.file.path]))) kept.push(piece);
  }
  return kept;
}

function twoVersions(pieces: readonly TiedFile[]): SynthrlError | undefined {
  const indices = pieces.map(({ label }) => label.piece?.index);
  const twice = indices.find((index, at) => index !== undefined && indices.indexOf(index) !== at);
  if (twice === undefined) return undefined;
  const both = pieces.filter(({ label }) => label.piece?.index === twice).map(({ file }) => file.path);
  return new SynthrlError('DATA_AMBIGUOUS', `One piece of a table is there in two versions: ${both.join(' and ')}.`, {
    hint: 'Remove the one that is out of date.',
  });
}

function missingPieces(pieces: readonly TiedFile[]): SynthrlError | undefined {
  const indices = new Set(pieces.flatMap(({ label }) => label.piece?.index ?? []));
  const [first] = pieces;
  if (first === undefined || indices.size === 0) return undefined;
  const of = first.label.piece?.of;
  const count = of ?? (indices.size === 1 ? 0 : Math.max(...indices) + 1);
  // Some writers count from 1 where they do not say how many there are.
  const start = of === undefined && !indices.has(0) ? 1 : 0;
  for (let index = start; index < count; index += 1) {
    if (!indices.has(index)) return missingPiece(first, index, of);
  }
  return undefined;
}

function missingPiece({ file, label }: TiedFile, index: number, of: number | undefined): SynthrlError {
  const pad = (number: number): string => String(number).padStart(5, '0');
  const name = basename(file.path);
  const digits = /\d{4,5}/.exec(label.piece === undefined ? '' : name)?.[0].length ?? 5;
  const missing = of === undefined ? String(index).padStart(digits, '0') : `${pad(index)}-of-${pad(of)}`;
  return new SynthrlError('DATA_INVALID', `The piece ${missing} beside ${name} is missing in ${dirname(file.path)}.`, {
    hint: 'Get the missing file too: a table is read whole or not at all.',
  });
}

/** Whether two lists of files are the same, byte for byte. Files of equal size only are read. */
export async function sameContent(one: readonly string[], two: readonly string[]): Promise<boolean> {
  if (one.length !== two.length) return false;
  for (const [index, path] of one.entries()) {
    const other = two[index];
    if (other === undefined) return false;
    if (realpathSync(path) === realpathSync(other)) continue;
    if (statSync(path).size !== statSync(other).size) return false;
    if ((await contentHash(path)) !== (await contentHash(other))) return false;
  }
  return true;
}

async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
