import { join } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { dataHash } from './data-hash.ts';
import type { Benchmark, ProblemFields, RowProblem } from './define-benchmark.ts';
import { isMissing, type KeepImage, openEmbeddedImages } from './embedded-images.ts';
import { filterFacets, normalForm } from './filter-facets.ts';
import { type FoundImage, type ImagePlace, imageName, imagesBeside, namedImage } from './forms/find-images.ts';
import type { Environment } from './forms/hub-cache.ts';
import type { LocatedData } from './forms/located-data.ts';
import { readPart } from './forms/read-part.ts';
import { locateData } from './locate-data.ts';
import type { SourceRow } from './read-rows.ts';
import type { Selection } from './selection.ts';

/** A benchmark's problems as selected, with what is needed to say and check which they are. */
export interface LoadedBenchmark {
  readonly benchmark: Benchmark;
  /** Normal form, e.g. `testmini` or `testmini,level=4|5`; `file` in place of the split for a named file. */
  readonly selection: string;
  /** In the order of the data. */
  readonly problems: readonly Problem[];
  /** SHA-256 of the problems' content; holds no absolute path and no image bytes. */
  readonly dataHash: string;
  /** Absolute file or folder that was read; named again with the same selection, it gives the same problems. */
  readonly dataPath: string;
  /** What people should know, e.g. that the row count is not the published one. Whole sentences. */
  readonly notes: readonly string[];
  /** Absolute path of the ratings of difficulty that lie beside the data, or of the zip file that holds them. */
  readonly ratingsPath?: string;
  /** Their name in the zip file. */
  readonly ratingsMember?: string;
}

/** Where the data lies. */
export interface DataLocation {
  /** Holds one folder per benchmark, `<dataRoot>/<name>`; or a zip file that does. */
  readonly dataRoot: string;
  /** A file or folder given for this benchmark; nothing else is looked at then. */
  readonly named?: string;
  /** Whether images are needed, so that it is an error that every one is missing (default true). Grading needs none. */
  readonly requireImages?: boolean;
  /** Images that stand in rows are kept in `<cacheRoot>/embedded`; absent, they are not read. */
  readonly cacheRoot?: string;
  /** Says where other programs keep data sets (default: that of the process). */
  readonly environment?: Environment;
  /** All benchmarks, to tell whose rows a wrong file holds. */
  readonly registry?: readonly Benchmark[];
}

/** A problem with what its row said; the latter names images as official rows do. */
interface ReadProblem {
  readonly problem: Problem;
  readonly fields: ProblemFields;
  readonly place: string;
  readonly imagesFound: number;
}

/**
 * Finds, reads, checks and selects the problems of a benchmark. A missing single image is left for asking time.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND`, `DATA_AMBIGUOUS`, `DATA_INVALID`, `DATA_DUPLICATE_ID`, `SELECTION_EMPTY`,
 * `SELECTION_UNKNOWN` or `IMAGES_NOT_FOUND`; `DISK_FULL` or `WRITE_FAILED` for the folder of embedded images
 */
export async function loadProblems(
  benchmark: Benchmark,
  selection: Selection,
  where: DataLocation,
): Promise<LoadedBenchmark> {
  const located = await locateData(benchmark, selection, where);
  const needsImages = where.requireImages ?? true;
  const keepImage =
    needsImages && where.cacheRoot !== undefined ? openEmbeddedImages(join(where.cacheRoot, 'embedded')) : undefined;
  const read = await readAll(benchmark, located, keepImage, where.registry ?? []);
  checkUnique(read);
  const all = read.map(({ problem }) => problem);
  const selected = new Set(filterFacets(benchmark.name, all, selection));
  const kept = read.filter(({ problem }) => selected.has(problem));
  const areImagesRead = keepImage !== undefined || located.parts.every(({ form }) => form === undefined);
  if (needsImages && areImagesRead) checkImages(benchmark, kept);
  return {
    benchmark,
    selection: normalForm(located.split, all, selection),
    problems: kept.map(({ problem }) => problem),
    dataHash: dataHash(
      benchmark.name,
      kept.map(({ fields }) => fields),
    ),
    dataPath: located.path,
    notes: [...located.notes, ...countNotes(benchmark, located, read.length)],
    ...ratingsOf(located),
  };
}

async function readAll(
  benchmark: Benchmark,
  { parts }: LocatedData,
  keepImage: KeepImage | undefined,
  registry: readonly Benchmark[],
): Promise<ReadProblem[]> {
  const rows: { row: SourceRow; fields: ProblemFields; images: ImagePlace }[] = [];
  for (const part of parts) {
    const carries = keepImage !== undefined && (part.form?.images ?? []).length > 0;
    for (const { row: own, file, result } of await readPart(benchmark, part, keepImage)) {
      const row = carries ? { ...own, images: own.images ?? [] } : own;
      if ('invalid' in result) throw invalidRow(benchmark, row, result.invalid, registry);
      if (result.fields.id === '') throw invalidRow(benchmark, row, { field: 'id', reason: 'The id is empty' });
      const images = {
        file,
        folders: benchmark.imageFolders,
        hasFolders: part.shape === 'folder',
        members: part.members,
      };
      rows.push({ row, fields: result.fields, images });
    }
  }
  const fields = rows.map((one) => one.fields);
  const completed = benchmark.complete?.(fields) ?? fields;
  return rows.map(({ row, images, fields: own }, index) =>
    readProblem(benchmark, row, completed[index] ?? own, images),
  );
}

function readProblem(benchmark: Benchmark, row: SourceRow, fields: ProblemFields, place: ImagePlace): ReadProblem {
  const names = fields.images.map((name) => {
    const safe = imageName(name, place);
    if (safe !== undefined) return safe;
    const reason = `The path ${JSON.stringify(name)} leads out of the data folder`;
    throw invalidRow(benchmark, row, { field: 'image', reason });
  });
  const images = imagesOf(benchmark, row, names, place);
  const facets = Object.fromEntries(
    Object.entries(fields.facets).map(([facet, value]) => [facet, typeof value === 'string' ? [value] : value]),
  );
  return {
    problem: { ...fields, benchmark: benchmark.name, images: images.map(({ source }) => source), facets },
    fields: { ...fields, images: names, facets },
    place: row.place,
    imagesFound: images.filter(({ exists }) => exists).length,
  };
}

/** The row's own images come first; a row that should have some and has none is left for asking time. */
function imagesOf(benchmark: Benchmark, row: SourceRow, names: readonly string[], place: ImagePlace): FoundImage[] {
  if (row.images === undefined) return names.map((name) => namedImage(name, place));
  if (row.images.length === 0) return imagesBeside(row, names, place);
  if (row.images.length === names.length) return row.images.map((source) => ({ source, exists: !isMissing(source) }));
  const reason = `The row has ${row.images.length} images, and ${names.length} belong to it`;
  throw invalidRow(benchmark, row, { field: 'image', reason });
}

function ratingsOf({ ratings }: LocatedData): Pick<LoadedBenchmark, 'ratingsPath' | 'ratingsMember'> {
  if (ratings === undefined) return {};
  const { path, member } = ratings;
  return { ratingsPath: path, ...(member === undefined ? {} : { ratingsMember: member }) };
}

/** Says it where the files together do not hold the published number of rows. */
function countNotes(benchmark: Benchmark, { parts, path }: LocatedData, rows: number): string[] {
  const published = parts.reduce((sum, part) => sum + (part.rows ?? Number.NaN), 0);
  if (Number.isNaN(published) || published === rows) return [];
  const files = parts.flatMap((part) => part.files);
  const place = files.length === 1 ? (files[0]?.path ?? path) : path;
  return [`${place} has ${rows} rows; ${published} are published for ${benchmark.title}.`];
}

function checkUnique(read: readonly ReadProblem[]): void {
  const places = new Map<string, string>();
  for (const { problem, place } of read) {
    const before = places.get(problem.id);
    if (before !== undefined) {
      throw new SynthrlError('DATA_DUPLICATE_ID', `${place} has the id "${problem.id}", as ${before} has.`, {
        hint: 'Ids must be unique. Remove one of the two rows, or restore the published file.',
      });
    }
    places.set(problem.id, place);
  }
}

function checkImages(benchmark: Benchmark, read: readonly ReadProblem[]): void {
  const first = read.find(({ problem }) => problem.images.length > 0)?.problem.images[0];
  if (first === undefined || read.some(({ imagesFound }) => imagesFound > 0)) return;
  const from = benchmark.source.imagesUrl ?? benchmark.source.url;
  throw new SynthrlError(
    'IMAGES_NOT_FOUND',
    `None of the images of ${benchmark.name} is there; the first was looked for at ${first.path}.`,
    { hint: `Get them from ${from} and unpack them beside the rows, so that this path exists.` },
  );
}

/** @param registry - where it may be that the whole file is another benchmark's */
function invalidRow(
  benchmark: Benchmark,
  { place, value }: SourceRow,
  { field, reason }: RowProblem,
  registry: readonly Benchmark[] = [],
): SynthrlError {
  const at = field === '' ? '' : ` at "${field}"`;
  const others = sameRows(benchmark, value, registry);
  return new SynthrlError('DATA_INVALID', `${place} is not a row of ${benchmark.title}:${at} ${reason}.`, {
    hint:
      others.length === 0
        ? 'Correct or remove the row, or restore the published file.'
        : `It looks like a row of ${others.join(' or ')}: put the file where that data belongs, or name it with --data.`,
  });
}

/** Titles of other benchmarks that have such rows. */
function sameRows(benchmark: Benchmark, row: unknown, registry: readonly Benchmark[]): string[] {
  if (typeof row !== 'object' || row === null) return [];
  const lacks = (columns: readonly string[]): boolean => columns.length === 0 || columns.some((name) => !(name in row));
  if (!lacks(benchmark.columns)) return [];
  return registry.filter(({ columns }) => !lacks(columns)).map(({ title }) => title);
}
