import { encode } from '../drawing/encode.ts';
import { publishedJson, type SampleFiles } from '../sample-files.ts';
import { pictureProblems } from './picture-problems.ts';
import { textProblems } from './text-problems.ts';

const firstId = 3001;

/** `olympiadbench_metadata.json`, a list, and `images/`; a problem has several pictures, one, or none. */
export async function olympiadbenchSample(): Promise<SampleFiles> {
  const files: SampleFiles = new Map();
  const rows: object[] = [];
  for (const [index, { sheets, ...row }] of [...textProblems, ...pictureProblems].entries()) {
    const id = firstId + index;
    const names: string[] = [];
    for (const [picture, sheet] of sheets.entries()) {
      const name = `${id}_${picture + 1}.jpg`;
      files.set(`images/${name}`, (await encode(sheet, { kind: 'jpeg' })).bytes);
      names.push(name);
    }
    rows.push({ id, context: null, ...row, image_paths: names.length === 0 ? ['invalid'] : names });
  }
  files.set('olympiadbench_metadata.json', publishedJson(rows));
  return files;
}
