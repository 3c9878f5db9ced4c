import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/statistics/random.ts';

function draws(seed: string, count: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, random);
}

describe('createRandom', () => {
  test('gives the same numbers for the same seed, now and in later versions', () => {
    expect(draws('synthrl', 5)).toEqual(draws('synthrl', 5));
    expect(draws('synthrl', 3).map((value) => value.toFixed(12))).toMatchInlineSnapshot(`
      [
        "0.463007172723",
        "0.946469629169",
        "0.154832071926",
      ]
    `);
  });

  test('neighbouring seeds give unrelated sequences', () => {
    const count = 4000;
    for (const [left, right] of [
      ['7/problem-1', '7/problem-2'],
      ['', 'a'],
      ['ab', 'ba'],
      ['1', '2'],
    ] as const) {
      const first = draws(left, count);
      const second = draws(right, count);
      const covariance = first.reduce((sum, value, at) => sum + (value - 0.5) * ((second[at] ?? 0) - 0.5), 0) / count;
      expect(Math.abs(covariance * 12), `${left} and ${right}`).toBeLessThan(0.07);
      expect(first[0]).not.toBe(second[0]);
    }
  });

  test('is uniform over [0, 1): 20 cells stay within chance, also for the first number over many seeds', () => {
    const samples = {
      one: draws('uniform', 40_000),
      many: Array.from({ length: 40_000 }, (_, at) => createRandom(`s${at}`)()),
    };
    for (const values of Object.values(samples)) {
      const cells = new Array<number>(20).fill(0);
      for (const value of values) {
        expect(value >= 0 && value < 1).toBe(true);
        cells[Math.floor(value * 20)] = (cells[Math.floor(value * 20)] ?? 0) + 1;
      }
      const chiSquare = cells.reduce((sum, seen) => sum + (seen - 2000) ** 2 / 2000, 0);
      // 99.9 % quantile of chi-square with 19 degrees of freedom is 43.8.
      expect(chiSquare).toBeLessThan(43.8);
    }
  });
});
