import { sortedQuantile } from '../statistics/bootstrap.ts';
import { type Bucket, type BucketCuts, bucketNames, bucketOf } from './ratings/bucket.ts';
import type { RatedBattles } from './ratings/rate-battles.ts';
import type { Rating } from './ratings/rating.ts';

/** What a set of ratings amounts to. */
export interface RatingFacts {
  readonly problems: number;
  /** Standard deviation of the ratings, on the Elo scale; 0 for a single one. */
  readonly spread: number;
  /** Median standard error, on the Elo scale. */
  readonly medianSe: number;
  /** Problems by the side of the cuts on which their ratings lie. */
  readonly buckets: Readonly<Record<Bucket, number>>;
  /** Problems whose 95 % interval crosses a cut: which bucket they belong to is not known. */
  readonly unsure: number;
}

/** @param ratings - at least one */
export function ratingFacts(ratings: readonly Rating[], cuts: BucketCuts): RatingFacts {
  const values = ratings.map(({ rating }) => rating);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const crosses = ({ lowerCi, upperCi }: Rating) =>
    [cuts.easy, cuts.hard].some((cut) => lowerCi < cut && cut < upperCi);
  const inBucket = (bucket: Bucket) => values.filter((value) => bucketOf(value, cuts) === bucket).length;
  return {
    problems: ratings.length,
    spread: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
    medianSe: sortedQuantile(Float64Array.from(ratings, ({ se }) => se).sort(), 0.5),
    buckets: Object.fromEntries(bucketNames.map((bucket) => [bucket, inBucket(bucket)])) as Record<Bucket, number>,
    unsure: ratings.filter(crosses).length,
  };
}

/** What people should know of ratings from battles, in whole sentences. */
export function ratingNotes(rated: RatedBattles): string[] {
  const { ratings, battles, ties, components, position } = rated;
  const notes: string[] = [];
  if (ties === battles) notes.push('Every battle is a tie: nothing is known of which problem is harder.');
  if (components > 1) {
    const apart = ratings.filter(({ component }) => component > 0).length;
    notes.push(
      `The battles fall into ${components} groups that never met; ratings of the ${apart} problems outside the largest group cannot be compared with its own.`,
    );
  }
  const few = ratings.filter((rating) => rating.battles < 8).length;
  if (few > 0) notes.push(`${few} problems have fewer than 8 battles, so that their ratings say little.`);
  if (position !== undefined && Math.abs(position.advantage) > 3 * position.se) {
    const side = position.advantage > 0 ? 'first' : 'second';
    notes.push(`The judge leans to the problem shown ${side}; the ratings take that out.`);
  }
  return notes;
}
