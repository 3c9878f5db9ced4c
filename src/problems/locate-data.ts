import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorMessage, SynthrlError } from '../core/errors.ts';
import type { Benchmark, FileShape, SplitPart } from './define-benchmark.ts';
import { namedFileSplit, type Selection } from './selection.ts';

/** A file of rows that was found. */
export interface LocatedPart {
  readonly path: string;
  readonly shape: FileShape | 'any';
  /** Facet values that all its rows have. */
  readonly facets: Readonly<Record<string, string>>;
  /** Rows as published; undefined for a named file, which may be any part of the data. */
  readonly rows: number | undefined;
}

export interface LocatedData {
  /** The split's name, or `file` for a named file of no declared split. */
  readonly split: string;
  readonly parts: readonly LocatedPart[];
  /** Absolute: the file where there is one, else the folder. Named again with the same selection, it gives the same data. */
  readonly path: string;
}

/** Where to look: `named` is the file or folder given for this benchmark, else `<dataRoot>/<name>` is taken. */
export interface DataPlace {
  readonly dataRoot: string;
  readonly named?: string;
}

/**
 * Finds the files that a selection needs; files that hold only unselected values are not looked for.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND` naming the places looked at
 */
export function locateData(benchmark: Benchmark, selection: Selection, where: DataPlace): LocatedData {
  const base = resolve(where.named ?? join(where.dataRoot, benchmark.name));
  if (where.named !== undefined && !existsSync(base)) {
    throw notFound(benchmark, `There is nothing at ${base}, named as the data of ${benchmark.name}.`);
  }
  if (isFile(base)) return namedFile(benchmark, selection, base);
  if (selection.split === namedFileSplit) {
    throw notFound(benchmark, `The selection ${benchmark.name}:${namedFileSplit} needs a named file; ${base} is none.`);
  }
  const split = selection.split ?? benchmark.defaultSplit;
  const wanted = partsOf(benchmark, split).filter((part) => isWanted(part, selection));
  if (wanted.length === 0) throw noPart(benchmark, split, selection);
  const parts = wanted.map((part) => locatePart(benchmark, split, part, base));
  const [only] = parts;
  const single = parts.length === 1 && partsOf(benchmark, split).length === 1 && only !== undefined;
  return { split, parts, path: single ? only.path : base };
}

/** A named file keeps the name of a split only where the selection says it; which part it is shows in its path. */
function namedFile(benchmark: Benchmark, selection: Selection, path: string): LocatedData {
  const declared = selection.split === namedFileSplit ? undefined : selection.split;
  const splits = declared === undefined ? Object.keys(benchmark.splits) : [declared];
  const candidates = splits.flatMap((split) => partsOf(benchmark, split));
  const slashed = path.replaceAll('\\', '/');
  const part =
    candidates.find((known) => known.files.some((file) => slashed.endsWith(`/${file}`))) ??
    partsOf(benchmark, declared ?? benchmark.defaultSplit)[0];
  const shape = /\.(jsonl|ndjson)$/i.test(path) ? 'jsonl' : 'any';
  return {
    split: declared ?? namedFileSplit,
    parts: [{ path, shape, facets: part?.facets ?? {}, rows: undefined }],
    path,
  };
}

function partsOf(benchmark: Benchmark, split: string): readonly SplitPart[] {
  return benchmark.splits[split]?.parts ?? [];
}

function isWanted(part: SplitPart, selection: Selection): boolean {
  return Object.entries(part.facets ?? {}).every(([facet, value]) => {
    const wanted = selection.facets[facet];
    return wanted === undefined || wanted.some((other) => other.toLowerCase() === value.toLowerCase());
  });
}

function noPart(benchmark: Benchmark, split: string, selection: Selection): SynthrlError {
  const known = partsOf(benchmark, split).map((part) =>
    Object.entries(part.facets ?? {}).map((entry) => entry.join('=')),
  );
  return new SynthrlError('SELECTION_EMPTY', `The selection ${benchmark.name}:${selection.text} selects no problem.`, {
    hint: `The data of ${benchmark.name} has ${known.map((facets) => facets.join(', ')).join('; ')}.`,
  });
}

function locatePart(benchmark: Benchmark, split: string, part: SplitPart, base: string): LocatedPart {
  const path = findFile(part, base);
  if (path !== undefined) return { path, shape: part.shape, facets: part.facets ?? {}, rows: part.rows };
  const places = part.files.map((file) => join(base, file));
  const which = Object.entries(part.facets ?? {}).map(([facet, value]) => `, ${facet} ${value}`);
  throw notFound(
    benchmark,
    `The data of ${benchmark.name} (${split}${which.join('')}) was not found. Looked at: ${places.join(', ')}.`,
    alternatives(benchmark, base),
  );
}

function findFile(part: SplitPart, base: string): string | undefined {
  return part.files.map((file) => join(base, file)).find(isFile);
}

/** Selections that could be read from this folder, for the hint. */
function alternatives(benchmark: Benchmark, base: string): string {
  const readable = Object.entries(benchmark.splits).flatMap(([split, { parts }]) => {
    const present = parts.filter((part) => findFile(part, base) !== undefined);
    if (present.length === parts.length) return [`${benchmark.name}:${split}`];
    return present.map((part) =>
      [benchmark.name, ...Object.entries(part.facets ?? {}).map(([facet, value]) => `${facet}=${value}`)].join(':'),
    );
  });
  return readable.length === 0 ? '' : ` What is there can be selected as ${readable.join(', ')}.`;
}

function notFound(benchmark: Benchmark, message: string, also = ''): SynthrlError {
  return new SynthrlError('DATA_NOT_FOUND', message, {
    hint: `Get it from ${benchmark.source.url} into <data root>/${benchmark.name}, or name it with --data ${benchmark.name}=<file or folder>.${also}`,
  });
}

/** False also where there is nothing. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch (error) {
    throw new SynthrlError('DATA_NOT_FOUND', `${path} cannot be looked at: ${errorMessage(error)}.`, {
      hint: 'Check the permissions of the folders on the way to it.',
      cause: error,
    });
  }
}

/** Folders that may hold the images named by the rows of a file. */
export function imageFoldersOf(benchmark: Benchmark, rowsFile: string): string[] {
  return benchmark.imageFolders.map((folder) => join(dirname(rowsFile), folder));
}
