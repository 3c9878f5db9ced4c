import { expect, test } from 'vitest';
import { chooseMethod, rateResponses, ratingPlan } from '../../../src/difficulty/responses/rate-responses.ts';
import { matrixOf, simulate } from './simulated-responses.ts';

test('the method follows from who answered', () => {
  const complete = (takers: number) => simulate({ items: 10, takers, seed: 'x' }).matrix;
  const gap = simulate({ items: 10, takers: 5, seed: 'x', asked: (item, taker) => item !== 3 || taker !== 2 }).matrix;
  expect(chooseMethod(complete(1))).toBe('pass-rate');
  expect(chooseMethod(complete(29))).toBe('pass-rate');
  expect(chooseMethod(complete(30))).toBe('2pl');
  expect(chooseMethod(gap)).toBe('1pl');
  expect(ratingPlan(gap, 'pass-rate').method).toBe('pass-rate');
});

test('pass rate: the worked example', () => {
  const { ratings, prior } = rateResponses(matrixOf([[[3, 4]], [[1, 4]]]), ratingPlan(matrixOf([[[1, 1]]])));
  // log-odds of being wrong ∓ln(3.5 / 1.5), error √(5 / (3.5 · 1.5)), times 400 / ln 10.
  expect(ratings).toMatchObject([
    { id: 'i1', rank: 1, battles: 0 },
    { id: 'i0', rank: 2, battles: 0 },
  ]);
  expect(ratings[0]?.rating).toBeCloseTo(1000 + (400 / Math.LN10) * Math.log(3.5 / 1.5), 3);
  expect(ratings[1]?.se).toBeCloseTo((400 / Math.LN10) * Math.sqrt(5 / 5.25), 6);
  expect(prior).toBeUndefined();
});

test('each taker counts alike in the pass rate, however many samples it gave', () => {
  const { ratings } = rateResponses(
    matrixOf([
      [
        [9, 9],
        [0, 1],
      ],
      [
        [1, 1],
        [0, 9],
      ],
    ]),
    ratingPlan(matrixOf([[[1, 1]]])),
  );
  expect(ratings.map(({ rank }) => rank)).toEqual([1, 1]);
});

test.for(['pass-rate', '1pl'] as const)('%s: equal scores share a rank', (method) => {
  const { matrix } = simulate({ items: 200, takers: 6, seed: 'ties' });
  const { ratings } = rateResponses(matrix, ratingPlan(matrix, method));
  expect(new Set(ratings.map(({ rating }) => rating)).size).toBe(7);
  expect(new Set(ratings.map(({ rank }) => rank)).size).toBe(7);
  expect(ratings[0]?.rank).toBe(1);
});

test('problems that other takers answered are flagged as not comparable', () => {
  const matrix = matrixOf([
    [[1, 1], undefined],
    [[0, 1], undefined],
    [undefined, [1, 1]],
  ]);
  const { ratings, method, notes } = rateResponses(matrix, ratingPlan(matrix));
  expect(method).toBe('1pl');
  expect(ratings.find(({ id }) => id === 'i2')?.component).toBe(1);
  expect(notes.join(' ')).toContain('1 problems were answered by none of those who answered the others');
});

test('what was forced is said', () => {
  const { matrix } = simulate({ items: 10, takers: 5, seed: 'x', asked: (item, taker) => item !== 3 || taker !== 2 });
  expect(rateResponses(matrix, ratingPlan(matrix, 'pass-rate')).notes.join(' ')).toContain('who was asked');
  expect(rateResponses(matrix, ratingPlan(matrix, '2pl')).notes.join(' ')).toContain('fewer than 30');
  const { notes } = rateResponses(matrixOf([[[1, 1]], [[0, 1]]]), ratingPlan(matrix, 'pass-rate'));
  expect(notes.join(' ')).toContain('1 problems were always answered right and 1 never');
});
