import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { ImageStore } from '../../src/inference/images/image-store.ts';
import type { SpeedRow } from './dispatch.ts';

const limits = { minPixels: 262_144, maxPixels: 1_003_520, maxImages: 10 };

/** Images prepared per second: figures that are scaled up, photographs that are scaled down, and all again from the cache. */
export async function measureImages(count = 60): Promise<SpeedRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'synthrl-speed-images-'));
  try {
    const figures = await draw(folder, 'figure', count, 400, 300, 'png');
    const photographs = await draw(folder, 'photograph', count, 1600, 1200, 'jpeg');
    const cache = join(folder, 'cache');
    return [
      await measure('figures of 400 x 300 prepared', figures, cache),
      await measure('photographs of 1600 x 1200 prepared', photographs, cache),
      await measure('known images found, as a second checkpoint does', [...figures, ...photographs], cache),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(name: string, paths: readonly string[], cache: string): Promise<SpeedRow> {
  const store = new ImageStore({ folder: cache, limits });
  const startedAt = performance.now();
  await Promise.all(paths.map((path) => store.prepare({ path })));
  const seconds = (performance.now() - startedAt) / 1000;
  return { measure: name, value: paths.length / seconds, unit: 'images per second', n: paths.length };
}

/** Lines and text on white, or a coloured gradient with them, each a little different. */
async function draw(
  folder: string,
  name: string,
  count: number,
  width: number,
  height: number,
  format: 'png' | 'jpeg',
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const lines = Array.from({ length: 40 }, (_, line) => {
      const x = ((line * 37 + at * 11) % 100) / 100;
      return `<line x1="${x * width}" y1="0" x2="${(1 - x) * width}" y2="${height}" stroke="hsl(${line * 9},80%,40%)"/>`;
    });
    const ground =
      format === 'png'
        ? '<rect width="100%" height="100%" fill="#fff"/>'
        : '<rect width="100%" height="100%" fill="url(#g)"/>';
    const gradient =
      '<linearGradient id="g"><stop stop-color="#fc8"/><stop offset="1" stop-color="#48f"/></linearGradient>';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${gradient}${ground}${lines.join('')}</svg>`;
    const path = join(folder, `${name}-${at}.${format}`);
    writeFileSync(path, await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).toFormat(format).toBuffer());
    paths.push(path);
  }
  return paths;
}
