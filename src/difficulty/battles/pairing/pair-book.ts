/** One battle to be fought, between two items by number. */
export interface Pair {
  /** The item that drew the other. */
  readonly one: number;
  readonly other: number;
  /** Whether the judge is shown `one` first. */
  readonly oneFirst: boolean;
  /** 0-based: how often the same question, with the same item first, was put before. */
  readonly repetition: number;
}

/** Who met whom, and who was shown first: a pair that meets again is shown the other way round. */
export class PairBook {
  readonly #items: number;
  /** Per unordered pair: how often it met, and whether the lower number was shown first at the first meeting. */
  readonly #met = new Map<number, { times: number; lowFirst: boolean }>();

  /** @param items - how many there are */
  constructor(items: number) {
    this.#items = items;
  }

  /** How often two items met. */
  times(one: number, other: number): number {
    return this.#met.get(this.#key(one, other))?.times ?? 0;
  }

  /** Enters a meeting, with the order of the first one drawn. */
  meet(one: number, other: number, random: () => number): Pair {
    const known = this.#met.get(this.#key(one, other));
    const lowFirst = known === undefined ? random() < 0.5 : known.lowFirst !== (known.times % 2 === 1);
    return this.enter({ one, other, oneFirst: lowFirst === one < other });
  }

  /** Enters a meeting whose order was drawn before. */
  enter({ one, other, oneFirst }: Omit<Pair, 'repetition'>): Pair {
    const key = this.#key(one, other);
    const known = this.#met.get(key);
    const pair = { one, other, oneFirst, repetition: Math.floor((known?.times ?? 0) / 2) };
    if (known !== undefined) known.times += 1;
    else this.#met.set(key, { times: 1, lowFirst: oneFirst === one < other });
    return pair;
  }

  #key(one: number, other: number): number {
    return Math.min(one, other) * this.#items + Math.max(one, other);
  }
}
