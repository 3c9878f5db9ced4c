import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Battle } from '../../../src/difficulty/ratings/battle-table.ts';
import { rateBattles } from '../../../src/difficulty/ratings/rate-battles.ts';
import { createRandom } from '../../../src/statistics/random.ts';
import { spearman } from '../../../src/statistics/rank-correlation.ts';
import { drawTruth, simulateBattles } from './simulate-battles.ts';

const item = fc.integer({ min: 0, max: 7 }).map(String);
const battle: fc.Arbitrary<Battle> = fc
  .record({ first: item, second: item, winner: fc.constantFrom('first', 'second', 'tie') })
  .filter(({ first, second }) => first !== second);
const battles = fc.array(battle, { minLength: 1, maxLength: 60 });

describe('rateBattles', () => {
  test('ratings are finite with mean 1000, chances add up, ranks follow ratings, whatever the battles', () => {
    fc.assert(
      fc.property(battles, fc.constantFrom('half', 'davidson'), fc.boolean(), (fought, ties, position) => {
        const { ratings } = rateBattles(fought, { ties, position });
        expect(ratings.reduce((sum, { rating }) => sum + rating, 0) / ratings.length).toBeCloseTo(1000, 6);
        for (const { rating, se, lowerCi, upperCi, pEasy, pMedium, pHard, rank, battles: count, id } of ratings) {
          expect(Number.isFinite(rating) && se > 0 && lowerCi < rating && rating < upperCi).toBe(true);
          expect(pEasy + pMedium + pHard).toBeCloseTo(1, 12);
          expect(rank).toBe(1 + ratings.filter((other) => other.rating > rating).length);
          expect(count).toBe(fought.filter(({ first, second }) => first === id || second === id).length);
        }
      }),
    );
  });

  test('naming winners the other way round mirrors the ratings', () => {
    const mirrored = { first: 'second', second: 'first', tie: 'tie' } as const;
    fc.assert(
      fc.property(battles, (fought) => {
        const { ratings } = rateBattles(fought);
        const other = rateBattles(fought.map((one) => ({ ...one, winner: mirrored[one.winner] }))).ratings;
        for (const { id, rating } of ratings) {
          expect(other.find((one) => one.id === id)?.rating).toBeCloseTo(2000 - rating, 5);
        }
      }),
    );
  });

  test('a problem that won every battle is rated above all others, with an interval that says how little is known', () => {
    const won = ['b', 'c', 'd'].map((second): Battle => ({ first: 'a', second, winner: 'first' }));
    const [top] = rateBattles(won).ratings;
    expect(top?.id).toBe('a');
    expect(top?.rating).toBeGreaterThan(1000);
    expect(top?.se).toBeGreaterThan(200);
  });

  test('one tie does not empty the result, and only ties leave all at 1000', () => {
    const decided: Battle[] = [
      ...Array<Battle>(6).fill({ first: 'A', second: 'B', winner: 'first' }),
      ...Array<Battle>(2).fill({ first: 'B', second: 'A', winner: 'first' }),
      ...Array<Battle>(5).fill({ first: 'B', second: 'C', winner: 'first' }),
      ...Array<Battle>(4).fill({ first: 'C', second: 'B', winner: 'first' }),
    ];
    const ordered = (fought: Battle[]) => rateBattles(fought).ratings.map(({ id }) => id);
    expect(ordered(decided)).toEqual(['A', 'B', 'C']);
    expect(ordered([...decided, { first: 'A', second: 'B', winner: 'tie' }])).toEqual(['A', 'B', 'C']);
    const level = rateBattles([
      { first: 'A', second: 'B', winner: 'tie' },
      { first: 'B', second: 'C', winner: 'tie' },
    ]);
    expect(level.ratings.map(({ rating, rank }) => [rating, rank])).toEqual([
      [1000, 1],
      [1000, 1],
      [1000, 1],
    ]);
  });

  test('groups that never met are told apart, the larger first', () => {
    const { ratings, components } = rateBattles([
      { first: 'A', second: 'B', winner: 'first' },
      { first: 'C', second: 'D', winner: 'first' },
      { first: 'D', second: 'E', winner: 'first' },
    ]);
    expect(components).toBe(2);
    expect(Object.fromEntries(ratings.map(({ id, component }) => [id, component]))).toEqual({
      A: 1,
      B: 1,
      C: 0,
      D: 0,
      E: 0,
    });
  });

  test('a judge who favours the first is seen through', () => {
    const random = createRandom('position');
    const truth = drawTruth(300, 150, random);
    const fought = simulateBattles({ truth, opponents: 16, random, advantage: 1 });
    const { position, ratings } = rateBattles(fought, { position: true });
    expect(Math.abs((position?.advantage ?? 0) - 1)).toBeLessThan(4 * (position?.se ?? 0));
    expect(position?.se).toBeLessThan(0.06);
    const { rho } = spearman(
      ratings.map(({ rating }) => rating),
      ratings.map(({ id }) => truth[Number(id.slice(1))] ?? 0),
    );
    expect(rho).toBeGreaterThan(0.8);
  });

  test('bootstrap rounds that cannot differ do not make an interval without width', () => {
    const one: Battle = { first: 'a', second: 'b', winner: 'first' };
    const ring = Array.from({ length: 12 }, (_, index): Battle => {
      return { first: `${index}`, second: `${(index + 1) % 12}`, winner: 'tie' };
    });
    for (const fought of [[one], ring]) {
      for (const { rating, se, lowerCi, upperCi } of rateBattles(fought, { bootstrap: 100 }).ratings) {
        expect([lowerCi, upperCi]).toEqual([
          expect.closeTo(rating - 1.96 * se, 0),
          expect.closeTo(rating + 1.96 * se, 0),
        ]);
      }
    }
    // Four wins of four against problems that fought each other: what is known is that it is harder than they are.
    const others = simulateBattles({
      truth: [1000, 1000, 1000, 1000, 1000],
      opponents: 4,
      random: createRandom('four'),
    });
    const wins = [0, 1, 2, 3].map((other): Battle => ({ first: 'top', second: `p${other}`, winner: 'first' }));
    const top = rateBattles([...others, ...others, ...wins], { bootstrap: 200 }).ratings.find(({ id }) => id === 'top');
    expect(top?.lowerCi).toBeGreaterThan(990);
    expect((top?.upperCi ?? 0) - (top?.lowerCi ?? 0)).toBeGreaterThan(100);
  });

  test('equal seeds give equal bootstrap intervals', () => {
    const random = createRandom('bootstrap');
    const fought = simulateBattles({ truth: drawTruth(40, 150, random), opponents: 8, random });
    const once = rateBattles(fought, { bootstrap: 50, seed: 'a' });
    expect(rateBattles(fought, { bootstrap: 50, seed: 'a' })).toEqual(once);
    expect(rateBattles(fought, { bootstrap: 50, seed: 'b' }).ratings).not.toEqual(once.ratings);
    const width = once.ratings.map(({ upperCi, lowerCi, se }) => (upperCi - lowerCi) / (2 * 1.96 * se));
    const mean = width.reduce((sum, value) => sum + value, 0) / width.length;
    expect(mean).toBeGreaterThan(0.85);
    expect(mean).toBeLessThan(1.3);
  });
});
