import type { ImageLimits } from '../../core/run-record.ts';

/** Side in pixels of what becomes one token: a 14-pixel patch, merged two by two. */
export const tokenSide = 28;

/** The longest side may be this many times the shortest; the model's processor refuses more. */
export const maxAspectRatio = 200;

/** Pixel limits of the processor as Qwen2.5-VL ships it (preprocessor_config.json: 4 and 16,384 tokens). */
const shippedLimits = { minPixels: 4 * tokenSide ** 2, maxPixels: 16_384 * tokenSide ** 2 };

/**
 * The size to which Qwen2.5-VL's processor brings an image before it cuts it into patches: both sides multiples
 * of 28, the area inside the limits, the shape as near as that allows.
 *
 * @param width - pixels, at least 1; sides below 28 or an aspect above 200 are refused by the real processor
 * @see smart_resize in transformers, models/qwen2_vl/image_processing_qwen2_vl.py
 */
export function smartResize(
  width: number,
  height: number,
  limits: Pick<ImageLimits, 'minPixels' | 'maxPixels'> = shippedLimits,
): { width: number; height: number } {
  const across = tokensAlong(width, roundHalfToEven);
  const down = tokensAlong(height, roundHalfToEven);
  const pixels = across * down * tokenSide ** 2;
  let scale = 1;
  let rounding = roundHalfToEven;
  if (pixels > limits.maxPixels) {
    scale = Math.sqrt(limits.maxPixels / (width * height));
    rounding = Math.floor;
  } else if (pixels < limits.minPixels) {
    scale = Math.sqrt(limits.minPixels / (width * height));
    rounding = Math.ceil;
  }
  return {
    width: tokensAlong(width * scale, rounding) * tokenSide,
    height: tokensAlong(height * scale, rounding) * tokenSide,
  };
}

/** Tokens that one image takes in a Qwen2.5-VL prompt, without the two that frame it. */
export function imageTokens(
  width: number,
  height: number,
  limits?: Pick<ImageLimits, 'minPixels' | 'maxPixels'>,
): number {
  const resized = smartResize(width, height, limits);
  return (resized.width * resized.height) / tokenSide ** 2;
}

function tokensAlong(side: number, rounding: (value: number) => number): number {
  return Math.max(1, rounding(side / tokenSide));
}

/** Python's rounding, which the processor uses: a half goes to the even neighbour. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
