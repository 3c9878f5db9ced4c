import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageTokens, smartResize } from '../../../src/inference/images/image-tokens.ts';

const reference = { minPixels: 262_144, maxPixels: 1_003_520 };

describe('imageTokens', () => {
  // Sizes worked out by hand from the processor's rule; 140x112 gave 20 image tokens on a real processor.
  test.for([
    [140, 112, undefined, 20],
    [28, 28, undefined, 4],
    [56, 56, undefined, 4],
    [280, 280, undefined, 100],
    [42, 28 * 30, undefined, 60],
    [70, 28 * 30, undefined, 60],
    [512, 512, reference, 19 * 19],
    [1000, 1000, reference, 35 * 35],
    [100, 100, reference, 19 * 19],
    [4000, 3000, reference, 41 * 30],
  ] as const)('%i x %i', ([width, height, limits, tokens]) => {
    expect(imageTokens(width, height, limits)).toBe(tokens);
  });

  test('sides are multiples of 28 and the area is inside the limits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 28, max: 5000 }), fc.integer({ min: 28, max: 5000 }), (width, height) => {
        fc.pre(Math.max(width, height) / Math.min(width, height) <= 100);
        const size = smartResize(width, height, reference);
        expect(size.width % 28).toBe(0);
        expect(size.height % 28).toBe(0);
        expect(size.width * size.height).toBeLessThanOrEqual(reference.maxPixels);
        expect(size.width * size.height).toBeGreaterThanOrEqual(reference.minPixels);
      }),
    );
  });
});
