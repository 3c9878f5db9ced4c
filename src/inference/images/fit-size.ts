import type { ImageLimits } from '../../core/run-record.ts';
import { maxAspectRatio, tokenSide } from './image-tokens.ts';

/** What an image becomes: scaled to `content`, then set on a white `canvas` that is larger only for extreme shapes. */
export interface FittedSize {
  readonly content: { readonly width: number; readonly height: number };
  readonly canvas: { readonly width: number; readonly height: number };
}

/**
 * The size at which an image is sent: its area inside the limits and its shape kept. Images beyond an aspect of 200
 * get white margins, because the model's processor refuses them; both sides end at 28 pixels or more even where
 * that breaks `maxPixels`.
 *
 * @param width - pixels of the upright image, at least 1
 */
export function fitSize(
  width: number,
  height: number,
  limits: Pick<ImageLimits, 'minPixels' | 'maxPixels'>,
): FittedSize {
  const padded = {
    width: Math.max(width, height / maxAspectRatio),
    height: Math.max(height, width / maxAspectRatio),
  };
  const pixels = padded.width * padded.height;
  let scale = 1;
  let rounding = Math.round;
  if (pixels > limits.maxPixels) {
    scale = Math.sqrt(limits.maxPixels / pixels);
    rounding = floorNearly;
  } else if (pixels < limits.minPixels) {
    scale = Math.sqrt(limits.minPixels / pixels);
    rounding = ceilNearly;
  }
  scale = Math.max(scale, tokenSide / Math.min(padded.width, padded.height));
  const content = { width: Math.max(1, rounding(width * scale)), height: Math.max(1, rounding(height * scale)) };
  return {
    content,
    canvas: {
      width: Math.max(content.width, tokenSide, Math.ceil(content.height / maxAspectRatio)),
      height: Math.max(content.height, tokenSide, Math.ceil(content.width / maxAspectRatio)),
    },
  };
}

/** Square roots leave 511.9999999 where 512 is meant. */
const noise = 1e-6;

function floorNearly(value: number): number {
  return Math.floor(value + noise);
}

function ceilNearly(value: number): number {
  return Math.ceil(value - noise);
}
