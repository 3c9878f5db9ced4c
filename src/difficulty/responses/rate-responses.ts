import { type BucketCuts, publishedCuts } from '../ratings/bucket.ts';
import { connectedComponents } from '../ratings/connected-components.ts';
import type { RatingSet } from '../ratings/rating-set.ts';
import { fitOneParameter, responsePrior } from './item-response.ts';
import { passRateDifficulties } from './pass-rate.ts';
import { type Difficulties, ratingList } from './rating-list.ts';
import { responseBattles } from './response-battles.ts';
import { isComplete, type ResponseMatrix } from './response-matrix.ts';
import { fitTwoParameter } from './two-parameter.ts';

/** How difficulty is read off responses. */
export const responseMethods = ['pass-rate', '1pl', '2pl'] as const;
export type ResponseMethod = (typeof responseMethods)[number];

/** From as many takers on, slopes of items can be told apart: with 20 they correlate .35 with the true ones, with 50 .53. */
const takersForSlopes = 30;

/** How ratings are made from a matrix. */
export interface ResponseRating {
  readonly method: ResponseMethod;
  /** λ of the prior on difficulties; the pass rate has none. */
  readonly prior: number;
  readonly cuts: BucketCuts;
}

/**
 * The method that suits a matrix: 2PL from 30 takers on; else the pass rate where every item was answered by all, which
 * orders items as 1PL does; else 1PL, as a pass rate depends on who was asked.
 */
export function chooseMethod(matrix: ResponseMatrix): ResponseMethod {
  if (matrix.takers.length >= takersForSlopes) return '2pl';
  return isComplete(matrix) ? 'pass-rate' : '1pl';
}

/** The method that is asked for, or else the one that suits, with the usual prior and cuts. */
export function ratingPlan(matrix: ResponseMatrix, method?: ResponseMethod): ResponseRating {
  return { method: method ?? chooseMethod(matrix), prior: responsePrior, cuts: publishedCuts };
}

/**
 * Rates items by who answered them right.
 *
 * @param matrix - with at least one item; every item and taker with a settled sample
 */
export function rateResponses(matrix: ResponseMatrix, plan: ResponseRating): RatingSet {
  const { method, prior, cuts } = plan;
  const table = responseBattles(matrix);
  const components = connectedComponents(table);
  return {
    benchmark: matrix.benchmark,
    method,
    design: undefined,
    judge: undefined,
    prior: method === 'pass-rate' ? undefined : prior,
    cuts,
    ratings: ratingList(matrix.items, difficultiesOf(matrix, plan), components, cuts),
    notes: responseNotes(matrix, plan, components),
  };
}

function difficultiesOf(matrix: ResponseMatrix, { method, prior }: ResponseRating): Difficulties {
  if (method === 'pass-rate') return passRateDifficulties(matrix);
  return method === '1pl' ? fitOneParameter(matrix, prior) : fitTwoParameter(matrix, prior);
}

function responseNotes(matrix: ResponseMatrix, { method }: ResponseRating, components: Int32Array): string[] {
  const notes = [`Rated from the answers of ${matrix.takers.map(({ name }) => name).join(', ')}.`];
  const apart = components.subarray(0, matrix.items.length).filter((component) => component > 0).length;
  if (apart > 0) {
    notes.push(
      `${apart} problems were answered by none of those who answered the others, and cannot be compared to them.`,
    );
  }
  const extreme = { all: 0, none: 0 };
  for (let item = 0; item < matrix.items.length; item += 1) {
    const cells = [item * matrix.takers.length, (item + 1) * matrix.takers.length] as const;
    const settled = matrix.settled.subarray(...cells).reduce((sum, count) => sum + count, 0);
    const right = matrix.right.subarray(...cells).reduce((sum, count) => sum + count, 0);
    if (right === 0) extreme.none += 1;
    else if (right === settled) extreme.all += 1;
  }
  if (extreme.all + extreme.none > 0) {
    notes.push(
      `${extreme.all} problems were always answered right and ${extreme.none} never: how far out they lie is set by the ${method === 'pass-rate' ? 'half answer that each side is given' : 'prior'}.`,
    );
  }
  if (method === 'pass-rate' && !isComplete(matrix)) {
    notes.push(
      'Not all takers answered all problems, so that pass rates also depend on who was asked; 1pl takes that out.',
    );
  }
  if (method === '2pl' && matrix.takers.length < takersForSlopes) {
    notes.push(`With fewer than ${takersForSlopes} takers the slopes of 2pl are mostly its prior.`);
  }
  return notes;
}
