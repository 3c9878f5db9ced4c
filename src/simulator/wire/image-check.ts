import { crc32 } from 'node:zlib';
import { ApiError } from './api-error.ts';

/** What the server knows of an image that it accepted. */
export interface KnownImage {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

/** vLLM's VLLM_MAX_IMAGE_PIXELS. */
const mostPixels = 178_956_970;
/** The processor's smallest side in pixels, which newer versions no longer insist on, and its largest ratio of the sides. */
const smallestSide = 28;
const largestAspect = 200;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Accepts or refuses an image: its header is read by the decoder, PNG data is checked against its own checksums, and
 * JPEG data must reach its end mark. The pixels are not needed, so they are not decoded.
 *
 * @param hash - SHA-256 of the bytes
 * @throws {ApiError} 400 as vLLM words it
 */
export async function checkImage(bytes: Buffer, hash: string): Promise<KnownImage> {
  const { width, height } = await readSize(bytes);
  if (width * height > mostPixels) {
    throw loadError(`image has ${width * height} pixels, more than the limit of ${mostPixels}`);
  }
  const [shorter, longer] = width < height ? [width, height] : [height, width];
  if (shorter < smallestSide || longer / shorter > largestAspect) {
    throw new ApiError(
      400,
      `Failed to apply Qwen2_5_VLProcessor on data={'images': [<PIL.Image.Image image mode=RGB size=${width}x${height}>]} with kwargs={'do_normalize': False, 'do_rescale': False, 'return_tensors': 'pt'}`,
    );
  }
  return { sha256: hash, width, height };
}

function loadError(reason: string): ApiError {
  return new ApiError(400, `Failed to load image: ${reason}`);
}

async function readSize(bytes: Buffer): Promise<{ width: number; height: number }> {
  // The decoder costs 50 ms to load, which start-up need not pay.
  const { default: sharp } = await import('sharp');
  let size: { format?: string; width?: number; height?: number };
  try {
    size = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw loadError('cannot identify image file <_io.BytesIO object>');
  }
  const { format, width, height } = size;
  if (!width || !height) throw loadError('cannot identify image file <_io.BytesIO object>');
  if (format === 'png' && !isWholePng(bytes)) throw loadError('image file is truncated');
  if (format === 'jpeg' && !endsAsJpeg(bytes)) throw loadError('image file is truncated');
  return { width, height };
}

/** Whether all chunks up to the end chunk are there with right checksums. */
function isWholePng(bytes: Buffer): boolean {
  if (!bytes.subarray(0, 8).equals(pngSignature)) return false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return false;
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true;
    at = end + 4;
  }
  return false;
}

/** Whether the end-of-image mark stands near the end; some writers pad behind it. */
function endsAsJpeg(bytes: Buffer): boolean {
  return bytes.subarray(-1024).includes(Buffer.from([0xff, 0xd9]));
}
