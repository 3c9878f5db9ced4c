import { SynthrlError } from '../../../core/errors.ts';
import { createRandom } from '../../../statistics/random.ts';
import type { Battle } from '../../ratings/battle-table.ts';
import type { BucketCuts } from '../../ratings/bucket.ts';
import { pairByRating } from './adaptive.ts';
import { randomCycle } from './cycles.ts';
import { type Pair, PairBook } from './pair-book.ts';
import { randomOpponents } from './random.ts';

/**
 * How problems are paired.
 *
 * - `random`: each draws its opponents among all others, as SynthRL does;
 * - `cycles`: random cycles through all: everybody fights equally often and all are connected;
 * - `swiss`: after two cycles, opponents of similar rating;
 * - `cuts`: the same, with most battles for problems whose bucket is in doubt.
 */
export const designNames = ['random', 'cycles', 'swiss', 'cuts'] as const;
export type DesignName = (typeof designNames)[number];

/** Rounds that an adaptive design begins with, in which nothing is known yet. */
const openingRounds = 2;

/** Draws the battles of one design, round by round; each round has as many battles as there are items. */
export class Design {
  readonly name: DesignName;
  /** Rounds in all: the opponents asked for, or as many as there are others. */
  readonly rounds: number;
  readonly ids: readonly string[];
  readonly #book: PairBook;
  readonly #seed: string;
  readonly #cuts: BucketCuts | undefined;
  #opponents: readonly Int32Array[] | undefined;
  /** Rounds drawn so far. */
  drawn = 0;

  /**
   * @param options.ids - of the items; their order is part of the draw
   * @param options.opponents - rounds, from 1
   * @throws {SynthrlError} `SELECTION_EMPTY` where there are fewer than two items
   */
  constructor(options: {
    readonly name: DesignName;
    readonly ids: readonly string[];
    readonly opponents: number;
    readonly seed: number;
    readonly cuts?: BucketCuts;
  }) {
    const { name, ids, opponents, seed, cuts } = options;
    if (ids.length < 2) {
      throw new SynthrlError('SELECTION_EMPTY', 'Battles need at least two problems.', {
        hint: 'Select more of the benchmark.',
      });
    }
    this.name = name;
    this.ids = ids;
    this.rounds = Math.min(opponents, ids.length - 1);
    this.#seed = `battles/${seed}`;
    this.#cuts = cuts;
    this.#book = new PairBook(ids.length);
  }

  /** Whether the next round is drawn from the outcomes of those before it. */
  get isNextAdaptive(): boolean {
    return (this.name === 'swiss' || this.name === 'cuts') && this.drawn >= openingRounds;
  }

  /** @param battles - fought so far, in any order; not looked at unless the round is adaptive */
  next(battles: readonly Battle[]): Pair[] {
    const random = createRandom(`${this.#seed}/shown/${this.drawn}`);
    const pairs = this.#couples(battles).map(([one, other]) => this.#book.meet(one, other, random));
    this.drawn += 1;
    return pairs;
  }

  /** Takes note of a round that was drawn before. */
  enter(pairs: readonly Omit<Pair, 'repetition'>[]): Pair[] {
    this.drawn += 1;
    return pairs.map((pair) => this.#book.enter(pair));
  }

  #couples(battles: readonly Battle[]): [number, number][] {
    const items = this.ids.length;
    const seed = `${this.#seed}/${this.drawn}`;
    if (this.isNextAdaptive) {
      const focus = this.name === 'cuts' ? 'cuts' : 'even';
      const cuts = this.#cuts === undefined ? {} : { cuts: this.#cuts };
      return pairByRating({ ids: this.ids, battles, focus, book: this.#book, seed, ...cuts });
    }
    if (this.name === 'random') {
      this.#opponents ??= randomOpponents(items, this.rounds, this.#seed);
      return this.#opponents.map((others, item) => [item, others[this.drawn] as number]);
    }
    const cycle = randomCycle(items, this.#book, seed);
    return [...cycle].map((item, place) => [item, cycle[(place + 1) % items] as number]);
  }
}
