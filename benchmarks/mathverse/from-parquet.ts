import { type CellRow, cellInteger, cellStructure, cellText, requiredText } from '../../src/problems/cell-values.ts';
import type { DataForm } from '../../src/problems/define-benchmark.ts';
import { officialImage, officialIndices } from './official-names.ts';

/**
 * The Parquet files of AI4Math/MathVerse, and those by version that lmms-eval uses: the official fields, with the
 * picture itself in place of its name.
 */
export const mathverseParquet: DataForm = {
  kind: 'parquet',
  columns: ['sample_index', 'problem_version', 'question', 'image', 'answer', 'question_type', 'metadata', 'query_cot'],
  images: ['image'],
  labels: [
    { label: 'testmini_text_only', split: 'text-only', rows: 788 },
    { label: 'testmini', split: 'testmini', rows: 3940 },
    ...['Text Dominant', 'Text Lite', 'Vision Intensive', 'Vision Dominant', 'Vision Only'].map((version) => ({
      label: version.toLowerCase().replace(' ', '_'),
      split: 'testmini',
      rows: 788,
      facets: { version },
    })),
  ],
  toOfficial: (row) => officialRow(row, { sampleIndex: cellInteger(row, 'sample_index') }),
};

/** The official row of a table's row, wherever the table has its first index from. */
export function officialRow(row: CellRow, { sampleIndex }: { sampleIndex: number | undefined }): unknown {
  const version = requiredText(row, 'problem_version');
  const problemIndex = cellInteger(row, 'problem_index');
  const { sample, problem } = officialIndices({ sampleIndex, problemIndex, version });
  return {
    sample_index: String(sample),
    problem_index: String(problem),
    problem_version: version,
    question: cellText(row, 'question') ?? '',
    question_for_eval: cellText(row, 'question_for_eval'),
    query_cot: cellText(row, 'query_cot'),
    image: officialImage(version, problem),
    answer: requiredText(row, 'answer'),
    question_type: cellText(row, 'question_type'),
    metadata: cellStructure(row, 'metadata') ?? {
      subject: cellText(row, 'subject'),
      subfield: cellText(row, 'subfield'),
      source: cellText(row, 'source'),
    },
  };
}
