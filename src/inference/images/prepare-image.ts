import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { errorMessage } from '../../core/errors.ts';
import type { ImageLimits } from '../../core/run-record.ts';
import { isImage } from '../../problems/embedded-images.ts';
import { type FittedSize, fitSize } from './fit-size.ts';
import { ImageError } from './image-error.ts';
import { otherContent } from './other-content.ts';
import { pngMetadataBytes } from './png-metadata.ts';

/** Changes whenever the same source could give other bytes, so that a cache never mixes two preparations. */
export const preparationVersion = 'rgb-png/2';

/** Pixels above which an image is refused unread; vLLM draws the same line (VLLM_MAX_IMAGE_PIXELS). */
const mostPixels = 178_956_970;

/** Frames of an animation or pages of a document above which it is no picture; only the first is sent. */
const mostFrames = 1000;

/** A picture within the limits may still carry megabytes of metadata; beyond this it is written anew. */
const mostUnchangedBytes = 8 * 1024 * 1024;

/** Texts and profiles that inflate to more than this make a server's decoder refuse a PNG (Pillow's MAX_TEXT_MEMORY). */
const mostMetadataBytes = 64 * 1024 * 1024;

/** A PNG whose texts and profiles inflate to more is written anew (Pillow refuses a single one: MAX_TEXT_CHUNK). */
const mostUnchangedMetadataBytes = 1024 * 1024;

/** Told by content. SVG is left out: it may point at other files. */
const knownFormats = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);

export interface PreparedBytes {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

/**
 * Makes the picture that is sent: upright, 8-bit RGB on white, its area inside the limits. Scaling is bicubic, as in
 * the trainer. A source that is all of this already is passed on unchanged, after it was decoded once to be sure.
 *
 * @param name - how messages call the image, usually its path
 * @throws {ImageError} `image_unreadable`
 */
export async function prepareImage(bytes: Uint8Array, name: string, limits: ImageLimits): Promise<PreparedBytes> {
  try {
    const metadata = await readHeader(bytes, name);
    const { width, height } = metadata.autoOrient;
    const size = fitSize(width, height, limits);
    const unscaled = size.canvas.width === width && size.canvas.height === height;
    const isLean = metadataBytes(metadata, bytes, name) <= mostUnchangedMetadataBytes;
    if (unscaled && isLean && isPlain(metadata, bytes)) {
      await (await open(bytes, metadata)).raw().toBuffer();
      return { bytes, mediaType: metadata.format === 'jpeg' ? 'image/jpeg' : 'image/png', width, height };
    }
    const png = await redraw(await open(bytes, metadata), size);
    return { bytes: png, mediaType: 'image/png', ...size.canvas };
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError(
      'image_unreadable',
      `The image ${name} cannot be decoded: ${oneLine(errorMessage(error))}.`,
      error,
    );
  }
}

/** Length that texts and profiles inflate to; 0 for formats that do not compress them. */
function metadataBytes({ format }: Metadata, bytes: Uint8Array, name: string): number {
  const length = format === 'png' ? pngMetadataBytes(bytes, mostMetadataBytes) : 0;
  if (length <= mostMetadataBytes) return length;
  throw new ImageError(
    'image_unreadable',
    `The image ${name} carries texts or a colour profile that inflate to more than ${mostMetadataBytes} bytes.`,
  );
}

/** Width and height of a prepared file; nothing is decoded. */
export async function imageSize(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  const { width, height } = await (await sharpOf(bytes, { limitInputPixels: mostPixels })).metadata();
  return { width, height };
}

/**
 * What the beginning of an image says; no pixel is decoded.
 *
 * @param name - how messages call the image, usually its path
 * @throws {ImageError} `image_unreadable` for what is no image in a known format, or too large for one
 */
export async function readHeader(bytes: Uint8Array, name: string): Promise<Metadata> {
  // Told by its first bytes before any decoder sees it: those for drawings and documents do much more than decode.
  if (!isImage(bytes)) throw new ImageError('image_unreadable', `The file ${name} ${otherContent(bytes)}.`);
  let metadata: Metadata;
  try {
    metadata = await (await sharpOf(bytes, { limitInputPixels: false })).metadata();
  } catch (error) {
    throw new ImageError('image_unreadable', `The file ${name} is not an image in a known format.`, error);
  }
  if (!knownFormats.has(metadata.format)) {
    throw new ImageError('image_unreadable', `The file ${name} is ${metadata.format}, which is not sent as an image.`);
  }
  if ((metadata.pages ?? 1) > mostFrames) {
    throw new ImageError(
      'image_unreadable',
      `The image ${name} has ${metadata.pages} frames or pages, of ${mostFrames} at most; only the first would be sent.`,
    );
  }
  if (metadata.width * metadata.height > mostPixels) {
    const size = `${metadata.width} x ${metadata.height}`;
    throw new ImageError(
      'image_unreadable',
      `The image ${name} is too large: ${size} pixels, of ${mostPixels} at most.`,
    );
  }
  return metadata;
}

async function open(bytes: Uint8Array, metadata: Metadata): Promise<Sharp> {
  // The model's processor does not look at colour profiles, but CMYK means nothing without its own.
  const ignoreIcc = metadata.space !== 'cmyk';
  return sharpOf(bytes, { limitInputPixels: mostPixels, failOn: 'error', autoOrient: true, ignoreIcc });
}

async function redraw(image: Sharp, { content, canvas }: FittedSize): Promise<Uint8Array> {
  const right = canvas.width - content.width;
  const bottom = canvas.height - content.height;
  const drawn = image
    .flatten({ background: 'white' })
    .resize({ ...content, fit: 'fill', kernel: 'cubic', fastShrinkOnLoad: false });
  if (right > 0 || bottom > 0) drawn.extend({ right, bottom, background: 'white' });
  return drawn.toColourspace('srgb').removeAlpha().png({ compressionLevel: 3, palette: false }).toBuffer();
}

/** Already what a redrawing would give, pixel for pixel. */
function isPlain(metadata: Metadata, bytes: Uint8Array): boolean {
  return (
    (metadata.format === 'jpeg' || metadata.format === 'png') &&
    metadata.space === 'srgb' &&
    metadata.depth === 'uchar' &&
    metadata.channels === 3 &&
    !metadata.hasAlpha &&
    !metadata.isPalette &&
    (metadata.orientation ?? 1) === 1 &&
    bytes.length <= mostUnchangedBytes
  );
}

/** Loaded when the first image is read, so that commands without images do not pay for it. */
let loaded: Promise<typeof import('sharp').default> | undefined;

async function sharpOf(bytes: Uint8Array, options: SharpOptions): Promise<Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    // Images run beside each other; threads inside one and a cache of pixels would only add memory.
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return (await loaded)(bytes, options);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}
