import { sortedQuantile } from '../../statistics/bootstrap.ts';
import type { BucketCuts } from './bucket.ts';
import type { Rating } from './rating.ts';

/** Ratings of one benchmark with what they rest on. */
export interface RatingSet {
  /** The benchmark's name, where it is known. */
  readonly benchmark: string | undefined;
  readonly method: 'battles' | 'pass-rate' | '1pl' | '2pl' | 'imported';
  /** How battles were paired: near-rating pairing stretches the scale, so that fixed cuts compare within one design only. */
  readonly design: string | undefined;
  /** The judge model of the battles. */
  readonly judge: string | undefined;
  /** λ of the prior on log-odds. */
  readonly prior: number | undefined;
  readonly cuts: BucketCuts;
  readonly ratings: readonly Rating[];
  /** What people should know, in whole sentences. */
  readonly notes: readonly string[];
}

/** Names of the quarters of a rating set, from its easiest to its hardest. */
export const quarterNames = ['q1', 'q2', 'q3', 'q4'] as const;
export type Quarter = (typeof quarterNames)[number];

/**
 * Which quarter of the set a rating falls into. The cuts are the set's own quartiles, so that they do not move with the
 * selection of problems, nor with the scale of a judge or a design.
 */
export function quarterOf(ratings: readonly Rating[]): (rating: number) => Quarter {
  const sorted = Float64Array.from(ratings, ({ rating }) => rating).sort();
  const cuts = sorted.length === 0 ? [] : [0.25, 0.5, 0.75].map((share) => sortedQuantile(sorted, share));
  return (rating) => quarterNames[cuts.filter((cut) => rating > cut).length] ?? 'q4';
}
