import type { ImageSource } from '../../core/problem.ts';
import { ParquetFault } from './parquet-fault.ts';
import { KeptImage } from './read-image-leaf.ts';

/** What an image column holds in one row. */
export interface ImageCell {
  /** Images whose bytes stand in the row, in order. */
  readonly images: readonly ImageSource[];
  /** What the row has in this column where it holds no bytes: a name, a list of names, `''`, or null. */
  readonly value: unknown;
}

/**
 * Tells the images of a cell from names of image files: `{bytes, path}`, bytes, text, null, or a list of these.
 *
 * @throws {ParquetFault} where some images of one cell have bytes and others only a name
 */
export function imageCell(cell: unknown): ImageCell {
  const items = (Array.isArray(cell) ? cell : [cell]).map(imageOrName);
  const images = items.flatMap((item) => (item instanceof KeptImage ? [item.source] : []));
  const names = items.filter((item) => typeof item === 'string');
  if (images.length > 0 && names.some((name) => name !== '')) {
    throw new ParquetFault('holds the bytes of one image and only the name of another');
  }
  return { images, value: Array.isArray(cell) ? names : (names[0] ?? null) };
}

function imageOrName(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || item instanceof KeptImage) return item;
  if ('bytes' in item && item.bytes instanceof KeptImage) return item.bytes;
  return 'path' in item && typeof item.path === 'string' ? item.path : null;
}
