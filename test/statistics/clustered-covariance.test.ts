import { expect, test } from 'vitest';
import { clusteredCovariance } from '../../src/statistics/clustered-covariance.ts';
import { normalDraws } from '../../src/statistics/normal-draws.ts';
import { clusteredDifference } from '../../src/statistics/paired-difference.ts';
import { createRandom } from '../../src/statistics/random.ts';

const random = createRandom('covariance');
const sizes = Float64Array.from({ length: 40 }, () => 1 + Math.floor(random() * 5));
const draw = () => sizes.map((size) => Math.floor(random() * (size + 1)));
const [first, second] = [draw(), draw()];
const covariance = clusteredCovariance([first, second, first], sizes);
const at = (row: number, column: number) => covariance[row * 3 + column] ?? Number.NaN;

test('the variance of a difference is that of the paired difference', () => {
  const sums = first.map((value, cluster) => value - (second[cluster] ?? 0));
  const { standardError } = clusteredDifference({ sums, sizes });
  expect(at(0, 0) + at(1, 1) - 2 * at(0, 1)).toBeCloseTo(standardError ** 2, 14);
  expect(at(1, 0)).toBe(at(0, 1));
});

test('draws have the covariance that was asked for, and quantities that are the same stay the same', () => {
  const rounds = 100_000;
  const draws = normalDraws(covariance, { width: 3, rounds, seed: 'draws' });
  const products = [0, 0, 0];
  let apart = 0;
  for (let round = 0; round < rounds; round += 1) {
    const [x = 0, y = 0, same = 0] = draws.subarray(round * 3, round * 3 + 3);
    products[0]! += (x * x) / rounds;
    products[1]! += (y * y) / rounds;
    products[2]! += (x * y) / rounds;
    apart = Math.max(apart, Math.abs(x - same));
  }
  expect(apart).toBeLessThan(1e-12);
  // The standard error of a variance is √(2/rounds) of it: 0.45 %; of a covariance at most that of the larger variance.
  for (const [place, expected] of [at(0, 0), at(1, 1), at(0, 1)].entries()) {
    expect(Math.abs((products[place] ?? 0) - expected)).toBeLessThan(0.018 * Math.max(at(0, 0), at(1, 1)));
  }
  expect(normalDraws(covariance, { width: 3, rounds: 10, seed: 'draws' })).toEqual(draws.slice(0, 30));
});

test('a single group says nothing about the spread', () => {
  expect([...clusteredCovariance([Float64Array.of(2), Float64Array.of(1)], Float64Array.of(3))]).toEqual([0, 0, 0, 0]);
});
