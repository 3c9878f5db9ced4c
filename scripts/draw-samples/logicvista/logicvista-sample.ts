import { encode } from '../drawing/encode.ts';
import { publishedJson, type SampleFiles } from '../sample-files.ts';
import { patternProblems } from './pattern-problems.ts';
import { reasoningProblems } from './reasoning-problems.ts';

/** `dataset.json`, an object by id, and `images/<id>.png`. */
export async function logicvistaSample(): Promise<SampleFiles> {
  const files: SampleFiles = new Map();
  const rows: Record<string, object> = {};
  for (const [index, { sheet, skill, ...row }] of [...patternProblems, ...reasoningProblems].entries()) {
    const id = `v1_${index}`;
    files.set(`images/${id}.png`, (await encode(sheet, { kind: 'png' })).bytes);
    rows[id] = { imagename: `${id}.png`, ...row, skill: [skill], imagesource: 'drawn', sourcelink: '' };
  }
  files.set('dataset.json', publishedJson(rows));
  return files;
}
