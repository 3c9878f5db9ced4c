/** One pairwise judgement of difficulty. */
export interface Battle {
  readonly first: string;
  readonly second: string;
  /** Which of the two was judged harder. */
  readonly winner: 'first' | 'second' | 'tie';
}

/** Battles by item numbers, with those of the same two items in the same order put together. */
export interface BattleTable {
  /** Item ids; an item's number is its place here. */
  readonly ids: readonly string[];
  /** Per pair: item numbers, in the order of the battle. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Per pair: battles that the first won, that were ties, and all. */
  readonly won: Float64Array;
  readonly tied: Float64Array;
  readonly total: Float64Array;
  /** Per battle: its pair. */
  readonly pairOf: Int32Array;
  /** Per battle: 1 where the first won, ½ for a tie, 0 where the second won. */
  readonly score: Float64Array;
}

/**
 * @param battles - of two different items each
 * @param ids - items in a wanted order; by default those that battles name, in order of appearance
 * @throws {RangeError} a bug: an item against itself, or one that `ids` lacks
 */
export function battleTable(battles: readonly Battle[], ids: readonly string[] = namedIds(battles)): BattleTable {
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const pairs = new Map<number, number>();
  const [first, second]: number[][] = [[], []];
  const pairOf = new Int32Array(battles.length);
  const score = new Float64Array(battles.length);
  for (const [index, battle] of battles.entries()) {
    const [one, other] = [numbers.get(battle.first), numbers.get(battle.second)];
    if (one === undefined || other === undefined || one === other) {
      throw new RangeError(`Expected two known items, got ${battle.first} and ${battle.second}.`);
    }
    const key = one * ids.length + other;
    const pair = pairs.get(key) ?? pairs.size;
    if (pair === pairs.size) {
      pairs.set(key, pair);
      first?.push(one);
      second?.push(other);
    }
    pairOf[index] = pair;
    score[index] = battle.winner === 'first' ? 1 : battle.winner === 'tie' ? 0.5 : 0;
  }
  return {
    ids,
    first: Int32Array.from(first ?? []),
    second: Int32Array.from(second ?? []),
    pairOf,
    score,
    ...countsOf(pairs.size, pairOf, score),
  };
}

function countsOf(pairs: number, pairOf: Int32Array, score: Float64Array) {
  const [won, tied, total] = [new Float64Array(pairs), new Float64Array(pairs), new Float64Array(pairs)];
  for (const [battle, pair] of pairOf.entries()) {
    total[pair] = (total[pair] ?? 0) + 1;
    if (score[battle] === 1) won[pair] = (won[pair] ?? 0) + 1;
    if (score[battle] === 0.5) tied[pair] = (tied[pair] ?? 0) + 1;
  }
  return { won, tied, total };
}

function namedIds(battles: readonly Battle[]): string[] {
  return [...new Set(battles.flatMap(({ first, second }) => [first, second]))];
}

/** How many battles each item fought. */
export function battlesPerItem({ ids, first, second, total }: BattleTable): Float64Array {
  const counts = new Float64Array(ids.length);
  for (let pair = 0; pair < first.length; pair += 1) {
    const fought = total[pair] ?? 0;
    counts[first[pair] as number] = (counts[first[pair] as number] ?? 0) + fought;
    counts[second[pair] as number] = (counts[second[pair] as number] ?? 0) + fought;
  }
  return counts;
}
