/**
 * Standard errors of items against the items' mean, where items meet takers only. The Hessian is then
 *
 *     [ D  −W ]        with D and T diagonal, so that   (H⁻¹)_items = D⁻¹ + U S⁻¹ Uᵀ,   U = D⁻¹ W,   S = T − Wᵀ D⁻¹ W
 *     [ −Wᵀ T ]
 *
 * and only S, of the size of the takers, is to be inverted.
 *
 * @param weights - W: curvature of each cell, row after row, one row per item
 * @param prior - precision of the prior on items and takers, above 0
 */
export function itemErrors(weights: Float64Array, items: number, prior: number): Float64Array {
  const takers = weights.length / items;
  const diagonal = new Float64Array(items).fill(prior);
  const reduced = new Float64Array(takers * takers);
  const at = (item: number, taker: number) => weights[item * takers + taker] as number;
  const add = (row: number, column: number, value: number) => {
    reduced[row * takers + column] = (reduced[row * takers + column] as number) + value;
  };
  for (let taker = 0; taker < takers; taker += 1) add(taker, taker, prior);
  for (let item = 0; item < items; item += 1) {
    for (let taker = 0; taker < takers; taker += 1) diagonal[item] = (diagonal[item] as number) + at(item, taker);
    for (let row = 0; row < takers; row += 1) {
      const weight = at(item, row);
      if (weight === 0) continue;
      add(row, row, weight);
      for (let column = 0; column < takers; column += 1) {
        add(row, column, (-weight * at(item, column)) / (diagonal[item] as number));
      }
    }
  }
  const inverse = invertPositive(reduced, takers);
  return centredErrors(weights, diagonal, inverse);
}

/** Square roots of var(b_i − mean b) = A_ii − 2 (A 1)_i / n + 1ᵀ A 1 / n², with A the items' block of the inverse. */
function centredErrors(weights: Float64Array, diagonal: Float64Array, inverse: Float64Array): Float64Array {
  const items = diagonal.length;
  const takers = weights.length / items;
  const rowOf = (item: number) =>
    weights.subarray(item * takers, (item + 1) * takers).map((weight) => weight / (diagonal[item] as number));
  const columnSums = new Float64Array(takers);
  for (let item = 0; item < items; item += 1) {
    const row = rowOf(item);
    for (let taker = 0; taker < takers; taker += 1) {
      columnSums[taker] = (columnSums[taker] as number) + (row[taker] as number);
    }
  }
  const spreadSums = timesVector(inverse, columnSums);
  const rowSums = new Float64Array(items);
  const variances = new Float64Array(items);
  let whole = 0;
  for (let item = 0; item < items; item += 1) {
    const row = rowOf(item);
    const own = 1 / (diagonal[item] as number);
    rowSums[item] = own + dot(row, spreadSums);
    variances[item] = own + dot(row, timesVector(inverse, row));
    whole += rowSums[item] as number;
  }
  return variances.map((variance, item) =>
    Math.sqrt(Math.max(0, variance - (2 * (rowSums[item] as number)) / items + whole / (items * items))),
  );
}

/** Inverse of a symmetric positive definite matrix, by Gauss-Jordan elimination in place; no pivots are needed. */
function invertPositive(matrix: Float64Array, n: number): Float64Array {
  for (let pivot = 0; pivot < n; pivot += 1) {
    const scale = matrix[pivot * n + pivot] as number;
    matrix[pivot * n + pivot] = 1;
    for (let column = 0; column < n; column += 1) {
      matrix[pivot * n + column] = (matrix[pivot * n + column] as number) / scale;
    }
    for (let row = 0; row < n; row += 1) {
      if (row === pivot) continue;
      const factor = matrix[row * n + pivot] as number;
      matrix[row * n + pivot] = 0;
      for (let column = 0; column < n; column += 1) {
        matrix[row * n + column] =
          (matrix[row * n + column] as number) - factor * (matrix[pivot * n + column] as number);
      }
    }
  }
  return matrix;
}

function timesVector(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, row) => dot(matrix.subarray(row * n, (row + 1) * n), vector));
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] as number) * (other[index] as number);
  return sum;
}
