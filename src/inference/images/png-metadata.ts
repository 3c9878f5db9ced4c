import { inflateSync } from 'node:zlib';
import { systemErrorCode } from '../../core/errors.ts';

const signatureBytes = 8;
/** Bytes that one deflated byte becomes at most. */
const mostRatio = 1032;
/** Damaged texts that may have become this many times what is allowed are not gone through further. */
const mostTimes = 4;
const latin1 = new TextDecoder('latin1');

/**
 * How long the texts and colour profiles of a PNG file become when they are inflated. Decoders of pixels pass over them,
 * but a program that the file is sent to may inflate them all. Damaged ones do not count, unless going through them
 * takes too long.
 *
 * @param most - counting ends here; the result is then larger than this
 */
export function pngMetadataBytes(png: Uint8Array, most: number): number {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let total = 0;
  let inVain = 0;
  for (let at = signatureBytes; at + 8 <= png.length && total <= most; ) {
    const start = at + 8;
    const end = start + view.getUint32(at);
    const compressedAt = compressedStart(latin1.decode(png.subarray(at + 4, start)), png.subarray(start, end));
    at = end + 4;
    if (compressedAt === undefined) continue;
    const compressed = png.subarray(start + compressedAt, end);
    const length = inflatedBytes(compressed, most - total);
    total += length ?? 0;
    if (length === undefined) inVain += Math.min(compressed.length * mostRatio, most);
    if (inVain > mostTimes * most) return most + 1;
  }
  return total;
}

/** Where the deflated part of a chunk begins; undefined for chunks without one and for pixels. */
function compressedStart(type: string, data: Uint8Array): number | undefined {
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 0) return undefined;
  if (type === 'zTXt' || type === 'iCCP') return keywordEnd + 2;
  if (type !== 'iTXt' || data[keywordEnd + 1] !== 1) return undefined;
  const languageEnd = data.indexOf(0, keywordEnd + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  return translatedEnd < 0 ? undefined : translatedEnd + 1;
}

/** Undefined where it is damaged; how much it became before that showed is not known. */
function inflatedBytes(compressed: Uint8Array, most: number): number | undefined {
  try {
    return inflateSync(compressed, { maxOutputLength: most + 1 }).length;
  } catch (error) {
    // That it is damaged matters to no pixel.
    return systemErrorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? most + 1 : undefined;
  }
}
