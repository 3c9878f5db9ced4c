import { cellInteger, cellList, cellText, requiredText } from '../../src/problems/cell-values.ts';
import type { DataForm } from '../../src/problems/define-benchmark.ts';
import { configurationLabels } from './configurations.ts';

/** At most this many pictures belong to a problem of the release on the hub. */
const mostImages = 9;

/**
 * The Parquet files of Hothan/OlympiadBench, one folder per piece. Pictures stand in columns `image_1`, `image_2`, …;
 * the marks in the text have the same names.
 */
export const olympiadbenchParquet: DataForm = {
  kind: 'parquet',
  columns: ['id', 'question', 'final_answer', 'is_multiple_answer', 'answer_type', 'question_type'],
  images: Array.from({ length: mostImages }, (_, index) => `image_${index + 1}`),
  labels: configurationLabels,
  toOfficial: (row, { facets }) => {
    const id = cellInteger(row, 'id');
    const text = `${cellText(row, 'context') ?? ''}\n${requiredText(row, 'question')}`;
    const marks = [...new Set([...text.matchAll(/<image_(\d)>/g)].map((match) => Number(match[1])))].sort();
    return {
      id,
      question: requiredText(row, 'question'),
      context: cellText(row, 'context'),
      answer: cellList(row, 'final_answer'),
      answer_type: cellText(row, 'answer_type'),
      source: facets['source'],
      subject: cellText(row, 'subject'),
      language: cellText(row, 'language'),
      is_multiple_answer: typeof row['is_multiple_answer'] === 'boolean' ? row['is_multiple_answer'] : null,
      unit: cellText(row, 'unit'),
      error: cellText(row, 'error'),
      image_paths: marks.length === 0 ? ['invalid'] : marks.map((mark) => `${id}_${mark}.jpg`),
    };
  },
};
