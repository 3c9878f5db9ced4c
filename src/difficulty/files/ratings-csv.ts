import type { Rating } from '../ratings/rating.ts';

const header = 'id,rating,rank,lower_ci,upper_ci,se,battles,p_easy,p_medium,p_hard';

/** Ratings as CSV, in their order; ids are quoted where a comma, a quote or a line end makes it necessary. */
export function ratingsToCsv(ratings: readonly Rating[]): string {
  const lines = ratings.map((one) =>
    [
      csvField(one.id),
      one.rating,
      one.rank,
      one.lowerCi,
      one.upperCi,
      one.se,
      one.battles,
      one.pEasy,
      one.pMedium,
      one.pHard,
    ].join(','),
  );
  return `${[header, ...lines].join('\n')}\n`;
}

/** A text as a field of a CSV file (RFC 4180). */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
