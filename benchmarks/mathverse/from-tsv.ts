import { cellInteger } from '../../src/problems/cell-values.ts';
import type { DataForm } from '../../src/problems/define-benchmark.ts';
import { officialRow } from './from-parquet.ts';

/** Names of the tables by what they hold: the name VLMEvalKit gives them, and the one they are downloaded by. */
const tables: readonly (readonly [string, string, string | undefined])[] = [
  ['MathVerse_MINI_Text_Dominant', 'MathVerse_MINITDom', 'Text Dominant'],
  ['MathVerse_MINI_Text_Lite', 'MathVerse_MINITLite', 'Text Lite'],
  ['MathVerse_MINI_Vision_Intensive', 'MathVerse_MINIVInt', 'Vision Intensive'],
  ['MathVerse_MINI_Vision_Dominant', 'MathVerse_MINIVDom', 'Vision Dominant'],
  ['MathVerse_MINI_Vision_Only', 'MathVerse_MINIVOnly', 'Vision Only'],
  ['MathVerse_MINI', 'MathVerse_MINIV', undefined],
];

/**
 * VLMEvalKit's tables: all five versions in one, or one each. What `index` counts is not published, so that the
 * official index is taken from `sample_index`, else from the problem and its version, and from `index` only where it
 * fits the version.
 */
export const mathverseTsv: DataForm = {
  kind: 'tsv',
  columns: ['index', 'image', 'problem_version', 'question_type', 'query_cot', 'answer', 'metadata'],
  images: ['image'],
  labels: tables.flatMap(([name, download, version]) =>
    [name, download].map((label) =>
      version === undefined
        ? { label, split: 'testmini', rows: 3940 }
        : { label, split: 'testmini', rows: 788, facets: { version } },
    ),
  ),
  toOfficial: (row) => {
    const named = cellInteger(row, 'sample_index');
    const hasProblem = cellInteger(row, 'problem_index') !== undefined;
    return officialRow(row, { sampleIndex: named ?? (hasProblem ? undefined : cellInteger(row, 'index')) });
  },
};
