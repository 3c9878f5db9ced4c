import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeepImage } from '../../../src/problems/embedded-images.ts';
import { dataFolder } from '../temporary-data.ts';

/** A file `table.tsv` in a temporary folder. */
export function tableFile(content: string | Buffer): string {
  const path = join(dataFolder(), 'table.tsv');
  writeFileSync(path, content);
  return path;
}

/** Keeps images by the hash of their bytes, and remembers them in order. */
export function keepInMemory(): {
  readonly kept: { readonly bytes: Buffer; readonly sha256: string; readonly place: string }[];
  readonly keepImage: KeepImage;
} {
  const kept: { bytes: Buffer; sha256: string; place: string }[] = [];
  const keepImage: KeepImage = (bytes, place) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    kept.push({ bytes: Buffer.from(bytes), sha256, place });
    return { path: sha256 };
  };
  return { kept, keepImage };
}

/** Bytes that begin as a PNG image does. */
export function pngOf(bytes: number): Buffer {
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, Buffer.from(Array.from({ length: bytes - 8 }, (_, at) => (at * 37 + bytes) % 256))]);
}
