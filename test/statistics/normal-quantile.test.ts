import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../src/statistics/normal-quantile.ts';

describe('normalQuantile', () => {
  test('agrees with Python 3.11 statistics.NormalDist().inv_cdf in the centre and far out', () => {
    const known: [number, number][] = [
      [0.5, 0],
      [0.6, 0.2533471031357998],
      [0.925, 1.439531470938456],
      [0.9251, 1.4402382675279632],
      [0.975, 1.9599639845400536],
      [0.995, 2.5758293035489],
      [1e-6, -4.753424308822899],
      [1e-10, -6.361340902404056],
      [1e-15, -7.941345326170995],
      [1e-40, -13.310921371425172],
      [1e-300, -37.0470962993612],
    ];
    for (const [probability, z] of known) {
      expect(Math.abs(normalQuantile(probability) - z), String(probability)).toBeLessThanOrEqual(1e-12 * Math.abs(z));
    }
  });

  test('is odd about one half and rises, also where its three ranges meet', () => {
    const probability = fc.double({ min: 1e-12, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(probability, probability, (left, right) => {
        // 1 − p is rounded, so far out the two tails agree only as well as 1 − p is known.
        const z = normalQuantile(left);
        expect(normalQuantile(1 - left)).toBeCloseTo(-z, 3);
        if (left < right) expect(z).toBeLessThanOrEqual(normalQuantile(right));
      }),
    );
    for (const edge of [0.075, Math.exp(-25)]) {
      expect(normalQuantile(edge * (1 - 1e-9))).toBeLessThan(normalQuantile(edge * (1 + 1e-9)));
    }
  });

  test.for([0, 1, -0.1, 1.1, Number.NaN])('refuses %s', (probability) => {
    expect(() => normalQuantile(probability)).toThrow(RangeError);
  });
});
