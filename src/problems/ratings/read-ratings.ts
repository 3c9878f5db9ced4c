import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { errorMessage, SynthrlError, systemErrorCode } from '../../core/errors.ts';
import { jsonErrorLine } from '../json-error-line.ts';
import { ZipFile } from '../zip/zip-file.ts';
import { withoutPythonNumbers } from './python-numbers.ts';

/** How hard one problem is, as a file of ratings says. */
export interface ReadRating {
  /** Elo scale: mean 1000, higher is harder. */
  readonly rating: number;
  /** 1 is the hardest; equal ratings may share a rank. */
  readonly rank: number;
  /** Ends of the 95 % interval, on the rating's scale. */
  readonly lowerCi: number;
  readonly upperCi: number;
  /** Everything else that the entry says of the problem. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** A file, or a member of a zip file. */
export interface RatingsPlace {
  readonly path: string;
  readonly member?: string;
}

/** SynthRL's largest has 3,040 entries of about 1 kB. */
const largestBytes = 256 * 1024 * 1024;

const number = z.number({ error: ({ input }) => `should be a number, not ${nameOf(input)}` });
const entrySchema = z
  .looseObject(
    {
      id: z.union([z.string().min(1), z.int()], { error: ({ input }) => `should be text, not ${nameOf(input)}` }),
      rating: number,
      rank: number.refine((rank) => Number.isSafeInteger(rank) && rank >= 1, 'should be a whole number from 1 up'),
      lower_ci: number,
      upper_ci: number,
    },
    { error: ({ input }) => `should be an object, not ${nameOf(input)}` },
  )
  .refine((entry) => entry.lower_ci <= entry.upper_ci, { path: ['lower_ci'], error: 'is above "upper_ci"' });

/**
 * Reads the ratings that SynthRL publishes beside its data, `samples_with_ratings.json`: a list of objects with `id`,
 * `rating`, `rank`, `lower_ci` and `upper_ci`.
 *
 * @returns ratings by id, in the order of the file; ids are as in `ratingKeyOf`
 * @throws {SynthrlError} `RATINGS_INVALID` with file and entry (from 1); `DATA_NOT_FOUND` where there is no such file or
 * member; `DATA_INVALID` where the zip file cannot be read
 */
export async function readRatings(where: RatingsPlace): Promise<Map<string, ReadRating>> {
  const name = where.member === undefined ? where.path : `${where.member} in ${where.path}`;
  const entries = parse(name, decode(name, await readBytes(where)));
  const ratings = new Map<string, ReadRating>();
  const numbers = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const { id, rating } = ratingOf(`${name}, entry ${index + 1}`, entry);
    const first = numbers.get(id);
    if (first !== undefined) {
      throw invalid(name, `rates "${id}" twice, in entry ${first} and in entry ${index + 1}`, 'Remove one of the two.');
    }
    numbers.set(id, index + 1);
    ratings.set(id, rating);
  }
  return ratings;
}

function ratingOf(place: string, entry: unknown): { id: string; rating: ReadRating } {
  const read = entrySchema.safeParse(entry);
  if (!read.success) {
    const issue = read.error.issues[0];
    const field = issue?.path.join('.');
    throw invalid(place, `${field ? `"${field}" ` : ''}${issue?.message ?? 'is not a rating'}`, unratedHint);
  }
  const { id, rating, rank, lower_ci: lowerCi, upper_ci: upperCi, ...others } = read.data;
  return { id: String(id), rating: { rating, rank, lowerCi, upperCi, others } };
}

const unratedHint = 'Correct the entry, or remove it: a problem without a rating is in no bucket.';

function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null, NaN or Infinity';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 50)) : `${typeof value}`;
}

function parse(name: string, text: string): unknown[] {
  const entries = parseJson(name, text);
  if (!Array.isArray(entries)) {
    throw invalid(name, 'should hold a list of ratings', 'Name the samples_with_ratings.json of one benchmark.');
  }
  if (entries.length === 0) throw invalid(name, 'holds no ratings');
  return entries;
}

/** Python writes NaN and infinities as no other program reads them; where they matter, the entry is named. */
function parseJson(name: string, text: string): unknown {
  const standard = withoutPythonNumbers(text);
  try {
    return JSON.parse(standard);
  } catch (error) {
    const beginning = JSON.stringify(text.trimStart().slice(0, 50));
    throw invalid(
      `${name}:${jsonErrorLine(standard)}`,
      `is not JSON; the file begins with ${beginning}`,
      undefined,
      error,
    );
  }
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw invalid(name, 'is not UTF-8 text', undefined, error);
  }
}

async function readBytes({ path, member }: RatingsPlace): Promise<Uint8Array> {
  if (member !== undefined) return readMember(path, member);
  try {
    const { size } = await stat(path);
    if (size > largestBytes) throw invalid(path, `is larger than ${largestBytes} bytes`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof SynthrlError) throw error;
    if (systemErrorCode(error) === 'ENOENT') throw notFound(`There is no file ${path}.`, error);
    throw invalid(path, `cannot be read: ${errorMessage(error)}`, undefined, error);
  }
}

async function readMember(path: string, member: string): Promise<Uint8Array> {
  const zip = await ZipFile.open(path);
  try {
    if (!zip.members.has(member)) throw notFound(`${path} has no member ${member}.`);
    return await zip.read(member, largestBytes);
  } finally {
    zip.close();
  }
}

function notFound(message: string, cause?: unknown): SynthrlError {
  return new SynthrlError('DATA_NOT_FOUND', message, { hint: 'Name an existing file of ratings.', cause });
}

function invalid(place: string, what: string, hint?: string, cause?: unknown): SynthrlError {
  return new SynthrlError('RATINGS_INVALID', `${place} ${what}.`, {
    hint: hint ?? 'Restore the published samples_with_ratings.json.',
    cause,
  });
}
