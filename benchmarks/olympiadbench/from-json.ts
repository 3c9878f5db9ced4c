import type { DataForm } from '../../src/problems/define-benchmark.ts';
import { configurationLabels } from './configurations.ts';

/**
 * The files of the authors' own release, `data/<piece>.json` with `images/` beside that folder. Pictures are marks in
 * the text (`<img_3362>` is `images/img_3362.jpg`).
 */
export const olympiadbenchJson: DataForm = {
  kind: 'json',
  columns: ['id', 'question', 'final_answer', 'is_multiple_answer', 'answer_type'],
  images: [],
  labels: configurationLabels,
  toOfficial: (row, { facets }) => {
    const text = [row['context'], row['question']].filter((part) => typeof part === 'string').join('\n');
    const names = [...new Set([...text.matchAll(/<(img_\d{1,9})>/g)].map((match) => `${match[1]}.jpg`))];
    return {
      ...row,
      answer: row['final_answer'],
      source: facets['source'],
      language: facets['language'],
      image_paths: names.length === 0 ? ['invalid'] : names,
    };
  },
};
