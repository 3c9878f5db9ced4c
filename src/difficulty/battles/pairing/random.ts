import { createRandom } from '../../../statistics/random.ts';
import { shuffle } from './shuffle.ts';

/**
 * Opponents of each item, drawn without replacement among all others: SynthRL's design with 32 of them. An item also
 * fights for those that draw it, so that it fights twice as often on average.
 *
 * @param items - at least 2
 * @param opponents - how many each item draws, at most `items` − 1; the first of them do not depend on how many
 * @returns per item its opponents
 */
export function randomOpponents(items: number, opponents: number, seed: string): Int32Array[] {
  const all = Int32Array.from({ length: items }, (_, item) => item);
  return Array.from({ length: items }, (_, item) => {
    const others = all.filter((other) => other !== item);
    return shuffle(others, createRandom(`${seed}/random/${item}`), opponents).slice(0, opponents);
  });
}
