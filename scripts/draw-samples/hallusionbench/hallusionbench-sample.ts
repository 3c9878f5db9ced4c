import { encode } from '../drawing/encode.ts';
import { publishedJson, type SampleFiles } from '../sample-files.ts';
import { type FigureSet, figureSets } from './figure-sets.ts';

/** `HallusionBench.json`, a list, and `images/<category>/<subcategory>/<set>_<figure>.png`. */
export async function hallusionbenchSample(): Promise<SampleFiles> {
  const files: SampleFiles = new Map();
  const rows: object[] = [];
  for (const set of figureSets) {
    for (const [figure, { sheet }] of set.figures.entries()) {
      const name = `${set.category}/${set.subcategory}/0_${figure}.png`;
      if (sheet !== undefined) files.set(`images/${name}`, (await encode(sheet, { kind: 'png' })).bytes);
      rows.push(...rowsOf(set, figure, sheet === undefined ? undefined : `./${name}`));
    }
  }
  files.set('HallusionBench.json', publishedJson(rows));
  return files;
}

/** Rows without a picture leave the file name out, or have null for it: both occur. */
function rowsOf(set: FigureSet, figure: number, filename: string | undefined): object[] {
  return set.questions.map((question, index) => {
    const isTrue = set.figures[figure]?.answers[index] === true;
    const isEdited = figure > 0;
    return {
      category: set.category,
      subcategory: set.subcategory,
      visual_input: filename === undefined ? '0' : isEdited ? '2' : '1',
      set_id: '0',
      figure_id: String(figure),
      sample_note: set.note,
      question_id: String(index),
      question,
      gt_answer_details: isTrue ? 'Yes.' : 'No.',
      gt_answer: isTrue ? '1' : '0',
      ...(filename === undefined ? (index === 0 ? {} : { filename: null }) : { filename }),
    };
  });
}
