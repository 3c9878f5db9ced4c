import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passAtK } from '../../src/statistics/pass-at-k.ts';

/** By counting: the share of k-subsets of n samples, c of them right, that hold a right one. */
function byCounting(samples: number, right: number, k: number): number {
  let subsets = 0;
  let hits = 0;
  for (let mask = 0; mask < 1 << samples; mask += 1) {
    const members = Array.from({ length: samples }, (_, at) => at).filter((at) => mask & (1 << at));
    if (members.length !== k) continue;
    subsets += 1;
    if (members.some((at) => at < right)) hits += 1;
  }
  return hits / subsets;
}

describe('passAtK', () => {
  test('equals the share of k-subsets with a right sample, for all n up to 7', () => {
    for (let samples = 1; samples <= 7; samples += 1) {
      for (let right = 0; right <= samples; right += 1) {
        for (let k = 1; k <= samples; k += 1) {
          expect(passAtK(samples, right, k)).toBeCloseTo(byCounting(samples, right, k), 12);
        }
      }
    }
  });

  test('is the mean for k = 1 and never falls with k', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.nat(), fc.nat(), (samples, some, other) => {
        const right = some % (samples + 1);
        const k = 1 + (other % (samples - 1));
        expect(passAtK(samples, right, 1)).toBeCloseTo(right / samples, 12);
        expect(passAtK(samples, right, k + 1)).toBeGreaterThanOrEqual(passAtK(samples, right, k) - 1e-12);
      }),
    );
  });

  test('refuses more samples than there are', () => {
    expect(() => passAtK(3, 1, 4)).toThrow(RangeError);
    expect(() => passAtK(3, 1, 0)).toThrow(RangeError);
  });
});
