import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';

const total = fc.integer({ min: 1, max: 20_000 });
const proportion = fc.double({ min: 0, max: 1, noNaN: true });

describe('wilsonInterval', () => {
  test('stays in [0, 1] and contains the proportion', () => {
    fc.assert(
      fc.property(total, proportion, (n, p) => {
        const [low, high] = wilsonInterval(p, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low <= p && p <= high && low < high).toBe(true);
      }),
    );
  });

  test('mirrors when right and wrong change places', () => {
    fc.assert(
      fc.property(total, fc.nat(), (n, some) => {
        const right = some % (n + 1);
        const [low, high] = wilsonInterval(right / n, n);
        const [mirroredLow, mirroredHigh] = wilsonInterval((n - right) / n, n);
        expect(mirroredLow).toBeCloseTo(1 - high, 12);
        expect(mirroredHigh).toBeCloseTo(1 - low, 12);
      }),
    );
  });

  test('narrows with more observations and widens with more confidence', () => {
    const width = (interval: readonly [number, number]) => interval[1] - interval[0];
    fc.assert(
      fc.property(total, proportion, (n, p) => {
        expect(width(wilsonInterval(p, n * 1.5))).toBeLessThan(width(wilsonInterval(p, n)));
        expect(width(wilsonInterval(p, n, 0.99))).toBeGreaterThan(width(wilsonInterval(p, n)));
      }),
    );
  });

  test('none of 10 is 0 to 27.75 %, all of 10 the mirror; the sharp end is exact', () => {
    expect(wilsonInterval(0, 10)[0]).toBe(0);
    expect(wilsonInterval(0, 10)[1]).toBeCloseTo(0.2775327998628892, 12);
    expect(wilsonInterval(1, 10)[1]).toBe(1);
  });

  test('refuses no observations and what is no proportion', () => {
    expect(() => wilsonInterval(0, 0)).toThrow(RangeError);
    expect(() => wilsonInterval(Number.NaN, 5)).toThrow(RangeError);
    expect(() => wilsonInterval(1.2, 5)).toThrow(RangeError);
    expect(() => wilsonInterval(0.5, 5, 1)).toThrow(RangeError);
  });
});
