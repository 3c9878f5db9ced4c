import type { Problem } from '../core/problem.ts';
import type { DifficultySummary, WeightedShare } from '../core/summary.ts';
import { type Bucket, bucketNames, bucketOf } from '../difficulty/ratings/bucket.ts';
import type { Rating } from '../difficulty/ratings/rating.ts';
import { quarterNames, quarterOf, type RatingSet } from '../difficulty/ratings/rating-set.ts';
import { intervalOver, shareOf } from './figure.ts';
import { mayBeRight, type Outcomes, verdictOn } from './outcomes.ts';
import { TallyBuilder } from './tally-builder.ts';

/** Ratings as a summary uses them. */
export interface ProblemRatings {
  readonly set: RatingSet;
  /** What a summary says of where they come from. */
  readonly source: string;
  /** The rating of a problem; undefined where it has none. */
  readonly of: (problem: Problem) => Rating | undefined;
}

/**
 * What one checkpoint's verdicts on one benchmark add up to by difficulty: by the side of the cuts, weighted by the chance
 * of each bucket, and by quarters of the ratings.
 */
export function difficultySummary(outcomes: Outcomes, ratings: ProblemRatings): DifficultySummary {
  const buckets = buildersFor([...bucketNames, 'unrated'] as const);
  const quarters = buildersFor(quarterNames);
  const quarter = quarterOf(ratings.set.ratings);
  const weighted = { easy: new WeightedBuilder(), medium: new WeightedBuilder(), hard: new WeightedBuilder() };
  for (const problem of outcomes.problems) {
    const rating = ratings.of(problem);
    const chances = rating === undefined ? undefined : chancesOf(rating);
    for (let sample = 0; sample < outcomes.repeat; sample += 1) {
      const verdict = verdictOn(outcomes, problem, sample);
      const bucket = rating === undefined ? 'unrated' : bucketOf(rating.rating, ratings.set.cuts);
      buckets[bucket].add(problem.group, verdict);
      if (rating === undefined || chances === undefined) continue;
      quarters[quarter(rating.rating)].add(problem.group, verdict);
      for (const name of bucketNames) {
        weighted[name].add(problem.group, chances[name], verdict === 'correct', mayBeRight(verdict));
      }
    }
  }
  return {
    source: ratings.source,
    buckets: built(buckets, (builder) => builder.build()),
    weighted: built(weighted, (builder) => builder.build(outcomes.repeat)),
    quarters: built(quarters, (builder) => builder.build()),
  };
}

function chancesOf({ pEasy, pMedium, pHard }: Rating): Record<Bucket, number> {
  return { easy: pEasy, medium: pMedium, hard: pHard };
}

/** A share of right samples in which each counts by a weight from 0 to 1. */
class WeightedBuilder {
  readonly #groups = new Map<string, { total: number; right: number; possible: number }>();

  add(group: string, weight: number, right: boolean, possible: boolean): void {
    const counts = this.#groups.get(group) ?? { total: 0, right: 0, possible: 0 };
    counts.total += weight;
    if (right) counts.right += weight;
    if (possible) counts.possible += weight;
    this.#groups.set(group, counts);
  }

  build(repeat: number): WeightedShare {
    const groups = [...this.#groups.values()];
    const least = groups.map(({ total, right }) => ({ total, successes: right }));
    const most = groups.map(({ total, possible }) => ({ total, successes: possible }));
    const n = groups.reduce((sum, { total }) => sum + total, 0) / repeat;
    return { n, accuracy: shareOf(least), interval: intervalOver({ reported: least, least, most }) };
  }
}

function buildersFor<Name extends string>(names: readonly Name[]): Record<Name, TallyBuilder> {
  return Object.fromEntries(names.map((name) => [name, new TallyBuilder()])) as Record<Name, TallyBuilder>;
}

function built<Name extends string, Builder, Value>(
  builders: Readonly<Record<Name, Builder>>,
  build: (builder: Builder) => Value,
): Record<Name, Value> {
  const entries = Object.entries<Builder>(builders).map(([name, builder]) => [name, build(builder)]);
  return Object.fromEntries(entries) as Record<Name, Value>;
}
