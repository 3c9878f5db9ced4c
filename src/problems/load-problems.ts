import { SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { dataHash } from './data-hash.ts';
import type { Benchmark, ProblemFields } from './define-benchmark.ts';
import { filterFacets, normalForm } from './filter-facets.ts';
import { resolveImage, safeImageName } from './image-paths.ts';
import { imageFoldersOf, type LocatedData, type LocatedPart, locateData } from './locate-data.ts';
import { readRows } from './read-rows.ts';
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
}

/** Where the data lies. */
export interface DataLocation {
  /** Holds one folder per benchmark, `<dataRoot>/<name>`. */
  readonly dataRoot: string;
  /** A file or folder given for this benchmark in place of the one below the data root. */
  readonly named?: string;
  /** Whether it is an error that every image is missing (default true). Grading needs none. */
  readonly requireImages?: boolean;
}

/** A problem with what its row said; the latter names images relative to the data. */
interface ReadProblem {
  readonly problem: Problem;
  readonly fields: ProblemFields;
  readonly place: string;
  readonly imagesFound: number;
}

/**
 * Finds, reads, checks and selects the problems of a benchmark. A missing single image is left for asking time.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND`, `DATA_INVALID`, `DATA_DUPLICATE_ID`, `SELECTION_EMPTY`, `SELECTION_UNKNOWN`
 * or `IMAGES_NOT_FOUND`
 */
export async function loadProblems(
  benchmark: Benchmark,
  selection: Selection,
  where: DataLocation,
): Promise<LoadedBenchmark> {
  const located = locateData(benchmark, selection, where);
  const read: ReadProblem[] = [];
  for (const part of located.parts) {
    const problems = await readPart(benchmark, part);
    for (const problem of problems) read.push(problem);
  }
  checkUnique(read);
  const all = read.map(({ problem }) => problem);
  const selected = new Set(filterFacets(benchmark.name, all, selection));
  const kept = read.filter(({ problem }) => selected.has(problem));
  if (where.requireImages ?? true) checkImages(benchmark, kept);
  return {
    benchmark,
    selection: normalForm(located.split, all, selection),
    problems: kept.map(({ problem }) => problem),
    dataHash: dataHash(
      benchmark.name,
      kept.map(({ fields }) => fields),
    ),
    dataPath: located.path,
    notes: countNotes(benchmark, located, read.length),
  };
}

async function readPart(benchmark: Benchmark, part: LocatedPart): Promise<ReadProblem[]> {
  const folders = imageFoldersOf(benchmark, part.path);
  const rows = await readRows(part.path, part.shape);
  const read = rows.map(({ value, key, place }) => {
    const result = benchmark.read(value, { key, facets: part.facets });
    if ('invalid' in result) throw invalidRow(benchmark, place, result.invalid.field, result.invalid.reason);
    if (result.fields.id === '') throw invalidRow(benchmark, place, 'id', 'The id is empty');
    return result.fields;
  });
  const completed = benchmark.complete?.(read) ?? read;
  return completed.map((fields, index) => readProblem(benchmark, fields, rows[index]?.place ?? part.path, folders));
}

function readProblem(
  benchmark: Benchmark,
  fields: ProblemFields,
  place: string,
  folders: readonly string[],
): ReadProblem {
  const names = fields.images.map((name) => {
    const safe = safeImageName(name);
    if (safe !== undefined) return safe;
    throw invalidRow(benchmark, place, 'image', `The path ${JSON.stringify(name)} leads out of the data folder`);
  });
  const images = names.map((name) => resolveImage(name, folders));
  const facets = Object.fromEntries(
    Object.entries(fields.facets).map(([facet, value]) => [facet, typeof value === 'string' ? [value] : value]),
  );
  return {
    problem: { ...fields, benchmark: benchmark.name, images: images.map(({ path }) => ({ path })), facets },
    fields: { ...fields, images: names, facets },
    place,
    imagesFound: images.filter(({ exists }) => exists).length,
  };
}

/** Says it where the files together do not hold the published number of rows. */
function countNotes(benchmark: Benchmark, { parts, path }: LocatedData, rows: number): string[] {
  const published = parts.reduce((sum, part) => sum + (part.rows ?? Number.NaN), 0);
  if (Number.isNaN(published) || published === rows) return [];
  const [only] = parts;
  const place = parts.length === 1 && only ? only.path : path;
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

function invalidRow(benchmark: Benchmark, place: string, field: string, reason: string): SynthrlError {
  const at = field === '' ? '' : ` at "${field}"`;
  return new SynthrlError('DATA_INVALID', `${place} is not a row of ${benchmark.title}:${at} ${reason}.`, {
    hint: 'Correct or remove the row, or restore the published file.',
  });
}
