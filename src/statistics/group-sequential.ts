import { normalCdf } from './normal-cdf.ts';

const gridPoints = 241;
const gridReach = 8;

/**
 * Limits of |z| at each of K equally spaced looks such that a true null is rejected at any of them with chance α:
 * O'Brien and Fleming's z_k = c √(K/k), strict at first and close to the usual limit at the end. c is found by
 * following the density of the running sum from look to look and integrating what is left inside the limits.
 *
 * @param looks - K, from 1 to 50
 * @param alpha - two-sided level
 * @returns the limit at look 1 … K
 * @throws {RangeError} for another number of looks
 * @see O'Brien, Fleming (1979), https://doi.org/10.2307/2530245
 * @see Armitage, McPherson, Rowe (1969), https://doi.org/10.2307/2343787 (the recursion)
 */
export function obrienFlemingLimits(looks: number, alpha = 0.05): number[] {
  if (!(Number.isInteger(looks) && looks >= 1 && looks <= 50)) {
    throw new RangeError(`Expected from 1 to 50 looks, got ${looks}.`);
  }
  let low = 0.5;
  let high = 8;
  for (let step = 0; step < 36; step += 1) {
    const middle = (low + high) / 2;
    if (crossingChance(limitsAt(middle, looks)) > alpha) low = middle;
    else high = middle;
  }
  return limitsAt((low + high) / 2, looks);
}

function limitsAt(constant: number, looks: number): number[] {
  return Array.from({ length: looks }, (_, index) => constant * Math.sqrt(looks / (index + 1)));
}

/** Chance that a standard random walk, seen at looks 1 … K, leaves the limits on z at any of them. */
function crossingChance(limits: readonly number[]): number {
  const first = Math.min(limits[0] ?? 0, gridReach);
  let grid = gridOver(first);
  let density = Float64Array.from(grid, (sum) => Math.exp((-sum * sum) / 2) / Math.sqrt(2 * Math.PI));
  let crossed = 2 * normalCdf(-(limits[0] ?? 0));
  for (let look = 2; look <= limits.length; look += 1) {
    // On the scale of the sum, whose variance is the number of looks.
    const limit = (limits[look - 1] ?? 0) * Math.sqrt(look);
    crossed += integrate(grid, density, (sum) => normalCdf(-(limit - sum)) + normalCdf(-(limit + sum)));
    const next = gridOver(Math.min(limit, gridReach * Math.sqrt(look)));
    const [before, weights] = [grid, density];
    density = Float64Array.from(next, (sum) =>
      integrate(before, weights, (from) => Math.exp(-((sum - from) ** 2) / 2) / Math.sqrt(2 * Math.PI)),
    );
    grid = next;
  }
  return crossed;
}

function gridOver(reach: number): Float64Array {
  return Float64Array.from({ length: gridPoints }, (_, index) => reach * ((2 * index) / (gridPoints - 1) - 1));
}

/** Simpson's rule over density × value. */
function integrate(grid: Float64Array, density: Float64Array, value: (at: number) => number): number {
  const width = (grid[1] ?? 0) - (grid[0] ?? 0);
  let sum = 0;
  for (let index = 0; index < grid.length; index += 1) {
    const weight = index === 0 || index === grid.length - 1 ? 1 : index % 2 === 1 ? 4 : 2;
    sum += weight * (density[index] ?? 0) * value(grid[index] ?? 0);
  }
  return (sum * width) / 3;
}
