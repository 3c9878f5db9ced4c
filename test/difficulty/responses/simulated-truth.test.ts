import { expect, test } from 'vitest';
import { fitOneParameter } from '../../../src/difficulty/responses/item-response.ts';
import { leaveEachOut } from '../../../src/difficulty/responses/leave-one-out.ts';
import { passRateDifficulties } from '../../../src/difficulty/responses/pass-rate.ts';
import { ratingPlan } from '../../../src/difficulty/responses/rate-responses.ts';
import { fitTwoParameter } from '../../../src/difficulty/responses/two-parameter.ts';
import { spearman } from '../../../src/statistics/rank-correlation.ts';
import { simulate } from './simulated-responses.ts';

const seeds = ['1', '2', '3', '4'];
const items = 500;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const half = (_item: number, _taker: number, random: () => number) => random() < 0.5;

// Reference: another implementation with 1,000 problems and 4 seeds. With 500 and 4, means scatter by about 0.01; the
// difficulties there spread about as here.
test.for([
  { takers: 5, passRate: 0.795, one: 0.791, two: 0.784, missing: 0.653, oneMissing: 0.676 },
  { takers: 10, passRate: 0.881, one: 0.88, two: 0.877, missing: 0.765, oneMissing: 0.783 },
  { takers: 20, passRate: 0.929, one: 0.929, two: 0.928, missing: 0.867, oneMissing: 0.872 },
  { takers: 50, passRate: 0.966, one: 0.966, two: 0.966, missing: 0.936, oneMissing: 0.937 },
])('$takers takers order problems as well as is known', ({ takers, ...expected }) => {
  const found = seeds.map((seed) => {
    const whole = simulate({ items, takers, seed: `${seed} whole`, slopeSpread: 0.3 });
    const partial = simulate({ items, takers, seed: `${seed} half`, slopeSpread: 0.3, asked: half });
    const rho = (values: Float64Array, { truth }: typeof whole) => {
      const kept = [...values.keys()].filter((item) => Number.isFinite(values[item]));
      return spearman(
        kept.map((item) => values[item] ?? 0),
        kept.map((item) => truth.difficulties[item] ?? 0),
      ).rho;
    };
    return {
      passRate: rho(passRateDifficulties(whole.matrix).values, whole),
      one: rho(fitOneParameter(whole.matrix).values, whole),
      two: rho(fitTwoParameter(whole.matrix).values, whole),
      missing: rho(passRateDifficulties(partial.matrix).values, partial),
      oneMissing: rho(fitOneParameter(partial.matrix).values, partial),
    };
  });
  for (const name of ['passRate', 'one', 'two', 'missing', 'oneMissing'] as const) {
    expect(mean(found.map((one) => one[name])), name).toBeGreaterThan(expected[name] - 0.03);
    expect(mean(found.map((one) => one[name])), name).toBeLessThan(expected[name] + 0.03);
  }
});

test('where weak takers answered one half and strong ones the other, 1PL orders problems better than the pass rate', () => {
  const asked = (item: number, taker: number) => item < items / 2 === taker < 10;
  const found = seeds.map((seed) => {
    const { matrix, truth } = simulate({ items, takers: 20, seed, asked });
    // The halves meet in nobody; what places them against each other is a few items that all answered.
    for (let cell = 0; cell < 40 * 20; cell += 1) {
      if (matrix.settled[cell] === 1) continue;
      const [item, taker] = [Math.floor(cell / 20), cell % 20];
      matrix.settled[cell] = 1;
      matrix.right[cell] = Number((truth.abilities[taker] ?? 0) > (truth.difficulties[item] ?? 0));
    }
    return {
      passRate: spearman(passRateDifficulties(matrix).values, truth.difficulties).rho,
      one: spearman(fitOneParameter(matrix).values, truth.difficulties).rho,
    };
  });
  expect(mean(found.map(({ one, passRate }) => one - passRate))).toBeGreaterThan(0.03);
});

test('95 % intervals of 1PL cover the true difficulties', () => {
  let covered = 0;
  for (const seed of seeds) {
    const { matrix, truth } = simulate({ items, takers: 20, seed: `${seed} coverage` });
    const { values, errors } = fitOneParameter(matrix);
    const [centre, trueCentre] = [mean([...values]), mean([...truth.difficulties])];
    for (const [item, value] of values.entries()) {
      const off = value - centre - ((truth.difficulties[item] ?? 0) - trueCentre);
      covered += Number(Math.abs(off) < 1.96 * (errors[item] ?? 0));
    }
  }
  // 2,000 items: three standard errors are 1.5 points.
  expect(covered / (items * seeds.length)).toBeGreaterThan(0.94);
  expect(covered / (items * seeds.length)).toBeLessThan(0.985);
});

test('2PL tells slopes apart where there are many takers', () => {
  const { matrix, truth } = simulate({ items: 300, takers: 100, seed: 'slopes', slopeSpread: 0.3 });
  const fit = fitTwoParameter(matrix);
  expect(spearman(fit.slopes, truth.slopes).rho).toBeGreaterThan(0.55);
  expect(spearman(fit.abilities, truth.abilities).rho).toBeGreaterThan(0.98);
  expect(fit.rounds).toBeLessThan(100);
});

test('buckets that a taker helped to make flatter it on easy problems and blame it on hard ones', () => {
  const { matrix } = simulate({ items, takers: 5, seed: 'regress' });
  const shifts = leaveEachOut(matrix, ratingPlan(matrix)).map(({ own, others }) => ({
    easy: (others?.easy.accuracy ?? 0) - (own.easy.accuracy ?? 0),
    hard: (others?.hard.accuracy ?? 0) - (own.hard.accuracy ?? 0),
  }));
  expect(mean(shifts.map(({ easy }) => easy))).toBeLessThan(-0.02);
  expect(mean(shifts.map(({ hard }) => hard))).toBeGreaterThan(0.02);
});
