import { join } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { ImageSource } from '../core/problem.ts';
import { dataHash } from '../problems/data-hash.ts';
import type { Benchmark } from '../problems/define-benchmark.ts';
import { type KeepImage, missingImage, openEmbeddedImages } from '../problems/embedded-images.ts';
import { filterFacets, normalForm } from '../problems/filter-facets.ts';
import type { LocatedData } from '../problems/forms/located-data.ts';
import type { DataLocation } from '../problems/load-problems.ts';
import { type ReadProblem, readProblems } from '../problems/read-problems.ts';
import { namedFileSplit, type Selection } from '../problems/selection.ts';
import { checkCopies } from './check-copies.ts';
import { checkCounts } from './check-counts.ts';
import { checkGolds, type GradeText } from './check-golds.ts';
import { checkIds } from './check-ids.ts';
import { checkImages, checkPresence, type ImageCounts, type ImageLooker, sourceName } from './check-images.ts';
import { checkRatings, type RatingCounts } from './check-ratings.ts';
import { type Expectation, expectationOf } from './expectation.ts';
import { counted, type Finding, findingOf } from './finding.ts';
import { mendOf } from './mend.ts';

/** What a check needs of other parts of the program. */
export interface CheckTools {
  readonly grade: GradeText;
  /** Absent: no image is opened, and those that stand in rows are not read. */
  readonly looker?: ImageLooker;
  /** What `synthrl data fetch` needs besides the name to fetch into this data root. */
  readonly fetchOptions: string;
}

/** What lies on the disk for one selection of a benchmark, and what is to be said of it. */
export interface CheckedData {
  readonly benchmark: string;
  /** Normal form, e.g. `testmini`; as it was written where no data could be found. */
  readonly selection: string;
  /** `official`, `parquet`, `tsv` or `json`; absent where no data could be found. */
  readonly form?: string;
  /** Absolute file or folder. */
  readonly path?: string;
  /** Files of rows. */
  readonly files: number;
  readonly rows: number;
  /** As published; absent where that is not known. */
  readonly published?: number;
  /** As runs record it; absent where rows could not be read. */
  readonly dataHash?: string;
  readonly images?: ImageCounts;
  readonly ratings?: RatingCounts;
  readonly findings: readonly Finding[];
}

/**
 * Checks located data: rows, counts, ids, golds, options, copies, images and ratings. Whatever is wrong with it becomes
 * a finding, and the check goes on.
 *
 * @throws {SynthrlError} `SELECTION_EMPTY` or `SELECTION_UNKNOWN`; `DISK_FULL` or `WRITE_FAILED` for the folder of
 * prepared and embedded images
 */
export async function checkData(
  benchmark: Benchmark,
  selection: Selection,
  located: LocatedData,
  where: DataLocation,
  tools: CheckTools,
): Promise<CheckedData> {
  const { read, invalid, ...found } = await readAll(benchmark, located, where, tools);
  const kept = read.length === 0 ? [] : select(benchmark, read, selection);
  const problems = kept.map(({ problem }) => problem);
  const expectation = expectationOf(benchmark, located.split, selection);
  const images = await imagesOf(kept, tools, found);
  const ratings = located.ratings && kept.length > 0 ? await checkRatings(located.ratings, problems) : undefined;
  const findings = [
    ...notesOf(benchmark, located),
    ...findingOf(
      'wrong',
      'rows',
      invalid,
      `${counted(invalid.length, 'row or file', 'rows or files')} that cannot be read`,
    ),
    ...(kept.length === 0 ? [] : contentFindings(kept, expectation, selection, tools)),
    ...checkCopies(kept, images.contentOf, expectation.published?.copies),
    ...images.findings,
    ...(ratings?.findings ?? []),
  ];
  const mend = mendOf(benchmark, {
    path: located.path,
    dataRoot: where.dataRoot,
    isNamed: where.named !== undefined,
    fetchOptions: tools.fetchOptions,
  });
  return {
    benchmark: benchmark.name,
    selection: normalForm(located.split, problems, selection),
    form: formOf(located),
    path: located.path,
    files: located.parts.reduce((sum, { files }) => sum + files.length, 0),
    rows: kept.length,
    ...(expectation.rows === undefined ? {} : { published: expectation.rows }),
    ...(kept.length === 0 ? {} : { dataHash: hashOf(benchmark, kept) }),
    ...(images.counts === undefined ? {} : { images: images.counts }),
    ...(ratings === undefined ? {} : { ratings: ratings.counts }),
    findings: findings.map((finding) => withMend(finding, mend, imageAdvice(benchmark, located))),
  };
}

interface ReadAll {
  readonly read: readonly ReadProblem[];
  /** By the path that stands for a missing image, why the one in the row was not kept. */
  readonly refused: ReadonlyMap<string, string>;
  readonly invalid: readonly string[];
  /** Whether images can be opened: rows name them, or they were read with their rows. */
  readonly hasImages: boolean;
}

async function readAll(
  benchmark: Benchmark,
  located: LocatedData,
  { cacheRoot, registry = [] }: DataLocation,
  { looker }: CheckTools,
): Promise<ReadAll> {
  const refused = new Map<string, string>();
  const invalid = new Set<string>();
  const onInvalid = ({ message, hint }: SynthrlError): void =>
    void invalid.add(hint?.startsWith('It looks like') ? `${message} ${hint}` : message);
  const keepImage = looker && cacheRoot !== undefined ? keepOthers(join(cacheRoot, 'embedded'), refused) : undefined;
  const read = await readProblems(benchmark, located, { keepImage, registry, onInvalid });
  const stand = located.parts.some(({ form }) => (form?.images ?? []).length > 0);
  if (keepImage === undefined || !stand || read.length > 0) {
    return { read, refused, invalid: [...invalid], hasImages: keepImage !== undefined || !stand };
  }
  // A damaged image can end the reading of its table; what else its rows say is read without.
  const rest = await readProblems(benchmark, located, { keepImage: undefined, registry, onInvalid });
  return { read: rest, refused, invalid: [...invalid], hasImages: false };
}

/** Keeps images that stand in rows; one that is none is noted and taken as missing, so that reading goes on. */
function keepOthers(folder: string, refused: Map<string, string>): KeepImage {
  const keep = openEmbeddedImages(folder);
  return async (bytes, place) => {
    try {
      return await keep(bytes, place);
    } catch (error) {
      if (!(error instanceof SynthrlError) || error.code !== 'DATA_INVALID') throw error;
      const missing = missingImage(place);
      refused.set(missing.path, error.message);
      return missing;
    }
  };
}

function select(benchmark: Benchmark, read: readonly ReadProblem[], selection: Selection): readonly ReadProblem[] {
  const problems = read.map(({ problem }) => problem);
  const selected = new Set(filterFacets(benchmark.name, problems, selection));
  return read.filter(({ problem }) => selected.has(problem));
}

function notesOf(benchmark: Benchmark, { notes, split, path }: LocatedData): Finding[] {
  const uncompared = `${path} was named without a split, so counts and ids are not compared; name one, e.g. ${benchmark.name}:${benchmark.defaultSplit}.`;
  const all = split === namedFileSplit ? [...notes, uncompared] : notes;
  return all.map((detail) => ({ state: 'note', subject: 'data', detail, count: 1, examples: [] }));
}

function contentFindings(
  read: readonly ReadProblem[],
  expectation: Expectation,
  selection: Selection,
  { grade }: CheckTools,
): Finding[] {
  const isWhole = Object.keys(selection.facets).length === 0;
  return [
    ...checkCounts(
      read.map(({ problem }) => problem),
      expectation,
    ),
    ...checkIds(read, expectation, isWhole),
    ...checkGolds(read, grade, expectation.published?.slips),
  ];
}

interface Images {
  readonly counts: ImageCounts | undefined;
  readonly findings: readonly Finding[];
  readonly contentOf: (source: ImageSource) => string;
}

async function imagesOf(
  read: readonly ReadProblem[],
  { looker }: CheckTools,
  { refused, hasImages }: Pick<ReadAll, 'refused' | 'hasImages'>,
): Promise<Images> {
  if (!hasImages) return { counts: undefined, findings: [], contentOf: sourceName };
  if (looker === undefined) return { ...checkPresence(read), contentOf: sourceName };
  const { counts, findings, contents } = await checkImages(read, looker, refused);
  return { counts, findings, contentOf: (source) => contents.get(sourceName(source)) ?? sourceName(source) };
}

function formOf({ parts }: LocatedData): string {
  return parts[0]?.form?.kind ?? 'official';
}

function hashOf(benchmark: Benchmark, read: readonly ReadProblem[]): string {
  return dataHash(
    benchmark.name,
    read.map(({ fields }) => fields),
  );
}

/** Rows of official files name images that come from elsewhere. */
function imageAdvice({ source }: Benchmark, located: LocatedData): string {
  return formOf(located) === 'official' ? `Get the images from ${source.imagesUrl ?? source.url}. Or: ` : '';
}

function withMend(finding: Finding, mend: string, imageAdvice: string): Finding {
  if (finding.state === 'note' || finding.mend !== undefined) return finding;
  return { ...finding, mend: finding.subject === 'images' ? `${imageAdvice}${mend}` : mend };
}
