import type { BattleTable } from '../ratings/battle-table.ts';
import type { ResponseMatrix } from './response-matrix.ts';

/**
 * A matrix as battles between items and takers: a wrong sample is a win of the item, a right one of the taker. Items come
 * first, in their order, then takers; each item is the first of its pairs.
 */
export function responseBattles({ items, takers, settled, right }: ResponseMatrix): BattleTable {
  const cells = [...settled.keys()].filter((cell) => (settled[cell] as number) > 0);
  const total = Float64Array.from(cells, (cell) => settled[cell] as number);
  return {
    ids: [...items, ...takers.keys()].map(String),
    first: Int32Array.from(cells, (cell) => Math.floor(cell / takers.length)),
    second: Int32Array.from(cells, (cell) => items.length + (cell % takers.length)),
    won: Float64Array.from(cells, (cell) => (settled[cell] as number) - (right[cell] as number)),
    tied: new Float64Array(cells.length),
    total,
    // Single battles are needed for resampling them only, which is not what responses are for.
    pairOf: new Int32Array(0),
    score: new Float64Array(0),
  };
}
