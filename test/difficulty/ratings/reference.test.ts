import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { battleTable } from '../../../src/difficulty/ratings/battle-table.ts';
import { fitStrengths } from '../../../src/difficulty/ratings/fit-strengths.ts';
import { rateBattles } from '../../../src/difficulty/ratings/rate-battles.ts';
import { spearman } from '../../../src/statistics/rank-correlation.ts';
import { describeShared, sharedPath } from '../../shared-data.ts';
import { battleOf, referenceRows } from './reference-battles.ts';

const vectorFile = 'corpus/stats_vectors.json';
const setFiles = [100, 500].flatMap((n) => [`corpus/battles_n${n}.csv`, `corpus/bt_ref_n${n}.csv`]);

/** Reference ratings and errors were fitted with scipy to a gradient of 5e-12. */
describeShared('ratings against references', [vectorFile, ...setFiles], () => {
  interface Vector {
    kind: string;
    name: string;
    // biome-ignore lint/suspicious/noExplicitAny: every kind has its own members
    input: any;
    // biome-ignore lint/suspicious/noExplicitAny: every kind has its own members
    expected: any;
    tol: number;
  }
  const vectors: Vector[] = JSON.parse(readFileSync(sharedPath(vectorFile), 'utf8'));

  test.each([100, 500])('%i problems: ratings within 0.01 Elo, errors within 1 %', (n) => {
    const rated = rateBattles(referenceRows(`battles_n${n}.csv`).map(battleOf));
    const ours = new Map(rated.ratings.map((rating) => [rating.id, rating]));
    const reference = referenceRows(`bt_ref_n${n}.csv`);
    expect(ours.size).toBe(n);
    for (const [id = '', , map, fisher, sandwich] of reference) {
      const rating = ours.get(id);
      expect(Math.abs((rating?.rating ?? Number.NaN) - Number(map))).toBeLessThan(0.01);
      expect(Math.abs((rating?.se ?? Number.NaN) / Number(fisher) - 1)).toBeLessThan(0.01);
      expect(Math.abs((rated.sandwich.get(id) ?? Number.NaN) / Number(sandwich) - 1)).toBeLessThan(0.01);
    }
    const truth = new Map(referenceRows(`true_ratings_n${n}.csv`).map(([id = '', value]) => [id, Number(value)]));
    const { rho } = spearman(
      rated.ratings.map(({ rating }) => rating),
      rated.ratings.map(({ id }) => truth.get(id) ?? Number.NaN),
    );
    // What a correct fit of these sets reaches; one that loses the battles of aligned tables reaches 0.69.
    expect(rho).toBeGreaterThan(0.93);
  });

  test.each(vectors.filter(({ kind }) => kind === 'bradley_terry').map((vector) => [vector.name, vector] as const))(
    'Bradley-Terry %s',
    (_, { input, expected, tol }) => {
      const { ratings } = rateBattles(input.battles.map(battleOf), { prior: input.lambda_logit });
      for (const [index, id] of (expected.ids as string[]).entries()) {
        const rating = ratings.find((one) => one.id === id);
        expect(Math.abs((rating?.rating ?? Number.NaN) - expected.ratings[index])).toBeLessThanOrEqual(tol);
        expect(Math.abs((rating?.se ?? Number.NaN) - expected.se_centred[index])).toBeLessThanOrEqual(tol);
      }
    },
  );

  test.each(vectors.filter(({ kind }) => kind === 'davidson').map((vector) => [vector.name, vector] as const))(
    'ties with a chance of their own: %s',
    (_, { input, expected, tol }) => {
      const table = battleTable(input.battles.map(battleOf));
      const fit = fitStrengths(table, { prior: 0, ties: 'davidson', position: false });
      const mean = fit.strengths.reduce((sum, value) => sum + value, 0) / fit.strengths.length;
      for (const [index, id] of (expected.ids as string[]).entries()) {
        const strength = (fit.strengths[table.ids.indexOf(id)] ?? Number.NaN) - mean;
        expect(Math.abs(strength - expected.theta_logit_centred[index])).toBeLessThanOrEqual(tol);
      }
      expect(fit.shared[0]).toBeCloseTo(expected.log_nu, 6);
      expect(fit.logLikelihood).toBeCloseTo(expected.loglik, 8);
    },
  );
});
