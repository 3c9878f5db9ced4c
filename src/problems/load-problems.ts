import { join } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { dataHash } from './data-hash.ts';
import type { Benchmark } from './define-benchmark.ts';
import { openEmbeddedImages } from './embedded-images.ts';
import { filterFacets, normalForm } from './filter-facets.ts';
import type { Environment } from './forms/hub-cache.ts';
import type { LocatedData } from './forms/located-data.ts';
import { locateData } from './locate-data.ts';
import { type ReadProblem, readProblems } from './read-problems.ts';
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
  const read = await readProblems(benchmark, located, { keepImage, registry: where.registry ?? [] });
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
