import type { Problem } from '../../core/problem.ts';
import { ratingKeyOf } from '../../problems/ratings/rating-key.ts';
import type { Rating } from '../ratings/rating.ts';

/**
 * Problems with their ratings in the form of SynthRL's `samples_with_ratings.json`, as Python's `json.dump(…, indent=2)`
 * writes it: one entry per rating key, numbers of ratings as floats, letters beyond ASCII escaped.
 *
 * @param problems - of one benchmark; the first of each key speaks for it
 */
export function samplesWithRatings(problems: readonly Problem[], ratings: ReadonlyMap<string, Rating>): string {
  const seen = new Set<string>();
  const entries: string[] = [];
  for (const problem of problems) {
    const key = ratingKeyOf(problem);
    const rating = ratings.get(key);
    if (rating === undefined || seen.has(key)) continue;
    seen.add(key);
    const members = [
      ['id', pythonText(key)],
      ['image_path', pythonText(problem.images[0]?.member ?? problem.images[0]?.path ?? '')],
      ['question', pythonText(problem.prompt)],
      ['answer', pythonText(problem.answer)],
      ['dataset', pythonText(problem.benchmark)],
      ['rating', pythonFloat(rating.rating)],
      ['rank', String(rating.rank)],
      ['lower_ci', pythonFloat(rating.lowerCi)],
      ['upper_ci', pythonFloat(rating.upperCi)],
    ];
    entries.push(`  {\n${members.map(([name, value]) => `    "${name}": ${value}`).join(',\n')}\n  }`);
  }
  return entries.length === 0 ? '[]' : `[\n${entries.join(',\n')}\n]`;
}

function pythonText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Python keeps a point in every float. Ratings are far from the sizes that either side writes with an exponent. */
function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
