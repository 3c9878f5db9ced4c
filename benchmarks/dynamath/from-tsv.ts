import { cellName, requiredText } from '../../src/problems/cell-values.ts';
import type { DataForm } from '../../src/problems/define-benchmark.ts';
import { officialRow } from './from-parquet.ts';

/** VLMEvalKit's table of all variants: `qid` is the seed, `varid` the variant. */
export const dynamathTsv: DataForm = {
  kind: 'tsv',
  columns: ['index', 'qid', 'varid', 'image', 'question', 'answer', 'answer_type', 'subject', 'knowledge_level'],
  images: ['image'],
  labels: ['DynaMath', 'DynaMath_noprompt'].map((label) => ({ label, split: 'all', rows: 5010 })),
  toOfficial: (row) =>
    officialRow(row, {
      seed: cellName(row, 'qid'),
      variant: cellName(row, 'varid'),
      answer: requiredText(row, 'answer'),
    }),
};
