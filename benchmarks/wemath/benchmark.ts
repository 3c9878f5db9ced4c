import { z } from 'zod';
import { defineBenchmark, singleFile } from '../../src/problems/define-benchmark.ts';
import { goldLetters } from '../../src/problems/options/gold-letters.ts';
import { splitInlineOptions } from '../../src/problems/options/split-inline-options.ts';
import { wemathParquet } from './from-parquet.ts';
import { wemathTsv } from './from-tsv.ts';
import { wemathPublished } from './published.ts';

const composites: Readonly<Record<string, string>> = { '2steps_multi': 'two-step', '3steps_multi': 'three-step' };

/** 525 composite problems of two or three steps, each with its one-step sub-problems, by knowledge concept. */
export const wemath = defineBenchmark({
  name: 'wemath',
  title: 'We-Math',
  source: {
    url: 'https://github.com/We-Math/We-Math',
    revision: 'a57a0e83',
    license: 'CC BY-NC 4.0',
    hub: {
      dataset: 'We-Math/We-Math',
      revision: '527c44d4d94c4e3c7c98157460146a8b18c8420a',
      files: ['data/testmini-*.parquet'],
    },
  },
  splits: {
    testmini: singleFile({ files: ['testmini.json', 'data/testmini.json'], shape: 'array', rows: 1740 }),
  },
  defaultSplit: 'testmini',
  published: wemathPublished,
  imageFolders: ['.', 'images'],
  facets: ['step', 'concept'],
  forms: [wemathParquet, wemathTsv],
  metrics: ['four-dimensional'],
  crossFacets: [],
  row: z.object({
    ID: z.string().min(1),
    key: z.string().regex(/^(2steps_[12]|3steps_[123]|[23]steps_multi)$/),
    'knowledge concept': z.string().min(1),
    question: z.string(),
    option: z.string(),
    answer: z.string().regex(/^[A-H]$/),
    image_path: z.string().min(1),
  }),
  problem: (row) => ({
    id: `${row.ID}@${row.key}`,
    group: row.ID,
    question: row.question,
    prompt: `${row.question}\n\nOptions: ${row.option}`,
    images: [row.image_path],
    choices: splitInlineOptions(row.option),
    answer: row.answer,
    policy: { type: 'choice', letters: goldLetters(row.answer, []) },
    facets: {
      step: composites[row.key] ?? 'one-step',
      concept: row['knowledge concept'].split(';').map((concept) => concept.trim()),
    },
  }),
});
