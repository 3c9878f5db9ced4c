import { createRandom } from '../../../statistics/random.ts';
import type { PairBook } from './pair-book.ts';
import { shuffle } from './shuffle.ts';

/** Places tried for an item that stands beside one it met before. */
const mostTries = 60;

/**
 * A random cycle through all items, in which neighbours fight: everybody fights twice and all are connected. Items that
 * met before are kept apart as far as a few exchanges of places can.
 *
 * @param items - at least 2; two are a cycle in which they meet twice
 * @returns the items in the order of the cycle
 */
export function randomCycle(items: number, book: PairBook, seed: string): Int32Array {
  const random = createRandom(seed);
  const cycle = shuffle(
    Int32Array.from({ length: items }, (_, item) => item),
    random,
  );
  if (items < 4) return cycle;
  const at = (place: number) => cycle[(place + items) % items] as number;
  const cost = (place: number) => book.times(at(place - 1), at(place)) + book.times(at(place), at(place + 1));
  const isRepeated = (place: number) => book.times(at(place), at(place + 1)) > 0;
  for (let place = 0; place < 2 * items; place += 1) {
    for (let tried = 0; tried < mostTries && isRepeated(place); tried += 1) {
      const moved = (place + (random() < 0.5 ? 0 : 1)) % items;
      const drawn = Math.floor(random() * items);
      const before = cost(moved) + cost(drawn);
      exchange(cycle, moved, drawn);
      if (cost(moved) + cost(drawn) >= before) exchange(cycle, moved, drawn);
    }
  }
  return cycle;
}

function exchange(values: Int32Array, one: number, other: number): void {
  const value = values[one] as number;
  values[one] = values[other] as number;
  values[other] = value;
}
