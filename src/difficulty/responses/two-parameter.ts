import { estimateAbility } from './ability.ts';
import { responsePrior } from './item-response.ts';
import type { Difficulties } from './rating-list.ts';
import type { ResponseMatrix } from './response-matrix.ts';

/** The two-parameter logistic model at its highest posterior, on a scale where the slopes' geometric mean is 1. */
export interface TwoParameterFit extends Difficulties {
  readonly slopes: Float64Array;
  readonly abilities: Float64Array;
  /** Alternations until it stood still. */
  readonly rounds: number;
}

/** Standard deviation of the normal prior on log-slopes: half to double the mean slope is within reach of most items. */
const slopeSpread = 0.5;

/** Standard deviation of the normal prior on abilities. It fixes the scale. */
const abilitySpread = 1;

const mostRounds = 500;
const stillness = 1e-5;

/**
 * Fits P(right) = 1 / (1 + e^−a_i (θ_c − b_i)) by Newton steps (Fisher scoring) for items given abilities and for
 * abilities given items, in turn. Standard errors take the abilities as known.
 *
 * @param prior - λ of the normal prior on difficulties
 * @see Birnbaum (1968), in Lord, Novick, Statistical Theories of Mental Test Scores (the model)
 */
export function fitTwoParameter(matrix: ResponseMatrix, prior = responsePrior): TwoParameterFit {
  const state: State = {
    matrix,
    prior,
    columns: matrix.takers.map((_, taker) => columnOf(matrix, taker)),
    logSlopes: new Float64Array(matrix.items.length),
    values: new Float64Array(matrix.items.length),
    errors: new Float64Array(matrix.items.length),
    abilities: new Float64Array(matrix.takers.length),
  };
  let rounds = 0;
  for (let moved = 1; moved > stillness && rounds < mostRounds; rounds += 1) {
    moved = 0;
    for (let item = 0; item < matrix.items.length; item += 1) moved = Math.max(moved, moveItem(state, item));
    for (let taker = 0; taker < matrix.takers.length; taker += 1) moved = Math.max(moved, moveTaker(state, taker));
    placeScale(state);
  }
  return { ...rescaled(state), rounds };
}

interface State {
  readonly matrix: ResponseMatrix;
  readonly prior: number;
  readonly columns: readonly { readonly right: Float64Array; readonly samples: Float64Array }[];
  readonly logSlopes: Float64Array;
  readonly values: Float64Array;
  readonly errors: Float64Array;
  readonly abilities: Float64Array;
}

/** One step for an item; returns how far it moved. Also notes the standard error there. */
function moveItem(state: State, item: number): number {
  const { logSlopes, values, prior } = state;
  const [logSlope, value] = [logSlopes[item] as number, values[item] as number];
  const slope = Math.exp(logSlope);
  const slopePrior = 1 / (slopeSpread * slopeSpread);
  let [byValue, bySlope] = [-prior * value, -slopePrior * logSlope];
  let [valueInformation, mixed, slopeInformation] = [prior, 0, slopePrior];
  eachTaker(state.matrix, item, (taker, settled, right) => {
    const lean = slope * ((state.abilities[taker] as number) - value);
    const chance = 1 / (1 + Math.exp(-lean));
    const excess = right - settled * chance;
    const weight = settled * chance * (1 - chance);
    byValue -= slope * excess;
    bySlope += lean * excess;
    valueInformation += weight * slope * slope;
    mixed -= weight * slope * lean;
    slopeInformation += weight * lean * lean;
  });
  const determinant = valueInformation * slopeInformation - mixed * mixed;
  const valueStep = (slopeInformation * byValue - mixed * bySlope) / determinant;
  const slopeStep = (valueInformation * bySlope - mixed * byValue) / determinant;
  const before = itemObjective(state, item, value, logSlope);
  state.errors[item] = Math.sqrt(slopeInformation / determinant);
  for (let share = 1; share > 1e-4; share /= 2) {
    const [nextValue, nextSlope] = [value + share * valueStep, logSlope + share * slopeStep];
    if (itemObjective(state, item, nextValue, nextSlope) < before - 1e-12 * Math.abs(before)) continue;
    values[item] = nextValue;
    logSlopes[item] = nextSlope;
    return share * Math.max(Math.abs(valueStep), Math.abs(slopeStep));
  }
  return 0;
}

/** Log posterior of one item, given the abilities. */
function itemObjective({ matrix, abilities, prior }: State, item: number, value: number, logSlope: number): number {
  const slope = Math.exp(logSlope);
  let sum = -(prior * value * value + (logSlope * logSlope) / (slopeSpread * slopeSpread)) / 2;
  eachTaker(matrix, item, (taker, settled, right) => {
    const lean = slope * ((abilities[taker] as number) - value);
    sum += right * lean - settled * (Math.max(0, lean) + Math.log1p(Math.exp(-Math.abs(lean))));
  });
  return sum;
}

/** Puts a taker where its answers have it, given the items; returns how far it moved. */
function moveTaker({ columns, abilities, values, logSlopes }: State, taker: number): number {
  const answers = columns[taker];
  if (answers === undefined) return 0;
  const slopes = logSlopes.map(Math.exp);
  const { theta } = estimateAbility({ ...answers, slopes, difficulties: values, priorSd: abilitySpread });
  const moved = Math.abs(theta - (abilities[taker] as number));
  abilities[taker] = theta;
  return moved;
}

/** Right samples and all of one taker, by item. */
function columnOf({ takers, items, settled, right }: ResponseMatrix, taker: number) {
  const cells = (values: Float64Array) =>
    Float64Array.from(items, (_, item) => values[item * takers.length + taker] as number);
  return { right: cells(right), samples: cells(settled) };
}

/**
 * Moves the whole scale to where the priors like it best: neither a shift of items and takers, nor a stretch of them with
 * flatter slopes, changes what the responses say. Turns of items and takers alone would creep along these two directions.
 */
function placeScale({ prior, logSlopes, values, abilities }: State): void {
  const abilityPrior = 1 / (abilitySpread * abilitySpread);
  const pull = abilityPrior * sumOf(abilities) + prior * sumOf(values);
  const shift = -pull / (abilityPrior * abilities.length + prior * values.length);
  for (const places of [values, abilities]) replace(places, (place) => place + shift);
  const size = abilityPrior * sumOf(abilities.map((place) => place ** 2)) + prior * sumOf(values.map((b) => b ** 2));
  const stretch = bestStretch(size, logSlopes);
  for (const places of [values, abilities]) replace(places, (place) => place * Math.exp(stretch));
  replace(logSlopes, (logSlope) => logSlope - stretch);
}

/** The k at which e^{2k} size / 2 + Σ (log a − k)² / 2σ² is least. */
function bestStretch(size: number, logSlopes: Float64Array): number {
  const slopePrior = 1 / (slopeSpread * slopeSpread);
  const whole = sumOf(logSlopes);
  let stretch = 0;
  for (let step = 0; step < 50; step += 1) {
    const grown = size * Math.exp(2 * stretch);
    const move =
      (grown - slopePrior * (whole - logSlopes.length * stretch)) / (2 * grown + slopePrior * logSlopes.length);
    stretch -= move;
    if (Math.abs(move) < 1e-12) break;
  }
  return stretch;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function replace(values: Float64Array, change: (value: number) => number): void {
  for (const [index, value] of values.entries()) values[index] = change(value);
}

function eachTaker(
  { takers, settled, right }: ResponseMatrix,
  item: number,
  visit: (taker: number, settled: number, right: number) => void,
): void {
  for (let taker = 0; taker < takers.length; taker += 1) {
    const cell = item * takers.length + taker;
    if ((settled[cell] as number) > 0) visit(taker, settled[cell] as number, right[cell] as number);
  }
}

/** A slope of 1 on average makes differences of difficulty log-odds, as in the other methods. */
function rescaled({ logSlopes, values, errors, abilities }: State): Omit<TwoParameterFit, 'rounds'> {
  const mean = sumOf(logSlopes) / logSlopes.length;
  const unit = Math.exp(mean);
  return {
    values: values.map((value) => unit * value),
    errors: errors.map((error) => unit * error),
    abilities: abilities.map((ability) => unit * ability),
    slopes: logSlopes.map((logSlope) => Math.exp(logSlope - mean)),
  };
}
