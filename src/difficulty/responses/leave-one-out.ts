import { type Bucket, bucketNames, bucketOf } from '../ratings/bucket.ts';
import type { RatingSet } from '../ratings/rating-set.ts';
import { type ResponseRating, rateResponses } from './rate-responses.ts';
import { keepTakers, type ResponseMatrix, type Taker } from './response-matrix.ts';
import { readResponsesJson } from './responses-json.ts';

/** Who is to be left out. */
export interface ScoredCheckpoint {
  readonly name: string;
  /** SHA-256 of its weights; null where that is not known. */
  readonly fingerprint: string | null;
}

/** Ratings that a checkpoint had no part in. */
export interface RatingsWithout {
  /** Undefined where nobody else answered. */
  readonly set: RatingSet | undefined;
  /** Names of the takers that were left out; empty where the checkpoint took no part. */
  readonly leftOut: readonly string[];
}

/**
 * Whether a taker may be the checkpoint: the same weights, or the same name where one side's weights are not known. Leaving
 * out one too many costs little; scoring a checkpoint on buckets that it made flatters it on the easy ones.
 */
export function isTaker({ fingerprint, checkpoints }: Taker, checkpoint: ScoredCheckpoint): boolean {
  if (fingerprint !== null && checkpoint.fingerprint !== null) return fingerprint === checkpoint.fingerprint;
  return checkpoints.some((one) => one.checkpoint === checkpoint.name);
}

/** Makes ratings as a plan says, without the answers of one checkpoint. */
export function rateWithout(
  matrix: ResponseMatrix,
  plan: ResponseRating,
  checkpoint: ScoredCheckpoint,
): RatingsWithout {
  const leftOut = matrix.takers.filter((taker) => isTaker(taker, checkpoint)).map(({ name }) => name);
  if (leftOut.length === 0) return { set: rateResponses(matrix, plan), leftOut };
  const rest = keepTakers(matrix, (taker) => !isTaker(taker, checkpoint));
  if (rest.items.length === 0) return { set: undefined, leftOut };
  const set = rateResponses(rest, plan);
  const left = `Made without the answers of ${leftOut.join(', ')}, which these ratings are for.`;
  return { set: { ...set, notes: [...set.notes, left] }, leftOut };
}

/**
 * The ratings of a `responses.json`, made without a checkpoint.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND` or `RATINGS_INVALID`
 */
export async function ratingsWithout(matrixFile: string, checkpoint: ScoredCheckpoint): Promise<RatingsWithout> {
  const { matrix, plan } = await readResponsesJson(matrixFile);
  return rateWithout(matrix, plan, checkpoint);
}

/** Share of right samples by bucket; null in an empty bucket. */
export type BucketShares = Readonly<Record<Bucket, { readonly n: number; readonly accuracy: number | null }>>;

/** What leaving a taker out does to its own figures. */
export interface LeftOutShares {
  readonly taker: string;
  /** On buckets that all takers made. */
  readonly own: BucketShares;
  /** On buckets that the others made; undefined where there are no others. */
  readonly others: BucketShares | undefined;
}

/** Each taker's accuracy by bucket, on buckets that it helped to make and on those of the others. */
export function leaveEachOut(matrix: ResponseMatrix, plan: ResponseRating): LeftOutShares[] {
  const all = rateResponses(matrix, plan);
  return matrix.takers.map((taker, column) => {
    const rest = keepTakers(matrix, (one) => one !== taker);
    const others = rest.items.length === 0 ? undefined : rateResponses(rest, plan);
    return {
      taker: taker.name,
      own: bucketShares(matrix, column, all),
      others: others && bucketShares(matrix, column, others),
    };
  });
}

function bucketShares({ items, takers, settled, right }: ResponseMatrix, column: number, set: RatingSet): BucketShares {
  const ratings = new Map(set.ratings.map(({ id, rating }) => [id, rating]));
  const counts = { easy: { n: 0, right: 0 }, medium: { n: 0, right: 0 }, hard: { n: 0, right: 0 } };
  for (const [row, id] of items.entries()) {
    const rating = ratings.get(id);
    if (rating === undefined) continue;
    const count = counts[bucketOf(rating, set.cuts)];
    const cell = row * takers.length + column;
    count.n += settled[cell] as number;
    count.right += right[cell] as number;
  }
  return Object.fromEntries(
    bucketNames.map((bucket) => {
      const count = counts[bucket];
      return [bucket, { n: count.n, accuracy: count.n === 0 ? null : count.right / count.n }];
    }),
  ) as BucketShares;
}
