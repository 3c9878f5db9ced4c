import { fitStrengths } from '../ratings/fit-strengths.ts';
import { itemErrors } from './item-errors.ts';
import type { Difficulties } from './rating-list.ts';
import { responseBattles } from './response-battles.ts';
import type { ResponseMatrix } from './response-matrix.ts';

/**
 * λ of the normal prior on difficulties and abilities, with a standard deviation of 3.2 log-odds or 549 Elo. It is stronger
 * than for battles because few takers answer an item: with 5 to 50 takers and difficulties that spread by 1 to 2, it keeps
 * the spread within half of the true one, and 95 % intervals cover at least 94 %.
 */
export const responsePrior = 0.1;

/** The one-parameter logistic model at its highest posterior. */
export interface OneParameterFit extends Difficulties {
  /** One per taker, on the scale of the difficulties. */
  readonly abilities: Float64Array;
}

/**
 * Fits P(right) = 1 / (1 + e^−(θ_c − b_i)): a Bradley-Terry model in which items and takers meet. Items may have answers
 * of different takers.
 *
 * @see Rasch (1960), Probabilistic Models for Some Intelligence and Attainment Tests
 */
export function fitOneParameter(matrix: ResponseMatrix, prior = responsePrior): OneParameterFit {
  const items = matrix.items.length;
  const takers = matrix.takers.length;
  const { strengths } = fitStrengths(responseBattles(matrix), { prior, ties: 'half', position: false });
  const [values, abilities] = [strengths.slice(0, items), strengths.slice(items)];
  const weights = matrix.settled.map((samples, cell) => {
    const gap = (abilities[cell % takers] as number) - (values[Math.floor(cell / takers)] as number);
    const chance = 1 / (1 + Math.exp(-gap));
    return samples * chance * (1 - chance);
  });
  return { values, errors: itemErrors(weights, items, prior), abilities };
}
