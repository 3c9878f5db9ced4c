import { z } from 'zod';
import { defineBenchmark, singleFile } from '../../src/problems/define-benchmark.ts';
import { goldLetters } from '../../src/problems/options/gold-letters.ts';
import { areOptionsInPicture, listOptions } from '../../src/problems/options/letters.ts';
import { mathvisionParquet } from './from-parquet.ts';
import { mathvisionTsv } from './from-tsv.ts';
import { askedWithPicture } from './picture-tags.ts';
import { mathvisionPublished } from './published.ts';

/** Competition problems with one picture each, by subject and five levels of difficulty. */
export const mathvision = defineBenchmark({
  name: 'mathvision',
  title: 'MATH-Vision',
  source: {
    url: 'https://github.com/mathllm/MATH-V',
    revision: 'a1f5cc3a',
    license: 'MIT',
    hub: {
      dataset: 'MathLLMs/MathVision',
      revision: '14b5e86a95856c4231a056b82f658584eae2b309',
      files: ['data/test-*.parquet', 'data/testmini-*.parquet'],
    },
  },
  splits: {
    test: singleFile({ files: ['test.jsonl', 'data/test.jsonl'], shape: 'jsonl', rows: 3040 }),
    testmini: singleFile({ files: ['testmini.jsonl', 'data/testmini.jsonl'], shape: 'jsonl', rows: 304 }),
  },
  defaultSplit: 'test',
  published: mathvisionPublished,
  imageFolders: ['.', '..'],
  facets: ['subject', 'level'],
  forms: [mathvisionParquet, mathvisionTsv],
  metrics: [],
  crossFacets: [['subject', 'level']],
  row: z.object({
    id: z.string().min(1),
    question: z.string(),
    options: z.array(z.string()),
    answer: z.string(),
    // Null where a table does not hold it; official rows always do.
    level: z.int().min(1).max(5).nullable(),
    subject: z.string().min(1),
    image: z.string().min(1),
  }),
  problem: (row) => {
    const choices = areOptionsInPicture(row.options) ? [] : row.options;
    // Two rows (59, 434) have a letter as gold and no options: theirs are drawn.
    const isChoice = row.options.length > 0 || /^[A-E]$/.test(row.answer);
    const asked = askedWithPicture(row.question, row.options);
    return {
      id: row.id,
      group: row.id,
      question: row.question,
      prompt: choices.length === 0 ? asked : `${asked}\n${listOptions(choices)}`,
      images: [row.image],
      choices,
      answer: row.answer,
      policy: isChoice ? { type: 'choice', letters: goldLetters(row.answer, row.options) } : { type: 'free' },
      facets: { subject: row.subject, level: row.level === null ? 'unknown' : String(row.level) },
    };
  },
});
