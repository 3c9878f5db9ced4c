import { createRandom } from './random.ts';

/**
 * Draws from the normal distribution with mean 0 and a given covariance. For estimates whose covariance was measured this
 * is what a bootstrap with normal multipliers on the clusters gives, without going over the data once per round.
 *
 * @param covariance - row by row, width squared; may be singular, as it is where two quantities are the same
 * @returns rounds × width, round by round
 * @see Chernozhukov, Chetverikov, Kato (2013), https://doi.org/10.1214/13-AOS1161 (maxima by the multiplier bootstrap)
 */
export function normalDraws(
  covariance: Float64Array,
  options: { readonly width: number; readonly rounds: number; readonly seed: string },
): Float64Array {
  const { width, rounds } = options;
  const root = choleskyRoot(covariance, width);
  const nextNormal = createNormal(createRandom(options.seed));
  const draws = new Float64Array(rounds * width);
  const independent = new Float64Array(width);
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < width; place += 1) independent[place] = nextNormal();
    for (let row = 0; row < width; row += 1) {
      let sum = 0;
      for (let column = 0; column <= row; column += 1) {
        sum += (root[row * width + column] ?? 0) * (independent[column] ?? 0);
      }
      draws[round * width + row] = sum;
    }
  }
  return draws;
}

/** Lower triangular L with L Lᵀ = covariance. A direction without spread of its own gets a column of zeros. */
function choleskyRoot(covariance: Float64Array, width: number): Float64Array {
  const root = new Float64Array(width * width);
  for (let column = 0; column < width; column += 1) {
    const diagonal = covariance[column * width + column] ?? 0;
    const left = diagonal - dotRows(root, { width, row: column, other: column, length: column });
    // What rounding leaves of a direction that the columns before explain.
    if (left <= 1e-10 * diagonal) continue;
    const pivot = Math.sqrt(left);
    for (let row = column; row < width; row += 1) {
      const explained = dotRows(root, { width, row, other: column, length: column });
      root[row * width + column] = ((covariance[row * width + column] ?? 0) - explained) / pivot;
    }
  }
  return root;
}

function dotRows(
  root: Float64Array,
  { width, row, other, length }: { width: number; row: number; other: number; length: number },
): number {
  let sum = 0;
  for (let place = 0; place < length; place += 1) {
    sum += (root[row * width + place] ?? 0) * (root[other * width + place] ?? 0);
  }
  return sum;
}

/**
 * Standard normal numbers, two at a time by the polar method.
 *
 * @see Marsaglia, Bray (1964), https://doi.org/10.1137/1006063
 */
function createNormal(random: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const [x, y] = [2 * random() - 1, 2 * random() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
}
