import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ImageSource } from '../core/problem.ts';

const beginnings: readonly (readonly [start: string, format: string])[] = [
  ['\x89PNG', 'PNG'],
  ['\xff\xd8\xff', 'JPEG'],
  ['GIF8', 'GIF'],
  ['RIFF', 'WebP'],
  ['BM', 'BMP'],
];

const endings: Readonly<Record<string, string>> = {
  '.png': 'PNG',
  '.jpg': 'JPEG',
  '.jpeg': 'JPEG',
  '.gif': 'GIF',
  '.webp': 'WebP',
  '.bmp': 'BMP',
};

/**
 * Says it where the content of a file is another format than its ending: `JPEG named .png`. Members of zip files and
 * names without ending say nothing.
 *
 * @param source - a file that exists
 */
export async function misnamedAs({ path, member }: ImageSource): Promise<string | undefined> {
  const ending = extname(path).toLowerCase();
  const named = endings[ending];
  if (named === undefined || member !== undefined) return undefined;
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const start = buffer.toString('latin1', 0, bytesRead);
    const format = beginnings.find(([beginning]) => start.startsWith(beginning))?.[1];
    return format === undefined || format === named ? undefined : `${format} named ${ending}`;
  } finally {
    await file.close();
  }
}
