import { z } from 'zod';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { defineBenchmark, RowError, singleFile } from '../../src/problems/define-benchmark.ts';
import { lettersOfText } from '../../src/problems/options/gold-letters.ts';
import { buildQuery } from './build-query.ts';
import { mathvistaParquet } from './from-parquet.ts';
import { mathvistaTsv } from './from-tsv.ts';
import { mathvistaPublished } from './published.ts';

const rowSchema = z.object({
  pid: z.string().min(1),
  question: z.string(),
  image: z.string().min(1),
  choices: z.array(z.string()).nullable(),
  unit: z.string().nullable(),
  precision: z.int().min(0).max(10).nullable(),
  answer: z.string(),
  question_type: z.enum(['free_form', 'multi_choice']),
  answer_type: z.enum(['text', 'integer', 'float', 'list']),
  query: z.string().min(1).optional(),
  metadata: z.object({
    task: z.string(),
    context: z.string(),
    category: z.string(),
    grade: z.string(),
    skills: z.array(z.string()).min(1),
    language: z.string(),
    source: z.string(),
  }),
});

/** Questions on figures, word problems, geometry and science, collected from 31 sources. */
export const mathvista = defineBenchmark({
  name: 'mathvista',
  title: 'MathVista',
  source: {
    url: 'https://github.com/lupantech/MathVista',
    revision: '53d52587',
    license: 'CC BY-SA 4.0, as a test set only',
    imagesUrl: 'https://huggingface.co/datasets/AI4Math/MathVista',
    hub: {
      dataset: 'AI4Math/MathVista',
      revision: '2b6ad69445fbb5695c9b165475e8decdbeb97747',
      files: ['data/testmini-*.parquet'],
    },
  },
  splits: {
    testmini: singleFile({ files: ['testmini.json', 'data/testmini.json'], shape: 'object', rows: 1000 }),
  },
  defaultSplit: 'testmini',
  published: mathvistaPublished,
  imageFolders: ['.', '..'],
  facets: ['task', 'context', 'category', 'grade', 'skills', 'answer-type', 'question-type', 'language', 'source'],
  forms: [mathvistaParquet, mathvistaTsv],
  metrics: [],
  crossFacets: [],
  row: rowSchema,
  problem: (row) => ({
    id: row.pid,
    group: row.pid,
    question: row.question,
    prompt: row.query ?? buildQuery(row),
    images: [row.image],
    choices: row.choices ?? [],
    answer: row.answer,
    policy: policyOf(row),
    facets: {
      task: row.metadata.task,
      context: row.metadata.context,
      category: row.metadata.category,
      grade: row.metadata.grade,
      skills: row.metadata.skills,
      'answer-type': row.answer_type,
      'question-type': row.question_type,
      language: row.metadata.language,
      source: row.metadata.source,
    },
  }),
});

function policyOf(row: z.infer<typeof rowSchema>): AnswerPolicy {
  if (row.question_type === 'multi_choice') {
    return { type: 'choice', letters: lettersOfText(row.answer, row.choices ?? []) };
  }
  if (row.answer_type === 'integer') return { type: 'number', integer: true };
  if (row.answer_type === 'float') {
    if (row.precision === null) throw new RowError('precision', 'A float answer needs a precision');
    return { type: 'number', decimals: row.precision };
  }
  return { type: row.answer_type };
}
