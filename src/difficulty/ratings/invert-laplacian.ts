import type { Laplacian } from './laplacian.ts';

/**
 * The centred inverse of a Laplacian, whole: C M⁻¹ C with C taking the mean off, in n³/2 steps. A constant is added to all
 * entries of M first, which moves nothing that is centred and keeps it invertible where λ is 0 and all items are connected.
 *
 * @param items - n; the result has n² numbers, row after row
 */
export function invertLaplacian(matrix: Laplacian, items: number): Float64Array {
  const factor = lowerFactor(matrix, items);
  const inverse = new Float64Array(items * items);
  for (let column = 0; column < items; column += 1) inverse.set(unitSolution(factor, items, column), column * items);
  return centreBoth(inverse, items);
}

/** Cholesky's L with L Lᵀ = M + constant. */
function lowerFactor({ first, second, weight, ridge }: Laplacian, n: number): Float64Array {
  const dense = new Float64Array(n * n);
  let whole = 0;
  for (const w of weight) whole += w;
  const shift = Math.max(whole / (n * n), Number.MIN_VALUE);
  dense.fill(shift);
  const add = (row: number, column: number, value: number) => {
    dense[row * n + column] = (dense[row * n + column] as number) + value;
  };
  for (let item = 0; item < n; item += 1) add(item, item, ridge);
  for (let pair = 0; pair < weight.length; pair += 1) {
    const [one, other, w] = [first[pair] as number, second[pair] as number, weight[pair] as number];
    add(one, one, w);
    add(other, other, w);
    add(one, other, -w);
    add(other, one, -w);
  }
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = dense[row * n + column] as number;
      for (let k = 0; k < column; k += 1) sum -= (dense[row * n + k] as number) * (dense[column * n + k] as number);
      dense[row * n + column] = row === column ? Math.sqrt(sum) : sum / (dense[column * n + column] as number);
    }
  }
  return dense;
}

/** M⁻¹ e, by substitution down L and up Lᵀ. */
function unitSolution(factor: Float64Array, n: number, unit: number): Float64Array {
  const x = new Float64Array(n);
  x[unit] = 1;
  for (let row = unit; row < n; row += 1) {
    let sum = x[row] as number;
    for (let k = unit; k < row; k += 1) sum -= (factor[row * n + k] as number) * (x[k] as number);
    x[row] = sum / (factor[row * n + row] as number);
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    const value = (x[row] as number) / (factor[row * n + row] as number);
    x[row] = value;
    for (let k = 0; k < row; k += 1) x[k] = (x[k] as number) - (factor[row * n + k] as number) * value;
  }
  return x;
}

/** Takes row and column means off a symmetric matrix, in place. */
function centreBoth(matrix: Float64Array, n: number): Float64Array {
  const means = new Float64Array(n);
  let whole = 0;
  for (let row = 0; row < n; row += 1) {
    let sum = 0;
    for (let column = 0; column < n; column += 1) sum += matrix[row * n + column] as number;
    means[row] = sum / n;
    whole += sum / (n * n);
  }
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column < n; column += 1) {
      matrix[row * n + column] =
        (matrix[row * n + column] as number) - (means[row] as number) - (means[column] as number) + whole;
    }
  }
  return matrix;
}
