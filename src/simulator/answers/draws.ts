import { createRandom } from '../../statistics/random.ts';

/**
 * Random draws that depend only on the words they are keyed with, so that the same question to the same checkpoint
 * gives the same answer in any order, process and machine.
 */
export class Draws {
  /** In [0, 1). */
  readonly uniform: () => number;

  constructor(...key: readonly (string | number)[]) {
    this.uniform = createRandom(key.join('\u001f'));
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** True with the given probability. */
  happens(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  /** @throws {RangeError} when there is nothing to pick from */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError('There is nothing to pick from.');
    return items[Math.floor(this.uniform() * items.length)] as Item;
  }
}
