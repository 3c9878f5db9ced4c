import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ProblemRatings } from '../analysis/difficulty-summary.ts';
import { canonicalJson, sha256 } from '../core/canonical-json.ts';
import { SynthrlError } from '../core/errors.ts';
import { readRatingSet } from '../difficulty/files/read-rating-set.ts';
import type { RatingSet } from '../difficulty/ratings/rating-set.ts';
import { rateWithout } from '../difficulty/responses/leave-one-out.ts';
import { responseMethods } from '../difficulty/responses/rate-responses.ts';
import { readResponsesJson } from '../difficulty/responses/responses-json.ts';
import type { LoadedBenchmark } from '../problems/load-problems.ts';
import { ratingKeyOf } from '../problems/ratings/rating-key.ts';
import type { RatingsPlace } from '../problems/ratings/read-ratings.ts';
import type { BenchmarkUnderTest } from '../sweep/grade-and-summarise.ts';
import type { Settings } from './options.ts';

/**
 * Adds ratings to each benchmark that has them. Where they were made from the answers of checkpoints, each checkpoint gets
 * those that it had no part in: on buckets that it made, its own luck would look like easiness.
 */
export async function withRatings(
  benchmarks: readonly BenchmarkUnderTest[],
  settings: Settings<'ratings' | 'data-root'>,
): Promise<BenchmarkUnderTest[]> {
  const rated: BenchmarkUnderTest[] = [];
  for (const benchmark of benchmarks) {
    const ratings = await findRatings(benchmark.loaded, settings);
    const place = placeOf(benchmark.loaded, settings);
    if (ratings === undefined || place === undefined) {
      rated.push(benchmark);
      continue;
    }
    const answers = join(dirname(place.path), 'responses.json');
    const made = (responseMethods as readonly string[]).includes(ratings.set.method) && existsSync(answers);
    const stored = made ? await readResponsesJson(answers) : undefined;
    rated.push({
      ...benchmark,
      ratings: (checkpoint) => {
        if (stored === undefined) return ratings;
        const { set, leftOut } = rateWithout(stored.matrix, stored.plan, checkpoint);
        if (leftOut.length === 0) return ratings;
        return set && { ...problemRatings(set), source: `${describeSource(set)}, without itself` };
      },
    });
  }
  return rated;
}

/** Our own file of ratings, beside a benchmark's data. */
const ownFile = 'ratings.json';

/**
 * Ratings of a benchmark's problems: the file that `--ratings` names, else the one `ratings.json` beside the data or below
 * its folder `ratings`, else the `samples_with_ratings.json` there.
 *
 * @returns undefined where none are found
 * @throws {SynthrlError} `RATINGS_INVALID` for a file that is not of this benchmark; `DATA_AMBIGUOUS` for several; `DATA_NOT_FOUND` for a named one that
 * is not there
 */
export async function findRatings(
  loaded: LoadedBenchmark,
  settings: Settings<'ratings' | 'data-root'>,
): Promise<ProblemRatings | undefined> {
  const place = placeOf(loaded, settings);
  if (place === undefined) return undefined;
  const set = await readRatingSet(place);
  const { name } = loaded.benchmark;
  const keys = new Set(set.ratings.map(({ id }) => id));
  const matches = loaded.problems.some((problem) => keys.has(ratingKeyOf(problem)));
  if (!matches || (set.benchmark !== undefined && set.benchmark !== name)) {
    const whose =
      set.benchmark === undefined ? `none of its ids is of a problem of ${name}` : `they are of ${set.benchmark}`;
    throw new SynthrlError('RATINGS_INVALID', `The ratings at ${place.path} are not of ${name}: ${whose}.`, {
      hint: `Name those of ${name} with --ratings ${name}=<file>, or make them with \`synthrl rate ${name}\`.`,
    });
  }
  return problemRatings(set);
}

function problemRatings(set: RatingSet): ProblemRatings {
  const byKey = new Map(set.ratings.map((rating) => [rating.id, rating]));
  return { set, source: describeSource(set), of: (problem) => byKey.get(ratingKeyOf(problem)) };
}

function placeOf(loaded: LoadedBenchmark, settings: Settings<'ratings' | 'data-root'>): RatingsPlace | undefined {
  const { name } = loaded.benchmark;
  const named = settings.ratings?.findLast((entry) => entry.startsWith(`${name}=`));
  if (named !== undefined) return { path: resolve(named.slice(name.length + 1)) };
  const isFolder = statSync(loaded.dataPath, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const folder = isFolder ? loaded.dataPath : dirname(loaded.dataPath);
  const folders = [...new Set([folder, resolve(settings['data-root'], name)])];
  const own = folders
    .flatMap((one) => [join(one, ownFile), ...judgedRatings(join(one, 'ratings'))])
    .filter((path) => existsSync(path));
  if (own.length > 1) {
    throw new SynthrlError('DATA_AMBIGUOUS', `There are several ratings of ${name}: ${own.join(', ')}.`, {
      hint: own.map((path) => `--ratings ${name}=${path}`).join(' or '),
    });
  }
  if (own[0] !== undefined) return { path: own[0] };
  if (loaded.ratingsPath === undefined) return undefined;
  return loaded.ratingsMember === undefined
    ? { path: loaded.ratingsPath }
    : { path: loaded.ratingsPath, member: loaded.ratingsMember };
}

/** Where `synthrl rate` leaves the ratings of judges, `<judge>/<design>/ratings.json`. A simulated judge's must be named. */
function judgedRatings(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const folders = (path: string) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders(folder)
    .filter((judge) => !judge.name.endsWith('.simulated'))
    .flatMap((judge) =>
      folders(join(folder, judge.name)).map((design) => join(folder, judge.name, design.name, ownFile)),
    );
}

/** What a summary says of ratings, e.g. `battles by some-judge, random, 3f2a9c1d`: equal for equal ratings on all machines. */
function describeSource({ method, judge, design, ratings }: RatingSet): string {
  const by = judge === undefined ? method : `${method} by ${judge}`;
  const hash = sha256(canonicalJson(ratings.map(({ id, rating, se }) => [id, rating, se]))).slice(0, 8);
  return [by, ...(design === undefined ? [] : [design]), hash].join(', ');
}
