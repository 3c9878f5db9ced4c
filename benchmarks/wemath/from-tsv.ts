import { type CellRow, cellText, requiredText } from '../../src/problems/cell-values.ts';
import type { DataForm } from '../../src/problems/define-benchmark.ts';
import { officialImage } from './official-image.ts';

/**
 * VLMEvalKit's table, with the options in columns A, B, C, … of their own. Joined again they say the same; how the
 * official text parts them (`;`, `; `, ` ;`) is not in the table.
 */
export const wemathTsv: DataForm = {
  kind: 'tsv',
  columns: ['index', 'image', 'question', 'answer', 'ID', 'key', 'knowledge concept'],
  images: ['image'],
  labels: ['WeMath', 'WeMath_COT'].map((label) => ({ label, split: 'testmini', rows: 1740 })),
  toOfficial: (row) => {
    const id = requiredText(row, 'ID');
    const key = requiredText(row, 'key');
    return {
      ID: id,
      key,
      'knowledge concept': cellText(row, 'knowledge concept'),
      question: cellText(row, 'question') ?? '',
      option: cellText(row, 'option') ?? joinedOptions(row),
      answer: requiredText(row, 'answer').trim(),
      image_path: officialImage(id, key),
    };
  },
};

/** Parted as in most of the official texts: 767 of 1,740 come out as published. */
function joinedOptions(row: CellRow): string {
  return [...'ABCDEFGH']
    .flatMap((letter) => {
      const text = cellText(row, letter);
      return text === undefined ? [] : [`${letter}. ${text}`];
    })
    .join('; ');
}
