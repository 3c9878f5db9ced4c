import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaCdf, betaQuantile } from '../../src/statistics/beta-distribution.ts';
import { binomialCdf } from '../../src/statistics/binomial-cdf.ts';
import { clopperPearsonInterval } from '../../src/statistics/clopper-pearson-interval.ts';
import { logGamma } from '../../src/statistics/log-gamma.ts';
import { normalCdf } from '../../src/statistics/normal-cdf.ts';
import { normalQuantile } from '../../src/statistics/normal-quantile.ts';
import { studentTCdf, studentTQuantile } from '../../src/statistics/student-t.ts';

const shape = fc.double({ min: 0.5, max: 5_000, noNaN: true });
const chance = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe('distributions', () => {
  test('log gamma follows its recurrence and the factorials', () => {
    expect(logGamma(1)).toBeCloseTo(0, 14);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (x) => {
        const step = logGamma(x + 1) - logGamma(x);
        expect(Math.abs(step - Math.log(x))).toBeLessThanOrEqual(1e-14 * Math.max(10, Math.abs(logGamma(x))));
      }),
    );
  });

  test('beta: quantiles undo shares, and the two tails mirror', () => {
    fc.assert(
      fc.property(chance, shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b);
        // Where a double next to x moves the share by more, no quantile can be closer.
        const grain = Math.abs(betaCdf(Math.min(1, x * (1 + 1e-15)), a, b) - betaCdf(x * (1 - 1e-15), a, b));
        if (x > 1e-300 && 1 - x > 1e-12) expect(Math.abs(betaCdf(x, a, b) - p)).toBeLessThanOrEqual(1e-11 + grain);
        expect(Math.abs(betaCdf(p, a, b) + betaCdf(1 - p, b, a) - 1)).toBeLessThan(1e-11);
      }),
    );
  });

  test('binomial: shares are sums of chances', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(40),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, k, p) => {
          let sum = 0;
          let term = (1 - p) ** n;
          for (let i = 0; i <= Math.min(k, n); i += 1) {
            sum += term;
            term *= ((n - i) / (i + 1)) * (p / (1 - p));
          }
          expect(binomialCdf(k, n, p)).toBeCloseTo(Math.min(1, sum), 11);
        },
      ),
    );
  });

  test('normal and t: shares undo quantiles; t with many degrees is normal; known values', () => {
    // Tables: scipy.stats.norm.sf(10), scipy.stats.t.ppf(0.975, 4).
    expect(normalCdf(-10) / 7.619853024160525e-24).toBeCloseTo(1, 12);
    expect(studentTQuantile(0.975, 4)).toBeCloseTo(2.7764451051977987, 10);
    expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975));
    fc.assert(
      fc.property(chance, fc.double({ min: 1, max: 1e5, noNaN: true }), (p, freedom) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 13);
        expect(Math.abs(studentTCdf(studentTQuantile(p, freedom), freedom) - p)).toBeLessThan(1e-9);
      }),
    );
    expect(studentTQuantile(0.9, 1e9)).toBeCloseTo(normalQuantile(0.9), 7);
    // Far tails keep their digits: scipy.special.stdtr.
    expect(studentTCdf(-40, 29) / 3.173438664864671e-27).toBeCloseTo(1, 10);
    expect(studentTCdf(-1000, 10) / 1.2304123550866357e-26).toBeCloseTo(1, 10);
    expect((studentTCdf(1e-6, 3) - 0.5) / 3.6755259694786e-7).toBeCloseTo(1, 6);
  });

  test('Clopper-Pearson covers at least as often as it says, at every true value', () => {
    for (const n of [5, 20, 61]) {
      const intervals = Array.from({ length: n + 1 }, (_, k) => clopperPearsonInterval(k, n));
      for (let p = 0.01; p < 1; p += 0.01) {
        let covered = 0;
        for (const [k, [low, high]] of intervals.entries()) {
          if (low <= p && p <= high) covered += binomialCdf(k, n, p) - binomialCdf(k - 1, n, p);
        }
        expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-9);
      }
    }
  });
});
