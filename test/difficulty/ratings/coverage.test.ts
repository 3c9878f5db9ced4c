import { expect, test } from 'vitest';
import { rateBattles } from '../../../src/difficulty/ratings/rate-battles.ts';
import { clusteredInterval } from '../../../src/statistics/clustered-interval.ts';
import { createRandom } from '../../../src/statistics/random.ts';
import { drawTruth, simulateBattles } from './simulate-battles.ts';

const sets = 2000;

test('intervals of ratings hold the true one 95 % of the time: 2,000 simulated sets of 50 problems', {
  timeout: 120_000,
}, () => {
  const random = createRandom('coverage');
  let [inside, all] = [0, 0];
  for (let set = 0; set < sets; set += 1) {
    const truth = drawTruth(50, 150, random);
    for (const { id, lowerCi, upperCi } of rateBattles(simulateBattles({ truth, opponents: 16, random })).ratings) {
      const rating = truth[Number(id.slice(1))] ?? Number.NaN;
      all += 1;
      if (lowerCi <= rating && rating <= upperCi) inside += 1;
    }
  }
  console.log(`rating intervals: ${((100 * inside) / all).toFixed(2)} % of ${all}`);
  expect(Math.abs(inside / all - 0.95)).toBeLessThan(0.015);
});

test('intervals from 100 bootstrap rounds do too', { timeout: 120_000 }, () => {
  const random = createRandom('bootstrap coverage');
  let [inside, all] = [0, 0];
  for (let set = 0; set < 100; set += 1) {
    const truth = drawTruth(50, 150, random);
    const rated = rateBattles(simulateBattles({ truth, opponents: 16, random }), { bootstrap: 100, seed: `${set}` });
    for (const { id, lowerCi, upperCi } of rated.ratings) {
      const rating = truth[Number(id.slice(1))] ?? Number.NaN;
      all += 1;
      if (lowerCi <= rating && rating <= upperCi) inside += 1;
    }
  }
  console.log(`bootstrap intervals: ${((100 * inside) / all).toFixed(2)} % of ${all}`);
  expect(Math.abs(inside / all - 0.95)).toBeLessThan(0.015);
});

test('intervals of accuracies do too, where rows of one problem share their fate', () => {
  const random = createRandom('accuracy');
  const [groups, rows] = [200, 5];
  let inside = 0;
  for (let set = 0; set < sets; set += 1) {
    // Chances are uniform over problems, so that the true accuracy is one half.
    const clusters = Array.from({ length: groups }, () => {
      const chance = random();
      const right = Array.from({ length: rows }, () => Number(random() < chance));
      return { total: rows, successes: right.reduce((sum, one) => sum + one, 0) };
    });
    const [low, high] = clusteredInterval(clusters);
    if (low <= 0.5 && 0.5 <= high) inside += 1;
  }
  console.log(`accuracy intervals: ${((100 * inside) / sets).toFixed(2)} % of ${sets}`);
  expect(Math.abs(inside / sets - 0.95)).toBeLessThan(0.015);
});
