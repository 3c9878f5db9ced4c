import {
  cellInteger,
  cellList,
  cellName,
  cellStructure,
  cellText,
  requiredText,
} from '../../src/problems/cell-values.ts';
import { type DataForm, RowError } from '../../src/problems/define-benchmark.ts';

/**
 * The Parquet files of AI4Math/MathVista: the official fields with the query, the picture beside its name, and
 * `precision` as a double. Those of the test split have no answers and are not read.
 */
export const mathvistaParquet: DataForm = {
  kind: 'parquet',
  columns: ['pid', 'question', 'image', 'decoded_image', 'choices', 'unit', 'precision', 'answer', 'metadata'],
  images: ['decoded_image'],
  labels: [{ label: 'testmini', split: 'testmini', rows: 1000 }],
  toOfficial: (row) => {
    const answer = cellText(row, 'answer');
    if (answer === undefined) throw new RowError('answer', 'There is no answer; those of the test split are withheld');
    return {
      pid: cellName(row, 'pid'),
      question: cellText(row, 'question') ?? '',
      image: requiredText(row, 'image'),
      choices: cellList(row, 'choices') ?? null,
      unit: cellText(row, 'unit') ?? null,
      precision: cellInteger(row, 'precision') ?? null,
      answer,
      question_type: cellText(row, 'question_type'),
      answer_type: cellText(row, 'answer_type'),
      query: cellText(row, 'query'),
      metadata: cellStructure(row, 'metadata'),
    };
  },
};
