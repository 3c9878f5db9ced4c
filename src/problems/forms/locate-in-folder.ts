import { basename, join } from 'node:path';
import type { Benchmark } from '../define-benchmark.ts';
import { ambiguous, chooseTables, settle, type Wanted } from './choose-tables.ts';
import { readLabel } from './file-label.ts';
import { tieFile } from './found-table.ts';
import { type FoundTable, groupTables } from './group-tables.ts';
import { isWhole, type KnownForm, knownForms } from './known-forms.ts';
import { type FolderFile, kindAt } from './list-files.ts';
import { type LocatedData, type LocatedPart, ratingsFile } from './located-data.ts';

/** What was found in a folder, for those who must say what is missing. */
export interface FolderFinding {
  readonly located?: LocatedData;
  /** Tables with rows of this benchmark, of whatever split. */
  readonly tables: readonly FoundTable[];
}

/**
 * Finds in the files of a folder what a selection needs. Files that say by their name which part they are come first;
 * where none does, a single one that fits by its content is taken, and that is noted.
 *
 * @throws {SynthrlError} `DATA_AMBIGUOUS`, or `DATA_INVALID` where the file that should hold it does not
 */
export async function locateInFolder(
  benchmark: Benchmark,
  wanted: Wanted,
  folder: string,
  files: readonly FolderFile[],
): Promise<FolderFinding> {
  const forms = knownForms(benchmark);
  const above = basename(folder);
  const isNamed = (file: FolderFile): boolean => {
    const label = readLabel(file.name, above);
    return forms.some((form) => form.slotOf(label) !== undefined);
  };
  const tables = await tablesOf(benchmark, forms, files.filter(isNamed), above);
  const chosen = await chooseTables(benchmark, wanted, forms, tables, folder);
  if (chosen !== undefined) return { located: locatedOf(wanted, folder, chosen), tables };
  const known = tables.some(({ slot }) => slot?.split === wanted.split);
  if (known) return { tables };
  const others = await tablesOf(
    benchmark,
    forms,
    files.filter((file) => !isNamed(file)),
    above,
  );
  const fitting = await settle(others);
  const [only] = fitting;
  if (only === undefined) return { tables };
  if (fitting.length > 1) throw ambiguous(benchmark, wanted.split, folder, fitting);
  if (only.error !== undefined) throw only.error;
  const located = locatedOf(wanted, folder, [only]);
  const note = `${only.files[0] ?? folder} is read as ${benchmark.name}:${wanted.split}; its name does not say what it is.`;
  return { located: { ...located, notes: [note] }, tables };
}

async function tablesOf(
  benchmark: Benchmark,
  forms: readonly KnownForm[],
  files: readonly FolderFile[],
  above: string,
): Promise<FoundTable[]> {
  const tied = [];
  for (const file of files) {
    const one = await tieFile(benchmark, forms, file, above);
    if (one !== undefined) tied.push(one);
  }
  return groupTables(tied);
}

function locatedOf({ split }: Wanted, folder: string, tables: readonly FoundTable[]): LocatedData {
  const parts = tables.map(partOf);
  const files = tables.flatMap((table) => table.files);
  const isOneTable = tables.every(({ slot }) => slot === undefined || isWhole(slot));
  const path = isOneTable && files.length === 1 ? (files[0] ?? folder) : folder;
  return { split, parts, path, notes: [] };
}

/** A table as it is read. */
export function partOf({ form, slot, files, shape }: FoundTable): LocatedPart {
  return {
    files: files.map((path) => ({ path })),
    form: form.declared,
    shape: slot?.shape ?? shape ?? 'any',
    facets: slot?.facets ?? {},
    rows: slot?.rows,
  };
}

/** Ratings in a benchmark's folder. */
export function ratingsIn(folder: string): { path: string } | undefined {
  const path = join(folder, ratingsFile);
  return kindAt(path) === 'file' ? { path } : undefined;
}
