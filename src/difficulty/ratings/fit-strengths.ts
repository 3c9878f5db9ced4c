import type { BattleTable } from './battle-table.ts';
import { dot, type Laplacian, solve } from './laplacian.ts';
import { type Expansion, expand, type ModelOptions, sharedParameters } from './paired-model.ts';

/** λ of the prior by default: strengths are normal with variance 1/λ, which is 1,737 Elo. It keeps ratings finite where
 * an item won or lost everything, and moves others by about one point. */
export const defaultPrior = 0.01;

export interface FitOptions extends ModelOptions {
  /** λ of the normal prior on strengths and shared parameters, at least 0. */
  readonly prior: number;
}

/** Strengths at which the posterior is highest. */
export interface Fit {
  /** Log-odds per item. With a prior their mean is 0. */
  readonly strengths: Float64Array;
  /** Position advantage in log-odds, then the log of Davidson's tie parameter, as far as they are fitted. */
  readonly shared: readonly number[];
  readonly logLikelihood: number;
  readonly steps: number;
  /** Largest component of the gradient where it stopped. */
  readonly gradient: number;
}

/** Far more than a convex model needs; a guard against a loop without end. */
const mostSteps = 100;

/**
 * Fits strengths by Newton's method. The Hessian is a Laplacian over the pairs that fought, so that each step costs a few
 * passes over the pairs, however many items there are; steps that would not improve are halved.
 *
 * @see Hunter (2004), https://doi.org/10.1214/aos/1079120141 (the model and when its estimate exists)
 */
export function fitStrengths(table: BattleTable, options: FitOptions): Fit {
  let strengths: Float64Array = new Float64Array(table.ids.length);
  let shared = new Array<number>(sharedParameters(options)).fill(0);
  let point = expand(table, strengths, shared, options);
  let gradient = Number.POSITIVE_INFINITY;
  let steepest = 0;
  let steps = 0;
  for (; steps < mostSteps; steps += 1) {
    const slopes = gradientOf(table, point, strengths, shared, options.prior);
    gradient = largest(slopes.items, slopes.shared);
    if (gradient < 1e-10) break;
    steepest = Math.max(steepest, gradient);
    // Early steps need no more digits than they will keep.
    const tolerance = Math.max(1e-8, 0.1 * Math.min(0.1, gradient / steepest));
    const step = newtonStep(table, point, slopes, options.prior, tolerance);
    const moved = improve(table, options, { strengths, shared, point }, step);
    if (moved === undefined) break;
    ({ strengths, shared, point } = moved);
    // Rounding keeps the gradient of many battles from reaching 0.
    if (largest(step.items, step.shared) < 1e-11) break;
  }
  return { strengths, shared, logLikelihood: -point.value, steps, gradient };
}

interface State {
  readonly strengths: Float64Array;
  readonly shared: number[];
  readonly point: Expansion;
}

/** One value per item and per shared parameter. */
export interface Slopes {
  readonly items: Float64Array;
  readonly shared: readonly number[];
}

/** Slopes of the negative log posterior. */
export function gradientOf(
  { first, second }: BattleTable,
  point: Expansion,
  strengths: Float64Array,
  shared: readonly number[],
  prior: number,
): Slopes {
  return {
    items: spread(
      first,
      second,
      point.slope,
      strengths.map((strength) => prior * strength),
    ),
    shared: point.sharedSlope.map((slope, index) => slope + prior * (shared[index] ?? 0)),
  };
}

/** Adds each pair's value to its first item and takes it from its second. */
function spread(first: Int32Array, second: Int32Array, values: Float64Array, onto: Float64Array): Float64Array {
  for (let pair = 0; pair < values.length; pair += 1) {
    const [one, other, value] = [first[pair] as number, second[pair] as number, values[pair] as number];
    onto[one] = (onto[one] as number) + value;
    onto[other] = (onto[other] as number) - value;
  }
  return onto;
}

/** The step that would reach the top of the posterior, were it quadratic. */
export function newtonStep(
  table: BattleTable,
  point: Expansion,
  slopes: Slopes,
  prior: number,
  tolerance: number,
): Slopes {
  const matrix = hessianOf(table, point, prior);
  const alone = solve(matrix, slopes.items, tolerance);
  const { columns, responses, reduced } = sharedResponse(table, point, matrix, prior, tolerance);
  const right = slopes.shared.map((slope, index) => slope - dot(columns[index] ?? alone, alone));
  const sharedStep = solveSmall(reduced, right);
  const items = alone.map((value, item) => {
    let sum = value;
    for (const [index, response] of responses.entries()) sum -= (sharedStep[index] ?? 0) * (response[item] as number);
    return -sum;
  });
  return { items, shared: sharedStep.map((step) => -step) };
}

/** The items' block of the Hessian. */
export function hessianOf(
  { first, second }: BattleTable,
  { weight }: Pick<Expansion, 'weight'>,
  prior: number,
): Laplacian {
  return { first, second, weight, ridge: prior };
}

/**
 * What shared parameters do to items: their columns of the Hessian, the items' block solved for them, and what is left of
 * the shared block once items follow (its Schur complement).
 */
export function sharedResponse(
  { first, second, ids }: BattleTable,
  point: Pick<Expansion, 'mixed' | 'sharedCurvature'>,
  matrix: Laplacian,
  prior: number,
  tolerance: number,
): { columns: Float64Array[]; responses: Float64Array[]; reduced: number[][] } {
  const columns = point.mixed.map((mixed) => spread(first, second, mixed, new Float64Array(ids.length)));
  const responses = columns.map((column) => solve(matrix, column, tolerance));
  const reduced = point.sharedCurvature.map((row, one) =>
    row.map(
      (value, other) =>
        value +
        (one === other ? prior : 0) -
        dot(columns[one] ?? new Float64Array(0), responses[other] ?? new Float64Array(0)),
    ),
  );
  return { columns, responses, reduced };
}

/** Takes the step, halved until the objective does not grow; undefined where no part of it helps. */
function improve(table: BattleTable, options: FitOptions, from: State, step: Slopes): State | undefined {
  const before = objective(from, options.prior);
  for (let share = 1; share > 1e-9; share /= 2) {
    const strengths = from.strengths.map((strength, item) => strength + share * (step.items[item] as number));
    const shared = from.shared.map((value, index) => value + share * (step.shared[index] ?? 0));
    const next = { strengths, shared, point: expand(table, strengths, shared, options) };
    // At the very end rounding may hide the improvement.
    if (objective(next, options.prior) <= before + 1e-12 * Math.abs(before)) return next;
  }
  return undefined;
}

function objective({ strengths, shared, point }: State, prior: number): number {
  return (
    point.value + (prior / 2) * (dot(strengths, strengths) + shared.reduce((sum, value) => sum + value * value, 0))
  );
}

/** Solves a system of none, one or two equations. */
export function solveSmall(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const [[a = 1, b = 0] = [], [c = 0, d = 1] = []] = matrix;
  const [one = 0, other = 0] = right;
  const determinant = a * d - b * c;
  return [(d * one - b * other) / determinant, (a * other - c * one) / determinant].slice(0, right.length);
}

function largest(items: Float64Array, shared: readonly number[]): number {
  let most = 0;
  for (const value of items) most = Math.max(most, Math.abs(value));
  return shared.reduce((sum, value) => Math.max(sum, Math.abs(value)), most);
}
