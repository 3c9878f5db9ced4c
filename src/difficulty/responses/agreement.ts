import { cohenKappa } from '../../statistics/cohen-kappa.ts';
import { kendallTauB, spearman } from '../../statistics/rank-correlation.ts';
import { bucketNames, bucketOf } from '../ratings/bucket.ts';
import { quarterNames, quarterOf, type RatingSet } from '../ratings/rating-set.ts';
import type { PublishedLevels } from './published-levels.ts';

/** How far two views of difficulty agree on the problems that both know. */
export interface Agreement {
  /** Problems in common. */
  readonly n: number;
  /** Spearman's ρ with its two-sided p value, and Kendall's τ-b; null where one side does not vary. */
  readonly spearman: number | null;
  readonly p: number | null;
  readonly kendall: number | null;
  /** Problems by bucket of the one (rows) and bucket or level of the other (columns). */
  readonly confusion: {
    readonly rows: readonly string[];
    readonly columns: readonly string[];
    readonly counts: readonly (readonly number[])[];
  };
  /** Cohen's κ of the buckets; null against levels, which are no buckets, and where chance alone would agree always. */
  readonly kappa: number | null;
  /** Cohen's κ of the quarters, which does not depend on either scale; null as above. */
  readonly quarterKappa: number | null;
}

/** Agreement of two rating sets of one benchmark; each is cut at its own cuts. */
export function ratingAgreement(one: RatingSet, other: RatingSet): Agreement {
  const others = new Map(other.ratings.map(({ id, rating }) => [id, rating]));
  const pairs = one.ratings.flatMap(({ id, rating }) => {
    const second = others.get(id);
    return second === undefined ? [] : [[rating, second] as const];
  });
  const counts = table(bucketNames, bucketNames, pairs, [
    (rating) => bucketOf(rating, one.cuts),
    (rating) => bucketOf(rating, other.cuts),
  ]);
  const quarters = table(quarterNames, quarterNames, pairs, [quarterOf(one.ratings), quarterOf(other.ratings)]);
  return {
    ...correlations(pairs),
    confusion: { rows: bucketNames, columns: bucketNames, counts },
    kappa: orNull(cohenKappa(counts)),
    quarterKappa: orNull(cohenKappa(quarters)),
  };
}

/** Agreement of ratings with a level that the data states. */
export function levelAgreement(set: RatingSet, { order, levels }: PublishedLevels): Agreement {
  const pairs = set.ratings.flatMap(({ id, rating }) => {
    const place = order.indexOf(levels.get(id) ?? '');
    return place < 0 ? [] : [[rating, place] as const];
  });
  const counts = table(bucketNames, order, pairs, [
    (rating) => bucketOf(rating, set.cuts),
    (place) => order[place] ?? '',
  ]);
  return {
    ...correlations(pairs),
    confusion: { rows: bucketNames, columns: order, counts },
    kappa: null,
    quarterKappa: null,
  };
}

type Pairs = readonly (readonly [number, number])[];

function correlations(pairs: Pairs): Pick<Agreement, 'n' | 'spearman' | 'p' | 'kendall'> {
  const first = Float64Array.from(pairs, ([one]) => one);
  const second = Float64Array.from(pairs, ([, other]) => other);
  if (pairs.length < 2) return { n: pairs.length, spearman: null, p: null, kendall: null };
  const { rho, p } = spearman(first, second);
  return { n: pairs.length, spearman: orNull(rho), p: orNull(p), kendall: orNull(kendallTauB(first, second)) };
}

function table(
  rows: readonly string[],
  columns: readonly string[],
  pairs: Pairs,
  [rowOf, columnOf]: readonly [(value: number) => string, (value: number) => string],
): number[][] {
  const counts = rows.map(() => columns.map(() => 0));
  for (const [one, other] of pairs) {
    const row = counts[rows.indexOf(rowOf(one))] ?? [];
    const column = columns.indexOf(columnOf(other));
    row[column] = (row[column] ?? 0) + 1;
  }
  return counts;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
