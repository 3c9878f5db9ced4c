import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ImageLooker, LookedAt } from '../checking/check-images.ts';
import { sha256 } from '../core/canonical-json.ts';
import type { ImageSource } from '../core/problem.ts';
import type { ImageLimits } from '../core/run-record.ts';
import { ImageError } from '../inference/images/image-error.ts';
import { readSource, sourceName, sourceState } from '../inference/images/image-source.ts';
import { ImageStore } from '../inference/images/image-store.ts';
import { readHeader } from '../inference/images/prepare-image.ts';

/**
 * Opens images as asking does: prepares each one in the cache, where the next check and the evaluation find it; or
 * reads headers only.
 *
 * @param cacheRoot - absolute
 */
export function createLooker(
  kind: 'decode' | 'headers',
  cacheRoot: string,
  limits: ImageLimits,
  onLooked: (done: number, total: number) => void,
): ImageLooker {
  const concurrency = Math.max(2, Math.min(8, availableParallelism()));
  return {
    concurrency,
    onLooked,
    look: kind === 'headers' ? (source) => outcome(() => headerOf(source)) : decoder(cacheRoot, limits, concurrency),
  };
}

function decoder(cacheRoot: string, limits: ImageLimits, concurrency: number): ImageLooker['look'] {
  const store = new ImageStore({ folder: join(cacheRoot, 'images'), limits, concurrency });
  return (source) => outcome(async () => (await store.prepare(source)).sha256);
}

async function headerOf(source: ImageSource): Promise<string> {
  await sourceState(source);
  const bytes = await readSource(source);
  await readHeader(bytes, sourceName(source));
  return sha256(bytes);
}

async function outcome(contentOf: () => Promise<string>): Promise<LookedAt> {
  try {
    return { content: await contentOf() };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { problem: error.code === 'image_missing' ? 'missing' : 'unreadable', reason: error.message };
  }
}
