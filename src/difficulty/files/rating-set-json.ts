import { z } from 'zod';
import { SynthrlError } from '../../core/errors.ts';
import type { RatingSet } from '../ratings/rating-set.ts';

const number = z.number();
const share = z.number().min(0).max(1);

const ratingSchema = z.object({
  id: z.string(),
  rating: number,
  rank: z.int().positive(),
  lower_ci: number,
  upper_ci: number,
  se: number.nonnegative(),
  battles: number.nonnegative(),
  p_easy: share,
  p_medium: share,
  p_hard: share,
  component: z.int().nonnegative(),
});

const setSchema = z.object({
  schema: z.literal(1),
  benchmark: z.string().optional(),
  method: z.enum(['battles', 'pass-rate', '1pl', '2pl', 'imported']),
  design: z.string().optional(),
  judge: z.string().optional(),
  prior: number.optional(),
  cuts: z.object({ easy: number, hard: number }),
  notes: z.array(z.string()),
  ratings: z.array(ratingSchema),
});

/** A rating set as `ratings.json`, one rating per line. */
export function ratingSetToJson(set: RatingSet): string {
  const { ratings, benchmark, design, judge, prior, method, cuts, notes } = set;
  const head = JSON.stringify({ schema: 1, benchmark, method, design, judge, prior, cuts, notes });
  const lines = ratings.map((one) =>
    JSON.stringify({
      id: one.id,
      rating: one.rating,
      rank: one.rank,
      lower_ci: one.lowerCi,
      upper_ci: one.upperCi,
      se: one.se,
      battles: one.battles,
      p_easy: one.pEasy,
      p_medium: one.pMedium,
      p_hard: one.pHard,
      component: one.component,
    }),
  );
  return `${head.slice(0, -1)},"ratings":[\n${lines.join(',\n')}\n]}\n`;
}

/**
 * Reads what {@link ratingSetToJson} wrote.
 *
 * @param name - how messages call the file
 * @throws {SynthrlError} `RATINGS_INVALID` naming the entry
 */
export function ratingSetFromJson(value: unknown, name: string): RatingSet {
  const read = setSchema.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new SynthrlError(
      'RATINGS_INVALID',
      `${name} is not a file of ratings: ${issue?.path.join('.')} ${issue?.message}.`,
      {
        hint: 'Make it again with `synthrl rate`.',
      },
    );
  }
  const { benchmark, design, judge, prior, method, cuts, notes, ratings } = read.data;
  return {
    benchmark,
    method,
    design,
    judge,
    prior,
    cuts,
    notes,
    ratings: ratings.map((one) => ({
      id: one.id,
      rating: one.rating,
      rank: one.rank,
      lowerCi: one.lower_ci,
      upperCi: one.upper_ci,
      se: one.se,
      battles: one.battles,
      pEasy: one.p_easy,
      pMedium: one.p_medium,
      pHard: one.p_hard,
      component: one.component,
    })),
  };
}
