import { cellText, requiredText } from '../../src/problems/cell-values.ts';
import type { DataForm } from '../../src/problems/define-benchmark.ts';
import { officialImage } from './official-image.ts';

/** The Parquet file of We-Math/We-Math: the official fields, with the picture itself in the column `image_path`. */
export const wemathParquet: DataForm = {
  kind: 'parquet',
  columns: ['ID', 'key', 'question', 'option', 'answer', 'image_path', 'knowledge concept'],
  images: ['image_path'],
  labels: [{ label: 'testmini', split: 'testmini', rows: 1740 }],
  toOfficial: (row) => {
    const id = requiredText(row, 'ID');
    const key = requiredText(row, 'key');
    return {
      ID: id,
      key,
      'knowledge concept': cellText(row, 'knowledge concept'),
      question: cellText(row, 'question') ?? '',
      option: requiredText(row, 'option'),
      answer: requiredText(row, 'answer'),
      image_path: officialImage(id, key),
    };
  },
};
