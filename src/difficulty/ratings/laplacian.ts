/** A symmetric matrix Σ_pairs w (e_f − e_s)(e_f − e_s)ᵀ + λ I over items, kept as its pairs. */
export interface Laplacian {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Per pair, at least 0. */
  readonly weight: Float64Array;
  /** λ, at least 0. */
  readonly ridge: number;
}

/** Diagonal of the matrix. */
export function laplacianDiagonal({ first, second, weight, ridge }: Laplacian, items: number): Float64Array {
  const diagonal = new Float64Array(items).fill(ridge);
  for (let pair = 0; pair < weight.length; pair += 1) {
    const [one, other, w] = [first[pair] as number, second[pair] as number, weight[pair] as number];
    diagonal[one] = (diagonal[one] as number) + w;
    diagonal[other] = (diagonal[other] as number) + w;
  }
  return diagonal;
}

/** Writes matrix × x into `product`. */
export function multiply({ first, second, weight, ridge }: Laplacian, x: Float64Array, product: Float64Array): void {
  for (let item = 0; item < x.length; item += 1) product[item] = ridge * (x[item] as number);
  for (let pair = 0; pair < weight.length; pair += 1) {
    const one = first[pair] as number;
    const other = second[pair] as number;
    const flow = (weight[pair] as number) * ((x[one] as number) - (x[other] as number));
    product[one] = (product[one] as number) + flow;
    product[other] = (product[other] as number) - flow;
  }
}

/**
 * Solves matrix × x = right by conjugate gradients with the diagonal as preconditioner. Where λ is 0 the right side must
 * add up to 0 over every connected component, and x is determined up to a constant on each.
 *
 * @param tolerance - residual at which to stop, relative to the right side
 * @see Hestenes, Stiefel (1952), https://doi.org/10.6028/jres.049.044
 */
export function solve(
  matrix: Laplacian,
  right: Float64Array,
  tolerance: number,
  diagonal?: Float64Array,
): Float64Array {
  const n = right.length;
  const scale = diagonal ?? laplacianDiagonal(matrix, n);
  const x = new Float64Array(n);
  const residual = Float64Array.from(right);
  const direction = new Float64Array(n);
  const product = new Float64Array(n);
  const target = tolerance * tolerance * dot(right, right);
  let energy = 0;
  for (let round = 0; round < 20 * n + 100; round += 1) {
    if (dot(residual, residual) <= target) break;
    let nextEnergy = 0;
    for (let item = 0; item < n; item += 1) {
      nextEnergy += ((residual[item] as number) * (residual[item] as number)) / ((scale[item] as number) || 1);
    }
    const keep = round === 0 ? 0 : nextEnergy / energy;
    for (let item = 0; item < n; item += 1) {
      direction[item] =
        (residual[item] as number) / ((scale[item] as number) || 1) + keep * (direction[item] as number);
    }
    energy = nextEnergy;
    multiply(matrix, direction, product);
    const curvature = dot(direction, product);
    if (!(curvature > 0)) break;
    const step = energy / curvature;
    for (let item = 0; item < n; item += 1) {
      x[item] = (x[item] as number) + step * (direction[item] as number);
      residual[item] = (residual[item] as number) - step * (product[item] as number);
    }
  }
  return x;
}

export function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let item = 0; item < one.length; item += 1) sum += (one[item] as number) * (other[item] as number);
  return sum;
}
