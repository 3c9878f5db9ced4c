import { readFile } from 'node:fs/promises';
import { errorMessage, SynthrlError } from '../../core/errors.ts';
import { type RatingsPlace, readRatings } from '../../problems/ratings/read-ratings.ts';
import { normalQuantile } from '../../statistics/normal-quantile.ts';
import { publishedCuts } from '../ratings/bucket.ts';
import { bucketChances } from '../ratings/rate-battles.ts';
import type { RatingSet } from '../ratings/rating-set.ts';
import { ratingSetFromJson } from './rating-set-json.ts';

/**
 * Reads ratings: our `ratings.json`, or SynthRL's `samples_with_ratings.json`, told apart by what the file holds. The
 * latter has no standard errors; they are read off its 95 % intervals.
 *
 * @throws {SynthrlError} `RATINGS_INVALID` or `DATA_NOT_FOUND`
 */
export async function readRatingSet(where: RatingsPlace): Promise<RatingSet> {
  const own = where.member === undefined ? await ownForm(where.path) : undefined;
  if (own !== undefined) return ratingSetFromJson(own, where.path);
  const read = await readRatings(where);
  const reach = 2 * normalQuantile(0.975);
  const ratings = [...read].map(([id, { rating, rank, lowerCi, upperCi }]) => {
    const se = (upperCi - lowerCi) / reach;
    return {
      id,
      rating,
      rank,
      lowerCi,
      upperCi,
      se,
      battles: 0,
      component: 0,
      ...bucketChances(rating, se, publishedCuts),
    };
  });
  return {
    benchmark: undefined,
    method: 'imported',
    design: undefined,
    judge: undefined,
    prior: undefined,
    cuts: publishedCuts,
    ratings,
    notes: [],
  };
}

/** The value of a JSON file that holds an object, as ours do; undefined for anything else. */
async function ownForm(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new SynthrlError('DATA_NOT_FOUND', `The ratings at ${path} cannot be read: ${errorMessage(error)}.`, {
      hint: 'Name another file with --ratings.',
      cause: error,
    });
  }
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SynthrlError('RATINGS_INVALID', `${path} is not JSON: ${errorMessage(error)}.`, {
      hint: 'Make it again with `synthrl rate`.',
      cause: error,
    });
  }
}
