import type { ResponseMatrix, Taker } from '../../../src/difficulty/responses/response-matrix.ts';
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts';
import { createRandom } from '../../../src/statistics/random.ts';

export interface Truth {
  readonly difficulties: Float64Array;
  readonly slopes: Float64Array;
  readonly abilities: Float64Array;
}

export function taker(name: string, fingerprint: string | null = null, run = 'run'): Taker {
  return { name, checkpoints: [{ run, checkpoint: name }], fingerprint };
}

/** A matrix from rows of cells: [right, settled], or undefined where nothing is settled. */
export function matrixOf(rows: readonly (readonly (readonly [number, number] | undefined)[])[]): ResponseMatrix {
  return {
    benchmark: 'mathvision',
    items: rows.map((_, row) => `i${row}`),
    takers: (rows[0] ?? []).map((_, column) => taker(`c${column}`)),
    right: Float64Array.from(rows.flatMap((row) => row.map((cell) => cell?.[0] ?? 0))),
    settled: Float64Array.from(rows.flatMap((row) => row.map((cell) => cell?.[1] ?? 0))),
  };
}

/**
 * One sample per cell from the two-parameter model: difficulties normal with deviation 1.5, abilities standard normal in
 * ascending order, log-slopes normal with deviation 0.3.
 *
 * @param asked - whether a taker (0 the weakest) was asked an item; by default always
 */
export function simulate(options: {
  items: number;
  takers: number;
  seed: string;
  slopeSpread?: number;
  asked?: (item: number, taker: number, random: () => number) => boolean;
}): { matrix: ResponseMatrix; truth: Truth } {
  const { items, takers, slopeSpread = 0, asked = () => true } = options;
  const random = createRandom(options.seed);
  const normal = () => normalQuantile(Math.max(1e-12, random()));
  const difficulties = Float64Array.from({ length: items }, () => 1.5 * normal());
  const slopes = Float64Array.from({ length: items }, () => Math.exp(slopeSpread * normal()));
  const abilities = Float64Array.from({ length: takers }, normal).sort();
  const settled = new Float64Array(items * takers);
  const right = new Float64Array(items * takers);
  for (let cell = 0; cell < settled.length; cell += 1) {
    const [item, column] = [Math.floor(cell / takers), cell % takers];
    if (!asked(item, column, random)) continue;
    const gap = (abilities[column] as number) - (difficulties[item] as number);
    settled[cell] = 1;
    right[cell] = Number(random() < 1 / (1 + Math.exp(-(slopes[item] as number) * gap)));
  }
  const matrix = {
    benchmark: 'mathvision',
    items: Array.from({ length: items }, (_, item) => `i${item}`),
    takers: Array.from({ length: takers }, (_, column) => taker(`c${column}`, `weights ${column}`)),
    settled,
    right,
  };
  return { matrix, truth: { difficulties, slopes, abilities } };
}
