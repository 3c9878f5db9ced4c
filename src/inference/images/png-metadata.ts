import { inflateSync } from 'node:zlib';
import { systemErrorCode } from '../../core/errors.ts';

const signatureBytes = 8;
const latin1 = new TextDecoder('latin1');

/**
 * How long the texts and colour profiles of a PNG file become when they are inflated. Decoders of pixels pass over them,
 * but a program that the file is sent to may inflate them all.
 *
 * @param most - counting ends here; the result is then larger than this
 */
export function pngMetadataBytes(png: Uint8Array, most: number): number {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let total = 0;
  for (let at = signatureBytes; at + 8 <= png.length && total <= most; ) {
    const start = at + 8;
    const end = start + view.getUint32(at);
    const compressedAt = compressedStart(latin1.decode(png.subarray(at + 4, start)), png.subarray(start, end));
    if (compressedAt !== undefined) total += inflatedBytes(png.subarray(start + compressedAt, end), most - total);
    at = end + 4;
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

function inflatedBytes(compressed: Uint8Array, most: number): number {
  try {
    return inflateSync(compressed, { maxOutputLength: most + 1 }).length;
  } catch (error) {
    // What cannot be inflated takes no memory anywhere; that it is damaged matters to no pixel.
    return systemErrorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? most + 1 : 0;
  }
}
