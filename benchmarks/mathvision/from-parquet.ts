import { cellInteger, cellList, cellName, cellText, requiredText } from '../../src/problems/cell-values.ts';
import type { DataForm } from '../../src/problems/define-benchmark.ts';

/** The Parquet files of MathLLMs/MathVision: the official fields, and the picture beside its name. */
export const mathvisionParquet: DataForm = {
  kind: 'parquet',
  columns: ['id', 'question', 'options', 'image', 'decoded_image', 'answer', 'level', 'subject'],
  images: ['decoded_image'],
  labels: [
    { label: 'testmini', split: 'testmini', rows: 304 },
    { label: 'test', split: 'test', rows: 3040 },
  ],
  toOfficial: (row) => ({
    id: cellName(row, 'id'),
    question: cellText(row, 'question') ?? '',
    options: cellList(row, 'options') ?? [],
    answer: requiredText(row, 'answer'),
    level: cellInteger(row, 'level'),
    subject: cellText(row, 'subject'),
    image: cellText(row, 'image'),
  }),
};
