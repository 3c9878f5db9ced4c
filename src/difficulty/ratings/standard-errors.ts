import type { BattleTable } from './battle-table.ts';
import type { Fit, FitOptions } from './fit-strengths.ts';
import { hessianOf, sharedResponse, solveSmall } from './fit-strengths.ts';
import { invertLaplacian } from './invert-laplacian.ts';
import { type Laplacian, laplacianDiagonal, solve } from './laplacian.ts';
import { expand } from './paired-model.ts';

/** Standard errors of strengths against their mean, in log-odds. */
export interface StandardErrors {
  /** From the curvature of the posterior: right where the model is. */
  readonly fisher: Float64Array;
  /** From the curvature and the scores as they fell: right also where ties or noise make the model wrong. */
  readonly sandwich: Float64Array;
  /** Of the shared parameters, as fitted. */
  readonly shared: readonly number[];
  /** How the inverse was had. */
  readonly method: 'dense' | 'neighbours' | 'columns';
}

/** Up to here the inverse is computed whole: 3 MB and a fraction of a second. */
const mostDenseItems = 600;

/** Columns that the short cut is held against before it is believed, and how far it may be off. */
const checkedColumns = 24;
const mostError = 0.003;

/**
 * Standard errors at a fit. For many items the inverse of the Hessian is read off each item's neighbours,
 *
 *     (H⁻¹)_ii ≈ 1/d_i + Σ_j (w_ij/d_i)²/d_j      (H⁻¹)_ij ≈ w_ij/(d_i d_j)
 *
 * which is close where every item has many different opponents; it is checked against exact columns, and where one is off
 * by more than 0.3 % all columns are solved exactly.
 *
 * @see White (1982), https://doi.org/10.2307/1912526 (the sandwich)
 */
export function standardErrors(table: BattleTable, fit: Fit, options: FitOptions): StandardErrors {
  const point = expand(table, fit.strengths, fit.shared, options);
  const matrix = hessianOf(table, point, options.prior);
  const scores = scoreSquares(table, fit, options);
  const { method, fisher, sandwich } = itemVariances(matrix, scores, table.ids.length);
  const { responses, reduced } = sharedResponse(table, point, matrix, options.prior, 1e-10);
  const shared = reduced.map((_, index) => {
    const unit = reduced.map((__, other) => (other === index ? 1 : 0));
    return Math.sqrt(solveSmall(reduced, unit)[index] ?? 0);
  });
  for (const response of responses) centre(response);
  for (let item = 0; item < fisher.length; item += 1) {
    // What the shared parameters leave unsure comes on top.
    const lean = responses.map((response) => response[item] as number);
    const extra = solveSmall(reduced, lean).reduce((sum, value, index) => sum + value * (lean[index] ?? 0), 0);
    fisher[item] = Math.sqrt(Math.max(0, (fisher[item] as number) + extra));
    sandwich[item] = Math.sqrt(Math.max(0, (sandwich[item] as number) + extra));
  }
  return { fisher, sandwich, shared, method };
}

/** Per pair: the sum of its battles' squared scores, the middle of the sandwich. */
function scoreSquares(table: BattleTable, fit: Fit, options: FitOptions): Float64Array {
  const unit = (won: number, tied: number): BattleTable => ({
    ...table,
    won: new Float64Array(table.won.length).fill(won),
    tied: new Float64Array(table.won.length).fill(tied),
    total: new Float64Array(table.won.length).fill(1),
  });
  const slopes = [unit(1, 0), unit(0, 1), unit(0, 0)].map(
    (one) => expand(one, fit.strengths, fit.shared, options).slope,
  );
  return table.total.map((total, pair) => {
    const [won, tied] = [table.won[pair] as number, table.tied[pair] as number];
    const counts = [won, tied, total - won - tied];
    return slopes.reduce((sum, slope, outcome) => sum + (counts[outcome] ?? 0) * (slope[pair] as number) ** 2, 0);
  });
}

interface Variances {
  readonly fisher: Float64Array;
  readonly sandwich: Float64Array;
}

function itemVariances(
  matrix: Laplacian,
  scores: Float64Array,
  items: number,
): Variances & { method: StandardErrors['method'] } {
  if (items <= mostDenseItems) {
    const inverse = invertLaplacian(matrix, items);
    const columns = columnVariances(matrix, scores, items, (item) =>
      inverse.subarray(item * items, (item + 1) * items),
    );
    return { ...columns, method: 'dense' };
  }
  const guess = neighbourVariances(matrix, scores, items);
  const exact = (item: number) => exactColumn(matrix, item, items);
  for (let check = 0; check < checkedColumns; check += 1) {
    const item = Math.floor(((check + 0.5) * items) / checkedColumns);
    const column = exact(item);
    const off = Math.sqrt((guess.fisher[item] as number) / (column[item] as number)) - 1;
    if (Math.abs(off) > mostError) return { ...columnVariances(matrix, scores, items, exact), method: 'columns' };
  }
  return { ...guess, method: 'neighbours' };
}

/** Column of the centred inverse. */
function exactColumn(matrix: Laplacian, item: number, items: number): Float64Array {
  const right = new Float64Array(items).fill(-1 / items);
  right[item] = 1 - 1 / items;
  return centre(solve(matrix, right, 1e-8));
}

function columnVariances(
  { first, second }: Laplacian,
  scores: Float64Array,
  items: number,
  columnOf: (item: number) => Float64Array,
): Variances {
  const fisher = new Float64Array(items);
  const sandwich = new Float64Array(items);
  for (let item = 0; item < items; item += 1) {
    const column = columnOf(item);
    fisher[item] = column[item] as number;
    let sum = 0;
    for (let pair = 0; pair < scores.length; pair += 1) {
      const gap = (column[first[pair] as number] as number) - (column[second[pair] as number] as number);
      sum += (scores[pair] as number) * gap * gap;
    }
    sandwich[item] = sum;
  }
  return { fisher, sandwich };
}

function neighbourVariances(matrix: Laplacian, scores: Float64Array, items: number): Variances {
  const { first, second, weight } = matrix;
  const diagonal = laplacianDiagonal(matrix, items);
  const scoreDiagonal = laplacianDiagonal({ first, second, weight: scores, ridge: 0 }, items);
  const inverse = Float64Array.from(diagonal, (d) => 1 / d);
  const eachEnd = (visit: (here: number, there: number, between: number, score: number) => void): void => {
    for (let pair = 0; pair < weight.length; pair += 1) {
      const [one, other] = [first[pair] as number, second[pair] as number];
      const between = (weight[pair] as number) / ((diagonal[one] as number) * (diagonal[other] as number));
      visit(one, other, between, scores[pair] as number);
      visit(other, one, between, scores[pair] as number);
    }
  };
  eachEnd((here, there, between) => {
    inverse[here] = (inverse[here] as number) + between * between * (diagonal[there] as number);
  });
  const sandwich = new Float64Array(items);
  eachEnd((here, there, between, score) => {
    const gap = (inverse[here] as number) - between;
    // The item's own pair, then the further pairs of that neighbour.
    const further = ((scoreDiagonal[there] as number) - score) * between * between;
    sandwich[here] = (sandwich[here] as number) + score * gap * gap + further;
  });
  let whole = 0;
  for (const d of diagonal) whole += d;
  return { fisher: inverse.map((value) => value - 1 / whole), sandwich };
}

/** Takes the mean off, in place. */
function centre(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  for (let item = 0; item < values.length; item += 1) values[item] = (values[item] as number) - sum / values.length;
  return values;
}
