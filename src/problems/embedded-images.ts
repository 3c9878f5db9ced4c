import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sha256 } from '../core/canonical-json.ts';
import { SynthrlError } from '../core/errors.ts';
import type { ImageSource } from '../core/problem.ts';
import { writeWholeFile } from '../core/write-file.ts';

/**
 * Keeps the bytes of an image that stands in a row, and says where. Empty bytes are a missing image, which is left for
 * asking time.
 *
 * @param place - for people: file and row
 * @throws {SynthrlError} `DATA_INVALID` naming the place where the bytes are no image or too many
 */
export type KeepImage = (bytes: Uint8Array, place: string) => ImageSource | Promise<ImageSource>;

/** The largest image of the known data sets has 20 MB. */
const mostImageBytes = 256 * 1024 * 1024;

/**
 * Keeps images by content: `<folder>/<sha256>`, whole or not at all, each once. The folder is made with the first.
 *
 * @param folder - usually `<cache root>/embedded`
 */
export function openEmbeddedImages(folder: string): KeepImage {
  const known = new Set<string>();
  return (bytes, place) => {
    if (bytes.length === 0) return missingImage(place);
    if (bytes.length > mostImageBytes) {
      throw invalid(place, `has an image of ${bytes.length} bytes; ${mostImageBytes} are read at most`);
    }
    if (!isImage(bytes)) throw invalid(place, 'has bytes where an image should be that are no image');
    const path = join(resolve(folder), sha256(bytes));
    if (!known.has(path) && statSync(path, { throwIfNoEntry: false })?.size !== bytes.length) {
      writeWholeFile(path, bytes);
    }
    known.add(path);
    return { path };
  };
}

const noImage = ' (no image in the row)';

/** Stands for an image that a row should carry and does not: no file has this path, and its text says why. */
export function missingImage(place: string): ImageSource {
  return { path: `${place}${noImage}` };
}

/** Whether a source stands for an image that its row does not have. */
export function isMissing({ path }: ImageSource): boolean {
  return path.endsWith(noImage);
}

/** Beginnings by which formats are told; each byte is one character. */
const beginnings: readonly string[] = [
  '\x89PNG\r\n\x1a\n',
  '\xff\xd8\xff',
  'GIF87a',
  'GIF89a',
  'BM',
  'II*\0',
  'MM\0*',
  'II+\0',
  'MM\0+',
];

/** Whether bytes begin as those of a PNG, JPEG, GIF, BMP, TIFF, WebP, HEIF or AVIF image do. */
export function isImage(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  if (beginnings.some((beginning) => start.startsWith(beginning))) return true;
  if (start.startsWith('RIFF')) return start.slice(8, 12) === 'WEBP';
  return start.slice(4, 8) === 'ftyp' && /^(avi[fs]|he[ivsx]{2}|hei[cmsx]|mif1|msf1)/.test(start.slice(8));
}

function invalid(place: string, what: string): SynthrlError {
  return new SynthrlError('DATA_INVALID', `${place} ${what}.`, {
    hint: 'Restore the published file, or correct the row.',
  });
}
