import { describe, expect, test } from 'vitest';
import { type Battle, battleTable } from '../../../src/difficulty/ratings/battle-table.ts';
import { fitStrengths, hessianOf } from '../../../src/difficulty/ratings/fit-strengths.ts';
import { invertLaplacian } from '../../../src/difficulty/ratings/invert-laplacian.ts';
import { expand } from '../../../src/difficulty/ratings/paired-model.ts';
import { standardErrors } from '../../../src/difficulty/ratings/standard-errors.ts';
import { createRandom } from '../../../src/statistics/random.ts';
import { drawTruth, nameOf, simulateBattles } from './simulate-battles.ts';

const options = { prior: 0.01, ties: 'half', position: false } as const;

/** The method that was taken, and by what share standard errors differ at most from those of the whole inverse. */
function worstError(battles: readonly Battle[]): { method: string; fisher: number; sandwich: number } {
  const table = battleTable(battles);
  const fit = fitStrengths(table, options);
  const errors = standardErrors(table, fit, options);
  const items = table.ids.length;
  const matrix = hessianOf(table, expand(table, fit.strengths, fit.shared, options), options.prior);
  const inverse = invertLaplacian(matrix, items);
  const at = (row: number, column: number) => inverse[row * items + column] ?? Number.NaN;
  let [fisher, sandwich] = [0, 0];
  for (let item = 0; item < items; item += 1) {
    let square = 0;
    for (let pair = 0; pair < table.first.length; pair += 1) {
      const [one = 0, other = 0] = [table.first[pair], table.second[pair]];
      const chance = 1 / (1 + Math.exp((fit.strengths[other] ?? 0) - (fit.strengths[one] ?? 0)));
      const [won = 0, tied = 0, total = 0] = [table.won[pair], table.tied[pair], table.total[pair]];
      const score = won * (1 - chance) ** 2 + tied * (0.5 - chance) ** 2 + (total - won - tied) * chance ** 2;
      square += score * (at(item, one) - at(item, other)) ** 2;
    }
    fisher = Math.max(fisher, Math.abs((errors.fisher[item] ?? 0) / Math.sqrt(at(item, item)) - 1));
    sandwich = Math.max(sandwich, Math.abs((errors.sandwich[item] ?? 0) / Math.sqrt(square) - 1));
  }
  return { method: errors.method, fisher, sandwich };
}

const random = createRandom('item variances');
const mixed = simulateBattles({ truth: drawTruth(640, 150, random), opponents: 32, random, ties: 0.05 });
const link = (one: number, other: number): Battle => ({ first: nameOf(one), second: nameOf(other), winner: 'first' });
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('standard errors of more items than are inverted whole', () => {
  test.each([
    ['many different opponents', mixed],
    ['a pair that met nobody else', [...mixed, link(900, 901)]],
    ['one that fought once', [...mixed, link(900, 5)]],
    ['one that fought all', [...mixed, ...numbers(0, 640).flatMap((item) => Array(8).fill(link(item, 900)))]],
  ])('%s: read off the neighbours, within 0.5 % of the whole inverse', (_, battles) => {
    const { method, fisher, sandwich } = worstError(battles);
    expect(method).toBe('neighbours');
    expect(fisher).toBeLessThan(0.005);
    expect(sandwich).toBeLessThan(0.015);
  });

  test.each([
    ['enough such pairs to move the mean', [...mixed, link(900, 901), link(902, 903), link(903, 904)]],
    ['a chain', numbers(0, 650).map((item) => link(item + (item % 2), item + 1 - (item % 2)))],
    [
      'two halves with one battle between them',
      [
        ...simulateBattles({ truth: drawTruth(320, 150, random), opponents: 16, random }),
        ...simulateBattles({ truth: drawTruth(320, 150, random), opponents: 16, random }).map((battle) => ({
          ...battle,
          first: `other ${battle.first}`,
          second: `other ${battle.second}`,
        })),
        { first: nameOf(1), second: `other ${nameOf(1)}`, winner: 'first' } as const,
      ],
    ],
  ])('%s: solved column by column', (_, battles) => {
    const { method, fisher, sandwich } = worstError(battles);
    expect(method).toBe('columns');
    expect(fisher).toBeLessThan(1e-4);
    expect(sandwich).toBeLessThan(1e-3);
  });
});
