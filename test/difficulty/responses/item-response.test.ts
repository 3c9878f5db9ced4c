import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitStrengths } from '../../../src/difficulty/ratings/fit-strengths.ts';
import { standardErrors } from '../../../src/difficulty/ratings/standard-errors.ts';
import { estimateAbility } from '../../../src/difficulty/responses/ability.ts';
import { itemErrors } from '../../../src/difficulty/responses/item-errors.ts';
import { fitOneParameter } from '../../../src/difficulty/responses/item-response.ts';
import { rateResponses, ratingPlan } from '../../../src/difficulty/responses/rate-responses.ts';
import { responseBattles } from '../../../src/difficulty/responses/response-battles.ts';
import { fitTwoParameter } from '../../../src/difficulty/responses/two-parameter.ts';
import { describeShared, sharedPath } from '../../shared-data.ts';
import { matrixOf, simulate } from './simulated-responses.ts';

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

describeShared('reference vectors', ['corpus/stats_vectors.json'], () => {
  test('ability at the highest posterior', () => {
    const vectors = JSON.parse(readFileSync(sharedPath('corpus/stats_vectors.json'), 'utf8')) as {
      kind: string;
      input: { a: number[]; b: number[]; u: number[]; prior_sd: number };
      expected: { theta: number; info: number; se: number };
      tol: number;
    }[];
    const chosen = vectors.filter(({ kind }) => kind === 'irt_map_ability');
    expect(chosen.length).toBeGreaterThan(0);
    for (const { input, expected, tol } of chosen) {
      const { a, b, u, prior_sd } = input;
      const found = estimateAbility({ slopes: a, difficulties: b, right: u, priorSd: prior_sd });
      expect(Math.abs(found.theta - expected.theta)).toBeLessThan(tol);
      expect(Math.abs(found.information - expected.info)).toBeLessThan(tol);
      expect(Math.abs(found.se - expected.se)).toBeLessThan(tol);
    }
  });
});

test('an ability of all right answers is finite, and higher the weaker the prior', () => {
  const all = { slopes: [1, 2, 1], difficulties: [-1, 0, 3], right: [1, 1, 1] };
  const [strict, loose] = [1, 10].map((priorSd) => estimateAbility({ ...all, priorSd }).theta);
  expect(strict).toBeGreaterThan(0);
  expect(loose).toBeGreaterThan(strict as number);
  expect(Number.isFinite(loose)).toBe(true);
});

test('1PL stands where each item’s expected score less its prior’s pull is its score', () => {
  const { matrix } = simulate({ items: 60, takers: 8, seed: 'gradient', asked: (_, __, random) => random() < 0.7 });
  const prior = 0.1;
  const { values, abilities } = fitOneParameter(matrix, prior);
  for (const [item, value] of values.entries()) {
    let slope = prior * value;
    for (let taker = 0; taker < 8; taker += 1) {
      const cell = item * 8 + taker;
      const chance = logistic((abilities[taker] ?? 0) - value);
      slope += (matrix.right[cell] ?? 0) - (matrix.settled[cell] ?? 0) * chance;
    }
    expect(Math.abs(slope)).toBeLessThan(1e-7);
  }
});

test('errors of items are those of the whole inverse, centred over the items', () => {
  const [items, takers, prior] = [4, 3, 0.1];
  const weights = Float64Array.from([0.2, 0.1, 0, 0.25, 0, 0.3, 0.1, 0.2, 0.2, 0, 0.4, 0.1]);
  const size = items + takers;
  const matrix = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, c) => (row === c ? prior : 0)),
  );
  const add = (row: number, column: number, value: number) => {
    const line = matrix[row] ?? [];
    line[column] = (line[column] ?? 0) + value;
  };
  for (const [cell, weight] of weights.entries()) {
    const [one, other] = [Math.floor(cell / takers), items + (cell % takers)];
    add(one, one, weight);
    add(other, other, weight);
    add(one, other, -weight);
    add(other, one, -weight);
  }
  const inverse = invert(matrix);
  const found = itemErrors(weights, items, prior);
  for (let item = 0; item < items; item += 1) {
    const contrast = Array.from({ length: size }, (_, at) => (at < items ? Number(at === item) - 1 / items : 0));
    let variance = 0;
    for (const [row, one] of contrast.entries()) {
      for (const [column, other] of contrast.entries()) variance += one * other * (inverse[row]?.[column] ?? 0);
    }
    expect(found[item]).toBeCloseTo(Math.sqrt(variance), 12);
  }
});

test('with many items, errors are close to those of battles, which are centred over takers as well', () => {
  const { matrix } = simulate({ items: 400, takers: 6, seed: 'errors' });
  const { errors } = fitOneParameter(matrix, 0.1);
  const options = { prior: 0.1, ties: 'half', position: false } as const;
  const table = responseBattles(matrix);
  const { fisher } = standardErrors(table, fitStrengths(table, options), options);
  for (const [item, error] of errors.entries()) expect(error / (fisher[item] ?? 0)).toBeCloseTo(1, 1);
});

const cell = fc.tuple(fc.nat(3), fc.nat(3)).map(([right, wrong]) => [right, right + wrong] as const);
const rows = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([items, takers]) =>
    fc.array(fc.array(cell, { minLength: takers, maxLength: takers }), { minLength: items, maxLength: items }),
  )
  .map((drawn) =>
    drawn.map((row) => row.map(([right, settled], at) => [right, at === 0 ? settled + 1 : settled] as const)),
  );

test.for(['pass-rate', '1pl'] as const)('%s: one more right answer never makes a problem harder', (method) => {
  fc.assert(
    fc.property(rows, fc.nat(), fc.nat(), (drawn, atRow, atColumn) => {
      const row = atRow % drawn.length;
      const column = atColumn % (drawn[0]?.length ?? 1);
      const [right, settled] = drawn[row]?.[column] ?? [0, 0];
      fc.pre(right < settled);
      const better = drawn.map((line, at) =>
        line.map((one, place) => (at === row && place === column ? ([right + 1, settled] as const) : one)),
      );
      const ratingOf = (table: typeof drawn) => {
        const matrix = matrixOf(table);
        const { ratings } = rateResponses(matrix, ratingPlan(matrix, method));
        return ratings.find(({ id }) => id === `i${row}`)?.rating ?? Number.NaN;
      };
      expect(ratingOf(better)).toBeLessThanOrEqual(ratingOf(drawn) + 1e-4);
    }),
    { numRuns: 200 },
  );
});

test.for(['pass-rate', '1pl', '2pl'] as const)(
  '%s: items that all or none got right are finite and outermost',
  (method) => {
    const matrix = matrixOf([
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      [
        [1, 1],
        [0, 1],
        [1, 1],
      ],
      [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    ]);
    const { ratings } = rateResponses(matrix, ratingPlan(matrix, method));
    expect(ratings.map(({ id }) => id)).toEqual(['i2', 'i1', 'i0']);
    for (const rating of ratings) {
      expect(Number.isFinite(rating.rating + rating.se)).toBe(true);
      expect(rating.se).toBeGreaterThan(0);
      expect(rating.pEasy + rating.pMedium + rating.pHard).toBeCloseTo(1, 12);
    }
    expect(ratings.reduce((sum, { rating }) => sum + rating, 0) / 3).toBeCloseTo(1000, 4);
  },
);

test('2PL gives steeper slopes to items that part strong from weak takers', () => {
  const takers = Array.from({ length: 12 }, (_, column) => column);
  const steady = Array.from({ length: 20 }, (_, row) =>
    takers.map((column) => [Number(column * 2 > row + 1), 1] as const),
  );
  const sharp = takers.map((column) => [Number(column >= 6), 1] as const);
  const blunt = takers.map((column) => [column % 2, 1] as const);
  const { slopes } = fitTwoParameter(matrixOf([sharp, blunt, ...steady]));
  expect(slopes[0]).toBeGreaterThan(1.2 * (slopes[1] as number));
});

/** Inverse by elimination. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, at) => [...row, ...Array.from({ length: n }, (_, column) => Number(column === at))]);
  for (let pivot = 0; pivot < n; pivot += 1) {
    const own = work[pivot] ?? [];
    const scale = own[pivot] ?? 1;
    for (const column of own.keys()) own[column] = (own[column] ?? 0) / scale;
    for (const [row, line] of work.entries()) {
      if (row === pivot) continue;
      const factor = line[pivot] ?? 0;
      for (const column of line.keys()) line[column] = (line[column] ?? 0) - factor * (own[column] ?? 0);
    }
  }
  return work.map((row) => row.slice(n));
}
