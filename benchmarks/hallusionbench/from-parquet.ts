import { cellName, cellText, requiredText } from '../../src/problems/cell-values.ts';
import type { DataForm } from '../../src/problems/define-benchmark.ts';

/** The Parquet files of lmms-lab/HallusionBench: the official fields, in one table with pictures and one without. */
export const hallusionbenchParquet: DataForm = {
  kind: 'parquet',
  columns: ['category', 'subcategory', 'set_id', 'figure_id', 'question_id', 'question', 'gt_answer'],
  images: ['image'],
  labels: [
    { label: 'image', split: 'all', rows: 951, facets: { input: 'image' } },
    { label: 'non_image', split: 'all', rows: 178, facets: { input: 'no image' } },
  ],
  toOfficial: (row, { facets }) => ({
    category: requiredText(row, 'category'),
    subcategory: requiredText(row, 'subcategory'),
    set_id: cellName(row, 'set_id'),
    figure_id: cellName(row, 'figure_id'),
    question_id: cellName(row, 'question_id'),
    question: requiredText(row, 'question'),
    gt_answer: cellName(row, 'gt_answer'),
    filename: facets['input'] === 'no image' ? null : cellText(row, 'filename'),
  }),
};
