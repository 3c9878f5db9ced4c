import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg, holm } from '../../src/statistics/adjust-p-values.ts';
import { auc } from '../../src/statistics/auc.ts';
import {
  biasCorrectedInterval,
  bootstrapMeans,
  percentileInterval,
  sortedQuantile,
} from '../../src/statistics/bootstrap.ts';
import { detectableDifference, pairsNeeded } from '../../src/statistics/detectable-difference.ts';
import { differenceP, inferiority, nonInferiority } from '../../src/statistics/difference-tests.ts';
import { obrienFlemingLimits } from '../../src/statistics/group-sequential.ts';
import { mcNemarTest } from '../../src/statistics/mcnemar.ts';
import { pairedDifference, pairedInterval } from '../../src/statistics/paired-difference.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { averageRanks, kendallTauB, spearman } from '../../src/statistics/rank-correlation.ts';

const difference = fc.constantFrom(-1, 0, 1);
const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe('paired differences', () => {
  test('rows that repeat within a cluster add no certainty', () => {
    fc.assert(
      fc.property(fc.array(difference, { minLength: 2, maxLength: 60 }), (values) => {
        const once = pairedDifference(values);
        const clusters = values.flatMap((_, index) => [index, index, index]);
        const thrice = pairedDifference(
          values.flatMap((value) => [value, value, value]),
          clusters,
        );
        expect(thrice.mean).toBeCloseTo(once.mean, 12);
        expect(thrice.standardError).toBeCloseTo(once.standardError, 12);
      }),
    );
  });

  test('sides that never differ are not known to be equal once smoothed', () => {
    const level = new Array(10).fill(0);
    expect(pairedDifference(level).standardError).toBe(0);
    const smoothed = pairedDifference(level, undefined, { smoothed: true });
    // Agresti and Min: √(b + c + 1 − (b − c)²/(n + 2)) / (n + 2), with 10/9 for few clusters.
    expect(smoothed.standardError).toBeCloseTo((Math.sqrt(1) / 12) * Math.sqrt(10 / 9), 12);
    expect(nonInferiority(smoothed, 0.02).limit).toBeLessThan(-0.02);
  });

  test('one cluster has limits at infinity', () => {
    const one = pairedDifference([1, 0, 1], ['a', 'a', 'a']);
    expect(pairedInterval(one)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(nonInferiority(one, 0.5).p).toBe(0.5);
  });

  test('a limit beyond the margin and a small p are the same thing', () => {
    const some = fc.array(difference, { minLength: 3, maxLength: 80 });
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 0.4, noNaN: true }), (values, margin) => {
        const result = pairedDifference(values, undefined, { smoothed: true });
        const better = nonInferiority(result, margin);
        const worse = inferiority(result, margin);
        if (Math.abs(better.p - 0.05) > 1e-9) expect(better.limit > -margin).toBe(better.p < 0.05);
        if (Math.abs(worse.p - 0.05) > 1e-9) expect(worse.limit < -margin).toBe(worse.p < 0.05);
        expect(better.p + worse.p).toBeCloseTo(1, 10);
        expect(differenceP(result)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a cluster bootstrap spreads as the clustered error says', () => {
    const random = createRandom('clusters');
    const clusters = Array.from({ length: 1200 }, (_, index) => Math.floor(index / 4));
    const lean = Array.from({ length: 300 }, () => random());
    const values = clusters.map((cluster) => (random() < (lean[cluster] ?? 0) ? 1 : 0));
    const means = bootstrapMeans(values, { rounds: 4_000, seed: 'bootstrap', clusters });
    const centre = means.reduce((sum, value) => sum + value, 0) / means.length;
    const spread = Math.sqrt(means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / means.length);
    const { standardError } = pairedDifference(values, clusters);
    // The error of a standard deviation from 4,000 rounds is 1.1 %.
    expect(Math.abs(spread / standardError - 1)).toBeLessThan(0.04);
    const [low, high] = percentileInterval(means);
    expect(high - low).toBeGreaterThan(3.7 * standardError);
    expect(bootstrapMeans(values, { rounds: 50, seed: 'bootstrap', clusters })).toEqual(
      bootstrapMeans(values, { rounds: 50, seed: 'bootstrap', clusters }),
    );
  });
});

test('bootstrap limits lean where the rounds lie to one side of the estimate, and few rounds leave out the right tails', () => {
  const rounds = Float64Array.from({ length: 99 }, (_, index) => index + 1);
  const [low, high] = biasCorrectedInterval(rounds, 50);
  expect([low, high]).toEqual([expect.closeTo(2.5, 9), expect.closeTo(97.5, 9)]);
  // 100 Φ(2 Φ⁻¹(0.3) + 1.96), from scipy.stats.norm; the other limit is below the first round.
  expect(biasCorrectedInterval(rounds, 30)).toEqual([1, expect.closeTo(81.88952412436221, 9)]);
  expect(biasCorrectedInterval(rounds, 1000)).toEqual([99, 99]);
  expect(biasCorrectedInterval(Float64Array.of(7), 7)).toEqual([7, 7]);
});

describe('corrections', () => {
  test('Holm never says less than Benjamini and Hochberg, nor either less than the value itself', () => {
    fc.assert(
      fc.property(fc.array(chance, { maxLength: 40 }), (values) => {
        const strict = holm(values);
        for (const [index, loose] of benjaminiHochberg(values).entries()) {
          expect(strict[index]).toBeGreaterThanOrEqual(loose - 1e-15);
          expect(loose).toBeGreaterThanOrEqual(values[index] ?? 1);
        }
      }),
    );
    expect(() => holm([0.5, Number.NaN])).toThrow(RangeError);
  });
});

describe('ranks', () => {
  const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 40 });

  test('Kendall equals the count over all pairs', () => {
    fc.assert(
      fc.property(values, values, (first, second) => {
        const n = Math.min(first.length, second.length);
        const [x, y] = [first.slice(0, n), second.slice(0, n)];
        let [agree, tiedX, tiedY] = [0, 0, 0];
        for (let i = 0; i < n; i += 1) {
          for (let j = 0; j < i; j += 1) {
            const [dx, dy] = [(x[i] ?? 0) - (x[j] ?? 0), (y[i] ?? 0) - (y[j] ?? 0)];
            agree += Math.sign(dx * dy);
            tiedX += dx === 0 ? 1 : 0;
            tiedY += dy === 0 ? 1 : 0;
          }
        }
        const pairs = (n * (n - 1)) / 2;
        const expected = agree / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
        if (Number.isNaN(expected)) expect(kendallTauB(x, y)).toBeNaN();
        else expect(kendallTauB(x, y)).toBeCloseTo(expected, 12);
      }),
    );
  });

  test('ranks add up, and order alone matters to Spearman', () => {
    fc.assert(
      fc.property(values, (x) => {
        const ranks = averageRanks(x);
        expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBeCloseTo((x.length * (x.length + 1)) / 2, 9);
        const stretched = x.map((value) => Math.exp(value / 2));
        const { rho } = spearman(x, stretched);
        if (!Number.isNaN(rho)) expect(rho).toBeCloseTo(1, 12);
      }),
    );
    expect(auc([3, 2, 1], [1, 1, 0])).toBe(1);
    expect(auc([1, 1], [1, 0])).toBe(0.5);
    expect(auc([1, 1], [1, 1])).toBeNaN();
  });
});

describe('plans', () => {
  test('as many pairs as a difference needs find that difference', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 0.3, noNaN: true }),
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        (size, discordant) => {
          const plan = { discordant, alpha: 0.05, power: 0.8, sides: 1, designEffect: 1.7 } as const;
          const n = pairsNeeded(size, plan);
          expect(detectableDifference(n, plan)).toBeLessThanOrEqual(size * (1 + 1e-12));
          if (n > 1) expect(detectableDifference(n - 1, plan)).toBeGreaterThanOrEqual(size * (1 - 1e-12));
        },
      ),
    );
  });

  test("O'Brien and Fleming's constants (Jennison and Turnbull 2000, table 2.3: 2.024 for 4 looks, 2.087 for 10)", () => {
    expect(obrienFlemingLimits(1)[0]).toBeCloseTo(1.96, 3);
    expect(obrienFlemingLimits(4)[3]).toBeCloseTo(2.024, 3);
    expect(obrienFlemingLimits(4)[0]).toBeCloseTo(4.048, 2);
    expect(obrienFlemingLimits(10)[9]).toBeCloseTo(2.087, 3);
  });

  test('McNemar with nothing discordant finds nothing', () => {
    expect(mcNemarTest(0, 0).exact).toBe(1);
    expect(mcNemarTest(0, 6).exact).toBeCloseTo(2 * 0.5 ** 6, 15);
    expect(sortedQuantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  });
});
