import { cellInteger, cellList, cellName, cellText, requiredText } from '../../src/problems/cell-values.ts';
import { type DataForm, RowError } from '../../src/problems/define-benchmark.ts';

/** VLMEvalKit's tables. `index` is the official id, `category` the subject; they are not known to hold the level. */
export const mathvisionTsv: DataForm = {
  kind: 'tsv',
  columns: ['index', 'image', 'question', 'answer', 'choices', 'category'],
  images: ['image'],
  labels: [
    { label: 'MathVision_MINI', split: 'testmini', rows: 304 },
    { label: 'MathVision', split: 'test', rows: 3040 },
  ],
  toOfficial: (row) => {
    const id = cellName(row, 'id') ?? cellName(row, 'index');
    if (id === undefined) throw new RowError('index', 'The cell is empty');
    return {
      id,
      question: cellText(row, 'question') ?? '',
      options: cellList(row, 'choices') ?? [],
      answer: requiredText(row, 'answer'),
      level: cellInteger(row, 'level') ?? null,
      subject: cellText(row, 'subject') ?? cellText(row, 'category'),
      image: `images/${id}.jpg`,
    };
  },
};
