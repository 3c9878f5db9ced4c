import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clusteredInterval,
  clusteredStandardError,
  effectiveSampleSize,
} from '../../src/statistics/clustered-interval.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';

const cluster = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.nat())
  .map(([total, some]) => ({ total, successes: some % (total + 1) }));
const clusters = fc.array(cluster, { minLength: 1, maxLength: 60 });

const proportionOf = (list: readonly { total: number; successes: number }[]) =>
  list.reduce((sum, { successes }) => sum + successes, 0) / list.reduce((sum, { total }) => sum + total, 0);

describe('clusteredInterval', () => {
  test('contains the proportion, mirrors, and does not depend on the order of clusters', () => {
    fc.assert(
      fc.property(clusters, (list) => {
        const [low, high] = clusteredInterval(list);
        const proportion = proportionOf(list);
        expect(0 <= low && low <= proportion && proportion <= high && high <= 1).toBe(true);
        const mirrored = clusteredInterval(
          list.map(({ total, successes }) => ({ total, successes: total - successes })),
        );
        expect(mirrored[0]).toBeCloseTo(1 - high, 9);
        expect(clusteredInterval([...list].reverse())[0]).toBeCloseTo(low, 9);
      }),
    );
  });

  test('is plain Wilson where every cluster is one observation, and never narrower than Wilson on all rows', () => {
    const singles = Array.from({ length: 50 }, (_, at) => ({ total: 1, successes: at % 3 === 0 ? 1 : 0 }));
    expect(clusteredInterval(singles)).toEqual(wilsonInterval(17 / 50, 50));
    fc.assert(
      fc.property(clusters, (list) => {
        const total = list.reduce((sum, each) => sum + each.total, 0);
        const [low, high] = wilsonInterval(proportionOf(list), total);
        const clustered = clusteredInterval(list);
        expect(clustered[1] - clustered[0]).toBeGreaterThanOrEqual(high - low - 1e-12);
      }),
    );
  });

  test('rows that always agree are worth one observation per cluster, less the one that CR1 takes', () => {
    const alike = Array.from({ length: 100 }, (_, at) => ({ total: 10, successes: at < 60 ? 10 : 0 }));
    expect(effectiveSampleSize(alike)).toBeCloseTo(99, 9);
  });

  test('counts clusters where the data cannot tell: all right, all wrong, no spread, one cluster', () => {
    const times = (count: number, each: { total: number; successes: number }) =>
      Array.from({ length: count }, () => each);
    expect(effectiveSampleSize(times(7, { total: 5, successes: 5 }))).toBe(7);
    expect(effectiveSampleSize(times(7, { total: 5, successes: 0 }))).toBe(7);
    expect(effectiveSampleSize(times(7, { total: 4, successes: 2 }))).toBe(7);
    expect(effectiveSampleSize([{ total: 9, successes: 3 }])).toBe(1);
    expect(clusteredStandardError([{ total: 9, successes: 3 }])).toBe(Number.POSITIVE_INFINITY);
  });

  test('refuses no observations', () => {
    expect(() => clusteredInterval([])).toThrow(RangeError);
  });
});
