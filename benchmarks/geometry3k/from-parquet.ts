import { cellInteger, cellList, cellText, requiredText } from '../../src/problems/cell-values.ts';
import { type DataForm, RowError } from '../../src/problems/define-benchmark.ts';

/**
 * The Parquet files of hiyouga/geometry3k: the question behind a mark for its picture, the gold both as a letter and as
 * the text of its option. The kinds of problem that the official files state are not in them.
 */
export const geometry3kParquet: DataForm = {
  kind: 'parquet',
  columns: ['images', 'problem', 'answer', 'id', 'choices', 'ground_truth'],
  images: ['images'],
  labels: [
    { label: 'test', split: 'test', rows: 601 },
    { label: 'validation', split: 'validation', rows: 300 },
    { label: 'train', split: 'train', rows: 2101 },
  ],
  toOfficial: (row) => {
    const choices = cellList(row, 'choices') ?? [];
    const letters = [cellText(row, 'ground_truth') ?? '', 'ABCD'.charAt(choices.indexOf(requiredText(row, 'answer')))];
    const letter = letters.find((one) => /^[A-D]$/.test(one));
    if (letter === undefined) throw new RowError('ground_truth', 'Neither a letter nor the text of an option');
    return {
      id: cellInteger(row, 'id'),
      annotat_text: requiredText(row, 'problem').replace(/^(?:\s*<image>)+\s*/, ''),
      choices,
      answer: letter,
    };
  },
};
