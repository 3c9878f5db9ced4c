import { SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import type { Benchmark, ProblemFields, RowProblem } from './define-benchmark.ts';
import { isMissing, type KeepImage } from './embedded-images.ts';
import { type FoundImage, type ImagePlace, imageName, imagesBeside, namedImage } from './forms/find-images.ts';
import type { LocatedData, LocatedPart } from './forms/located-data.ts';
import { readPart } from './forms/read-part.ts';
import type { OnInvalid, SourceRow } from './read-rows.ts';

/** A problem with what its row said; the latter names images as official rows do. */
export interface ReadProblem {
  readonly problem: Problem;
  readonly fields: ProblemFields;
  /** For people: file and row. */
  readonly place: string;
  /** How many of its images are there. */
  readonly imagesFound: number;
}

/** How the data is read. */
export interface ReadOptions {
  /** Absent: images that stand in rows are not read. */
  readonly keepImage: KeepImage | undefined;
  /** All benchmarks, to tell whose rows a wrong file holds. */
  readonly registry: readonly Benchmark[];
  /** Gets what cannot be read, and reading goes on behind it; absent, the first such row is thrown. */
  readonly onInvalid?: OnInvalid;
}

interface MappedRow {
  readonly row: SourceRow;
  readonly fields: ProblemFields;
  readonly images: ImagePlace;
}

/**
 * Reads all problems of data that was found, in its order. Ids may occur twice, and images may be missing.
 *
 * @throws {SynthrlError} `DATA_INVALID` or `DATA_DUPLICATE_ID` naming file and row; `DISK_FULL` or `WRITE_FAILED` for
 * the folder of embedded images
 */
export async function readProblems(
  benchmark: Benchmark,
  { parts }: LocatedData,
  options: ReadOptions,
): Promise<ReadProblem[]> {
  const rows: MappedRow[] = [];
  const { onInvalid = throwIt } = options;
  for (const part of parts) {
    const read = await orRefused(() => readPart(benchmark, part, options.keepImage, options.onInvalid), onInvalid);
    for (const { row: own, file, result } of read ?? []) {
      const row = carriesImages(part, options) ? { ...own, images: own.images ?? [] } : own;
      if ('invalid' in result) onInvalid(invalidRow(benchmark, row, result.invalid, options.registry));
      else if (result.fields.id === '') {
        onInvalid(invalidRow(benchmark, row, { field: 'id', reason: 'The id is empty' }, options.registry));
      } else rows.push({ row, fields: result.fields, images: imagePlace(benchmark, part, file) });
    }
  }
  const fields = rows.map((one) => one.fields);
  const completed = benchmark.complete?.(fields) ?? fields;
  const problems: ReadProblem[] = [];
  for (const [index, mapped] of rows.entries()) {
    const whole = { ...mapped, fields: completed[index] ?? mapped.fields };
    const problem = await orRefused(() => readProblem(benchmark, whole), onInvalid);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

function throwIt(error: SynthrlError): never {
  throw error;
}

/** The result, or undefined where it is data that is wrong and that was accepted as such. */
async function orRefused<Result>(
  read: () => Result | Promise<Result>,
  onInvalid: OnInvalid,
): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    const isData = error instanceof SynthrlError && /^(DATA|IMAGES)_/.test(error.code);
    if (!isData) throw error;
    onInvalid(error);
    return undefined;
  }
}

function carriesImages({ form }: LocatedPart, { keepImage }: ReadOptions): boolean {
  return keepImage !== undefined && (form?.images ?? []).length > 0;
}

function imagePlace({ imageFolders }: Benchmark, part: LocatedPart, file: ImagePlace['file']): ImagePlace {
  return { file, folders: imageFolders, hasFolders: part.shape === 'folder', members: part.members };
}

function readProblem(benchmark: Benchmark, { row, fields, images: place }: MappedRow): ReadProblem {
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
