import { z } from 'zod';
import { defineBenchmark, singleFile } from '../../src/problems/define-benchmark.ts';
import { hallusionbenchParquet } from './from-parquet.ts';

const digits = z.union([z.string().regex(/^\d+$/), z.int().min(0)]).transform(String);

/** Questions of yes or no on figures, on edited figures, and on no figure at all: does a model look, or does it know? */
export const hallusionbench = defineBenchmark({
  name: 'hallusionbench',
  title: 'HallusionBench',
  onlyWhenNamed: true,
  source: {
    url: 'https://github.com/tianyi-lab/HallusionBench',
    revision: '89db6019',
    license: 'BSD 3-Clause',
    hub: { dataset: 'lmms-lab/HallusionBench', files: ['data/image-*.parquet', 'data/non_image-*.parquet'] },
  },
  splits: {
    all: singleFile({ files: ['HallusionBench.json', 'hallubench/HallusionBench.json'], shape: 'array', rows: 1129 }),
  },
  defaultSplit: 'all',
  imageFolders: ['images', 'hallusion_bench', '.'],
  facets: ['category', 'subcategory', 'input', 'figure', 'question'],
  forms: [hallusionbenchParquet],
  metrics: ['consistency'],
  crossFacets: [['category', 'input']],
  row: z.object({
    category: z.string().min(1),
    subcategory: z.string().min(1),
    set_id: digits,
    figure_id: digits,
    question_id: digits,
    question: z.string().min(1),
    gt_answer: z.union([z.enum(['0', '1']), z.literal([0, 1])]).transform(String),
    filename: z.string().nullish(),
  }),
  problem: (row) => {
    const set = `${row.category}_${row.subcategory}_${row.set_id}`;
    const image = row.filename ?? '';
    return {
      // The three numbers alone occur in several categories.
      id: `${set}_${row.figure_id}_${row.question_id}`,
      group: set,
      question: row.question,
      prompt: askedForABox(row.question),
      images: image === '' ? [] : [image.replace(/^\.\//, '')],
      choices: [],
      answer: row.gt_answer === '1' ? 'yes' : 'no',
      policy: { type: 'yes-no' },
      facets: {
        category: row.category,
        subcategory: row.subcategory,
        input: image === '' ? 'no image' : 'image',
        figure: row.figure_id,
        question: row.question_id,
      },
    };
  },
});

/** The question up to its first question mark, with the request for a box to the letter as the reference evaluation has it. */
function askedForABox(question: string): string {
  const [first = question] = question.split('?');
  return `${first}? You final answer can only be \\boxed{yes} or \\boxed{no}.`;
}
