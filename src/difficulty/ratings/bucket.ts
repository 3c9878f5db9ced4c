/** How hard a problem is, in three steps. */
export type Bucket = 'easy' | 'medium' | 'hard';

/** From easy to hard. */
export const bucketNames = ['easy', 'medium', 'hard'] as const satisfies readonly Bucket[];

/** Ratings at which buckets meet, on the Elo scale. */
export interface BucketCuts {
  /** A rating of at most this is easy. */
  readonly easy: number;
  /** A rating of at least this is hard. */
  readonly hard: number;
}

/** The cuts of SynthRL (arXiv 2506.02096), on a scale whose mean is 1000. */
export const publishedCuts: BucketCuts = { easy: 950, hard: 1050 };

export function bucketOf(rating: number, cuts: BucketCuts = publishedCuts): Bucket {
  if (rating <= cuts.easy) return 'easy';
  return rating >= cuts.hard ? 'hard' : 'medium';
}
