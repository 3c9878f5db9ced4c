import { SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import type { RowsFile } from '../problems/forms/located-data.ts';
import { ratingKeyOf } from '../problems/ratings/rating-key.ts';
import { readRatings } from '../problems/ratings/read-ratings.ts';
import { type Finding, findingOf } from './finding.ts';

export interface RatingCounts {
  /** Of the file, or of the zip file that holds it. */
  readonly path: string;
  readonly ratings: number;
  /** Problems that have one. */
  readonly rated: number;
}

export interface RatingsChecked {
  readonly counts: RatingCounts;
  readonly findings: readonly Finding[];
}

/** Reads the ratings beside the data, and ties them to its problems. */
export async function checkRatings(place: RowsFile, problems: readonly Problem[]): Promise<RatingsChecked> {
  try {
    const ratings = await readRatings(place);
    const unrated = problems.filter((problem) => !ratings.has(ratingKeyOf(problem)));
    const rated = problems.length - unrated.length;
    const share = `${rated.toLocaleString('en-US')} of ${problems.length.toLocaleString('en-US')} problems have one of the ${ratings.size.toLocaleString('en-US')} ratings in ${place.path}`;
    const ids = unrated.map(({ id }) => id);
    const withAdvice = (finding: Finding): Finding => ({
      ...finding,
      mend: `Remove ${place.path}, or put these problems’ ratings there.`,
    });
    const findings =
      rated === 0
        ? findingOf('wrong', 'ratings', ids, `${share}: they are of other data`).map(withAdvice)
        : findingOf('note', 'ratings', ids, `${share}; without one`);
    return { counts: { path: place.path, ratings: ratings.size, rated }, findings };
  } catch (error) {
    if (!(error instanceof SynthrlError)) throw error;
    const finding: Finding = {
      state: 'wrong',
      subject: 'ratings',
      detail: error.message,
      count: 1,
      examples: [],
      ...(error.hint === undefined ? {} : { mend: error.hint }),
    };
    return { counts: { path: place.path, ratings: 0, rated: 0 }, findings: [finding] };
  }
}
