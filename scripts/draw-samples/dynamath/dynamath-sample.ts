import { encode } from '../drawing/encode.ts';
import type { SampleFiles } from '../sample-files.ts';
import { publishedJson } from '../sample-files.ts';
import { seededRandom } from '../seeded-random.ts';
import { coneVolume } from './cone-seed.ts';
import type { DynamathSeed } from './dynamath-seed.ts';
import { connectedNetwork } from './network-seed.ts';
import { rainDifference, steepestMonth } from './statistics-seeds.ts';

const seeds: readonly DynamathSeed[] = [rainDifference, connectedNetwork, steepestMonth, coneVolume];
const variants = 10;

/** `10trials/trial<n>/dataset.json`, an object by seed number, and `10trials/trial<n>/image/image<seed>.png`. */
export async function dynamathSample(): Promise<SampleFiles> {
  const files: SampleFiles = new Map();
  for (let number = 1; number <= variants; number++) {
    const folder = `10trials/trial${number}`;
    const rows: Record<string, object> = {};
    for (const [index, seed] of seeds.entries()) {
      const id = index + 1;
      const { question, answer, sheet } = seed.variant(seededRandom(id * 1000 + number), number);
      const image = `image/image${id}.png`;
      rows[id] = { question, answer, image, answer_type: seed.answerType, subject: seed.subject, level: seed.level };
      files.set(`${folder}/${image}`, (await encode(sheet, seed.form)).bytes);
    }
    files.set(`${folder}/dataset.json`, publishedJson(rows));
  }
  return files;
}
