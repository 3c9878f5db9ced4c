import type { Problem } from '../../core/problem.ts';
import { ratingKeyOf } from '../../problems/ratings/rating-key.ts';

/** A facet that states how hard problems are. */
export interface PublishedLevels {
  readonly facet: string;
  /** Its values, from easy to hard. */
  readonly order: readonly string[];
  /** Value by rating key; a problem of which the data does not tell is absent. */
  readonly levels: ReadonlyMap<string, string>;
}

/** Facets that state a level where a benchmark has them: MathVision's and DynaMath's level, MathVista's grade. */
const levelFacets = ['level', 'grade'];

/** Schools from easy to hard; a benchmark uses one word for the last. */
const schools = ['elementary school', 'middle school', 'high school', 'college', 'undergraduate', 'graduate'];

/** The levels that problems of one benchmark state: numbers or schools. Others, such as `unknown`, are no level. */
export function publishedLevels(problems: readonly Problem[]): PublishedLevels[] {
  return levelFacets.flatMap((facet) => {
    const levels = new Map<string, string>();
    for (const problem of problems) {
      const [value, second] = problem.facets[facet] ?? [];
      if (value !== undefined && second === undefined && placeOf(value) !== undefined) {
        levels.set(ratingKeyOf(problem), value);
      }
    }
    const order = [...new Set(levels.values())].sort((one, other) => (placeOf(one) ?? 0) - (placeOf(other) ?? 0));
    return order.length < 2 ? [] : [{ facet, order, levels }];
  });
}

function placeOf(value: string): number | undefined {
  if (/^\d{1,3}$/.test(value)) return Number(value);
  const place = schools.indexOf(value);
  return place < 0 ? undefined : place;
}
