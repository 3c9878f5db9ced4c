import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Design, type DesignName, designNames } from '../../../../src/difficulty/battles/pairing/design.ts';
import type { Pair } from '../../../../src/difficulty/battles/pairing/pair-book.ts';
import type { Battle } from '../../../../src/difficulty/ratings/battle-table.ts';
import { connectedComponents } from '../../../../src/difficulty/ratings/connected-components.ts';
import { createRandom } from '../../../../src/statistics/random.ts';

/** The lower an item's number, the harder it is, most of the time. */
function judge(design: Design, pairs: readonly Pair[], seed: string): Battle[] {
  const random = createRandom(seed);
  return pairs.map(({ one, other, oneFirst }) => {
    const [first, second] = oneFirst ? [one, other] : [other, one];
    const winner = random() < 0.1 ? 'tie' : random() < 0.85 === first < second ? 'first' : 'second';
    return { first: design.ids[first]!, second: design.ids[second]!, winner };
  });
}

function play(name: DesignName, items: number, opponents: number, seed = 0) {
  const ids = Array.from({ length: items }, (_, item) => `p${item}`);
  const design = new Design({ name, ids, opponents, seed });
  const battles: Battle[] = [];
  const rounds: Pair[][] = [];
  while (design.drawn < design.rounds) {
    const pairs = design.next(battles);
    rounds.push(pairs);
    battles.push(...judge(design, pairs, `${name} ${rounds.length}`));
  }
  return { design, rounds, battles };
}

const sizes = { items: fc.integer({ min: 2, max: 40 }), opponents: fc.integer({ min: 1, max: 50 }) };

describe.each(designNames)('%s', (name) => {
  test('each round has as many battles as items, of different items, and puts no question twice', () => {
    fc.assert(
      fc.property(sizes.items, sizes.opponents, fc.nat(5), (items, opponents, seed) => {
        const { design, rounds } = play(name, items, opponents, seed);
        expect(rounds).toHaveLength(Math.min(opponents, items - 1));
        expect(design.rounds).toBe(rounds.length);
        const questions = rounds.flat().map(({ one, other, oneFirst, repetition }) => {
          expect(one).not.toBe(other);
          return `${oneFirst ? one : other} ${oneFirst ? other : one} ${repetition}`;
        });
        expect(rounds.every((pairs) => pairs.length === items)).toBe(true);
        expect(new Set(questions).size).toBe(questions.length);
      }),
      { numRuns: 30 },
    );
  });

  test('equal seeds draw equal rounds, others do not; more opponents begin as fewer do', () => {
    const { rounds } = play(name, 30, 6, 3);
    expect(play(name, 30, 6, 3).rounds).toEqual(rounds);
    expect(play(name, 30, 6, 4).rounds).not.toEqual(rounds);
    expect(play(name, 30, 9, 3).rounds.slice(0, 6)).toEqual(rounds);
  });

  test('rounds that are entered again are followed by the same rounds', () => {
    const { design, rounds } = play(name, 21, 7);
    const again = new Design({ name, ids: design.ids, opponents: 7, seed: 0 });
    const battles: Battle[] = [];
    for (const [round, pairs] of rounds.entries()) {
      const drawn = round < 4 ? again.enter(pairs) : again.next(battles);
      expect(drawn).toEqual(pairs);
      battles.push(...judge(again, drawn, `${name} ${round + 1}`));
    }
  });

  test('about half of the battles show the drawing problem first', () => {
    const shown = play(name, 200, 8).rounds.flat();
    const share = shown.filter(({ oneFirst }) => oneFirst).length / shown.length;
    // Four standard deviations of 1,600 fair draws.
    expect(Math.abs(share - 0.5)).toBeLessThan(0.05);
  });
});

const timesFought = (items: number, pairs: readonly Pair[]) => {
  const times = new Array<number>(items).fill(0);
  for (const { one, other } of pairs) {
    times[one]! += 1;
    times[other]! += 1;
  }
  return times;
};

test('random: each draws as many different opponents as asked for', () => {
  const { rounds } = play('random', 50, 12);
  for (let item = 0; item < 50; item += 1) {
    const drawn = rounds.map((pairs) => pairs.find(({ one }) => one === item)?.other);
    expect(new Set(drawn).size).toBe(12);
  }
});

test('random: with all others as opponents, each pair meets twice, once in each order', () => {
  const { rounds } = play('random', 9, 99);
  const questions = rounds.flat().map(({ one, other, oneFirst }) => (oneFirst ? `${one} ${other}` : `${other} ${one}`));
  expect(new Set(questions).size).toBe(9 * 8);
});

test('cycles: everybody fights twice a round, all are connected from the first, and nobody meets twice while others are left', () => {
  const { design, rounds } = play('cycles', 101, 16);
  for (const pairs of rounds) expect(new Set(timesFought(101, pairs))).toEqual(new Set([2]));
  const [first = []] = rounds;
  const graph = {
    ids: design.ids,
    first: Int32Array.from(first, ({ one }) => one),
    second: Int32Array.from(first, ({ other }) => other),
  };
  expect(new Set(connectedComponents(graph))).toEqual(new Set([0]));
  const met = rounds.flat().map(({ one, other }) => `${Math.min(one, other)} ${Math.max(one, other)}`);
  expect(new Set(met).size).toBe(met.length);
});

test('swiss: everybody fights twice a round, against neighbours in rating', () => {
  const { rounds } = play('swiss', 200, 12);
  for (const pairs of rounds) expect(new Set(timesFought(200, pairs))).toEqual(new Set([2]));
  const distance = (pairs: readonly Pair[]) =>
    pairs.reduce((sum, { one, other }) => sum + Math.abs(one - other), 0) / pairs.length;
  // Two random numbers below 200 are 67 apart on average.
  expect(distance(rounds[0]!)).toBeGreaterThan(55);
  expect(distance(rounds[11]!)).toBeLessThan(40);
});

test('cuts: problems whose bucket is in doubt fight most', () => {
  const { rounds, battles } = play('cuts', 200, 16);
  expect(battles).toHaveLength(200 * 16);
  const late = timesFought(200, rounds.slice(8).flat());
  const mean = (items: readonly number[]) => items.reduce((sum, item) => sum + late[item]!, 0) / items.length;
  const outer = [...late.keys()].filter((item) => item < 40 || item >= 160);
  const inner = [...late.keys()].filter((item) => item >= 60 && item < 140);
  expect(mean(inner)).toBeGreaterThan(1.5 * mean(outer));
  expect(Math.min(...late)).toBeGreaterThan(0);
});

test('one problem alone has nobody to fight', () => {
  expect(() => new Design({ name: 'cycles', ids: ['a'], opponents: 3, seed: 0 })).toThrow(
    expect.objectContaining({ code: 'SELECTION_EMPTY' }),
  );
});
