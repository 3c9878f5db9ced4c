import sharp from 'sharp';
import { ImageStore } from '../../../src/inference/images/image-store.ts';

/** Prepares the sources given as JSON and prints how each ended and how much memory all of it took at most. */
const [folder, sources] = process.argv.slice(2);
const store = new ImageStore({
  folder: folder ?? '',
  limits: { minPixels: 262_144, maxPixels: 1_003_520, maxImages: 10 },
});
await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
  .png()
  .toBuffer();
const before = process.resourceUsage().maxRSS;
const ends: object[] = [];
for (const source of JSON.parse(sources ?? '')) {
  try {
    await store.prepare(source);
    ends.push({ prepared: true });
  } catch (error) {
    const { name, message, code } = error as Error & { code: string };
    ends.push({ name, message, code });
  }
}
const growthMb = (process.resourceUsage().maxRSS - before) / 1024;
console.log(JSON.stringify({ ends, growthMb }));
