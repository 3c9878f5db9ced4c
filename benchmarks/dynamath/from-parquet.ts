import { type CellRow, cellName, cellText, requiredText } from '../../src/problems/cell-values.ts';
import { type DataForm, RowError } from '../../src/problems/define-benchmark.ts';

/**
 * The Parquet files of DynaMath/DynaMath_Sample, one per variant, and copies that hold all variants in one. There the
 * variant must stand in the rows.
 */
export const dynamathParquet: DataForm = {
  kind: 'parquet',
  columns: ['id', 'question', 'decoded_image', 'ground_truth', 'answer_type', 'subject', 'knowledge_level'],
  images: ['decoded_image'],
  labels: [
    // The split, and the file that the official data set keeps it in.
    ...Array.from({ length: 10 }, (_, index) => String(index + 1)).flatMap((variant) =>
      [`sample_variant${variant}`, `sample${variant}`].map((label) => ({
        label,
        split: 'all',
        rows: 501,
        facets: { variant },
      })),
    ),
    { label: 'sample_all', split: 'all', rows: 5010 },
  ],
  toOfficial: (row, { facets }) =>
    officialRow(row, {
      seed: cellName(row, 'qid') ?? cellName(row, 'id'),
      variant: cellName(row, 'varid') ?? cellName(row, 'variant') ?? facets['variant'],
      answer: requiredText(row, 'ground_truth'),
    }),
};

/** The official row with the seed and variant that its place says in the official files. */
export function officialRow(
  row: CellRow,
  named: { seed: string | undefined; variant: string | undefined; answer: string },
): unknown {
  if (named.seed === undefined) throw new RowError('id', 'The cell is empty');
  if (named.variant === undefined) {
    throw new RowError('varid', 'Neither the row nor its file says which variant it is; take the files of one variant');
  }
  return {
    qid: named.seed,
    varid: named.variant,
    question: requiredText(row, 'question'),
    answer: named.answer,
    image: `image/image${named.seed}.png`,
    answer_type: cellText(row, 'answer_type'),
    subject: cellText(row, 'subject'),
    level: cellText(row, 'knowledge_level') ?? cellText(row, 'level'),
  };
}
