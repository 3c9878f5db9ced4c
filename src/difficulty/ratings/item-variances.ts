import { createRandom } from '../../statistics/random.ts';
import { invertLaplacian } from './invert-laplacian.ts';
import { type Laplacian, laplacianDiagonal, solve } from './laplacian.ts';

/** Variances of strengths against their mean, in squared log-odds, and how they were had. */
export interface ItemVariances {
  /** Diagonal of the centred inverse H⁻¹. */
  readonly fisher: Float64Array;
  /** Diagonal of H⁻¹ G H⁻¹ with G the Laplacian of the scores. */
  readonly sandwich: Float64Array;
  readonly method: 'dense' | 'neighbours' | 'columns';
}

/** Up to here the inverse is computed whole: 3 MB and a fraction of a second. */
const mostDenseItems = 600;

/** Columns spread over all items that the short cut is held against before it is believed. */
const spreadColumns = 24;

/** How far a standard error of the short cut may be off: by curvature alone, and as a sandwich. */
const mostFisherError = 0.003;
const mostSandwichError = 0.01;

/** So many items in a row must be right before the rest of a list of suspects is believed. */
const rightInARow = 6;

/** Residual of a column, relative to its right side. A variance is off by about the square of it. */
const solvedTo = 1e-4;

/**
 * Variances at a fit. For many items they are read off each item's neighbours,
 *
 *     (H⁻¹)_ii ≈ 1/d_i + Σ_j (w_ij/d_i)²/d_j      (H⁻¹)_ij ≈ w_ij/(d_i d_j)
 *
 * which is close where every item has many different opponents. Exact columns of items all over the set decide whether
 * that is so; if not, every column is solved. Items that a set may have apart from the rest are looked at one by one,
 * worst first: with the least and the most information, and in parts that hang together loosely or not at all.
 *
 * @param matrix - H, the Hessian over the items
 * @param scores - per pair, the sum of its battles' squared scores
 */
export function itemVariances(matrix: Laplacian, scores: Float64Array, items: number): ItemVariances {
  if (items <= mostDenseItems) {
    const inverse = invertLaplacian(matrix, items);
    const column = (item: number) => inverse.subarray(item * items, (item + 1) * items);
    return allColumns(matrix, scores, items, column, 'dense');
  }
  const exact = (item: number) => exactColumn(matrix, item, items);
  const guess = neighbourVariances(matrix, scores, items);
  /** Puts the exact variances of an item in place; says whether the guess was right. */
  const settle = (item: number): boolean => {
    const [fisher, sandwich] = variancesOf(matrix, scores, item, exact(item));
    const isRight =
      isNear(guess.fisher[item] as number, fisher, mostFisherError) &&
      isNear(guess.sandwich[item] as number, sandwich, mostSandwichError);
    guess.fisher[item] = fisher;
    guess.sandwich[item] = sandwich;
    return isRight;
  };
  for (let check = 0; check < spreadColumns; check += 1) {
    const item = Math.floor(((check + 0.5) * items) / spreadColumns);
    if (!settle(item)) return allColumns(matrix, scores, items, exact, 'columns');
  }
  for (const suspects of suspectItems(matrix, items)) {
    let right = 0;
    for (let place = 0; place < items && right < rightInARow; place += 1) {
      right = settle(suspects[place] as number) ? right + 1 : 0;
    }
  }
  return { ...guess, method: 'neighbours' };
}

/** Whether two variances differ by less than a share of their standard errors. */
function isNear(guess: number, exact: number, most: number): boolean {
  return Math.abs(Math.sqrt(guess / exact) - 1) <= most;
}

/** Items in the order in which the short cut is to be doubted, for each of the reasons to doubt it. */
function suspectItems(matrix: Laplacian, items: number): Int32Array[] {
  const diagonal = laplacianDiagonal(matrix, items);
  const slow = slowestMode(matrix, diagonal);
  const byLargest = (values: Float64Array) =>
    Int32Array.from(values.keys()).sort((one, other) => (values[other] as number) - (values[one] as number));
  const lightest = byLargest(diagonal).reverse();
  return [byLargest(slow), lightest, byLargest(diagonal)];
}

/**
 * How much each item takes part in what is told least by the battles: a part of the items against the rest, to which few
 * battles or none connect it. Found by inverse iteration on H x = μ D x from a random start.
 */
function slowestMode(matrix: Laplacian, diagonal: Float64Array): Float64Array {
  const random = createRandom('slowest mode');
  let mode = centre(diagonal.map(() => random() - 0.5));
  for (let round = 0; round < 5; round += 1) {
    const moved = mode.map((value, item) => value * (diagonal[item] as number));
    mode = centre(solve(matrix, centre(moved), 1e-2));
    const largest = mode.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
    mode = mode.map((value) => value / largest);
  }
  return mode.map(Math.abs);
}

/** Column of the centred inverse. */
function exactColumn(matrix: Laplacian, item: number, items: number): Float64Array {
  const right = new Float64Array(items).fill(-1 / items);
  right[item] = 1 - 1 / items;
  return centre(solve(matrix, right, solvedTo));
}

/** Both variances of an item from its column of the centred inverse. */
function variancesOf(
  { first, second }: Laplacian,
  scores: Float64Array,
  item: number,
  column: Float64Array,
): [fisher: number, sandwich: number] {
  let sandwich = 0;
  for (let pair = 0; pair < scores.length; pair += 1) {
    const gap = (column[first[pair] as number] as number) - (column[second[pair] as number] as number);
    sandwich += (scores[pair] as number) * gap * gap;
  }
  return [column[item] as number, sandwich];
}

function allColumns(
  matrix: Laplacian,
  scores: Float64Array,
  items: number,
  columnOf: (item: number) => Float64Array,
  method: ItemVariances['method'],
): ItemVariances {
  const [fisher, sandwich] = [new Float64Array(items), new Float64Array(items)];
  for (let item = 0; item < items; item += 1) {
    [fisher[item], sandwich[item]] = variancesOf(matrix, scores, item, columnOf(item));
  }
  return { fisher, sandwich, method };
}

function neighbourVariances(
  matrix: Laplacian,
  scores: Float64Array,
  items: number,
): { fisher: Float64Array; sandwich: Float64Array } {
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
export function centre(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (let item = 0; item < values.length; item += 1) values[item] = (values[item] as number) - mean;
  return values;
}
