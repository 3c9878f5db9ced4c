import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clusteredStandardError } from '../../src/statistics/clustered-interval.ts';
import { normalQuantile } from '../../src/statistics/normal-quantile.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { clustersOf } from './clusters-of.ts';

interface Vector {
  kind: string;
  name: string;
  input: never;
  expected: never;
  tol: number;
}

const file = 'corpus/stats_vectors.json';

describeShared('reference vectors', [file], () => {
  const vectors = (kind: string, name = ''): Vector[] => {
    const all = JSON.parse(readFileSync(sharedPath(file), 'utf8')) as Vector[];
    return all.filter((vector) => vector.kind === kind && vector.name.includes(name));
  };

  test('Wilson intervals (statsmodels)', () => {
    const known = vectors('wilson');
    expect(known.length).toBeGreaterThanOrEqual(7);
    for (const { name, input, expected, tol } of known) {
      const { successes, n, conf } = input as { successes: number; n: number; conf: number };
      const interval = wilsonInterval(successes / n, n, conf);
      for (const [at, limit] of (expected as number[]).entries()) {
        expect(Math.abs((interval[at] ?? Number.NaN) - limit), name).toBeLessThanOrEqual(tol);
      }
    }
  });

  test('normal quantiles', () => {
    const [vector] = vectors('dist', 'normal_quantile');
    const { input, expected } = vector as Vector;
    const quantiles = (input as { p: number[] }).p.map(normalQuantile);
    for (const [at, quantile] of quantiles.entries()) {
      expect(Math.abs(quantile - ((expected as number[])[at] ?? Number.NaN))).toBeLessThanOrEqual(1e-12);
    }
  });

  test('clustered standard errors (statsmodels cov_cluster with its small-sample correction)', () => {
    const known = vectors('clustered_se');
    expect(known.length).toBeGreaterThanOrEqual(1);
    for (const { name, input, expected, tol } of known) {
      const { x, cluster } = input as { x: number[]; cluster: number[] };
      const { se_cluster_cr1: error } = expected as { se_cluster_cr1: number };
      expect(Math.abs(clusteredStandardError(clustersOf(x, cluster)) - error), name).toBeLessThanOrEqual(tol);
    }
  });
});
