/** How hard one problem is, and how sure that is. Higher is harder. */
export interface Rating {
  /** The key that ties it to problems: a MathVerse problem, a DynaMath seed, elsewhere the problem's id. */
  readonly id: string;
  /** Elo scale: 400 per factor ten in the odds, mean 1000 over the ratings of its connected component's set. */
  readonly rating: number;
  /** 1 is the hardest; equal ratings share the least rank. */
  readonly rank: number;
  /** 95 % interval, on the same scale. */
  readonly lowerCi: number;
  readonly upperCi: number;
  /** Standard error, on the same scale. */
  readonly se: number;
  /** Battles that it rests on; 0 for ratings that rest on responses. */
  readonly battles: number;
  /** Chances of the three buckets; they add up to 1. */
  readonly pEasy: number;
  readonly pMedium: number;
  readonly pHard: number;
  /** Connected component of the battles; 0 is the largest. Ratings of different components cannot be compared. */
  readonly component: number;
}

/** Elo points per unit of log-odds: 400 / ln 10. */
export const eloPerLogit = 400 / Math.LN10;

/** Mean of the scale. */
export const eloMean = 1000;
