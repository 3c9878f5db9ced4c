import { z } from 'zod';
import { defineBenchmark, singleFile } from '../../src/problems/define-benchmark.ts';
import { goldLetters } from '../../src/problems/options/gold-letters.ts';
import { splitListedOptions } from '../../src/problems/options/split-listed-options.ts';

/** 788 problems, each in five versions that move content from the text into the picture; a sixth without picture. */
export const mathverse = defineBenchmark({
  name: 'mathverse',
  title: 'MathVerse',
  source: {
    url: 'https://github.com/ZrrSkywalker/MathVerse',
    revision: '937b0905',
    license: 'MIT',
    imagesUrl: 'https://huggingface.co/datasets/AI4Math/MathVerse',
  },
  splits: {
    testmini: singleFile({ files: ['testmini.json', 'data/testmini.json'], shape: 'array', rows: 3940 }),
    'text-only': singleFile({
      files: ['testmini_text_only.json', 'data/testmini_text_only.json'],
      shape: 'array',
      rows: 788,
    }),
  },
  defaultSplit: 'testmini',
  imageFolders: ['images', '.'],
  facets: ['version', 'subject', 'subfield', 'source'],
  metrics: [],
  crossFacets: [],
  row: z.object({
    sample_index: z.string().min(1),
    problem_index: z.string().min(1),
    problem_version: z.string().min(1),
    question: z.string(),
    question_for_eval: z.string().optional(),
    query_cot: z.string().min(1),
    image: z.string(),
    answer: z.string(),
    question_type: z.enum(['multi-choice', 'free-form']),
    metadata: z.object({ subject: z.string(), subfield: z.string(), source: z.string() }),
  }),
  problem: (row) => {
    const question = row.question_for_eval ?? row.question;
    const isChoice = row.question_type === 'multi-choice';
    const choices = isChoice ? splitListedOptions(question, /^Choices?:/m) : [];
    return {
      // Both files count from 1, so the rows without picture get a name of their own.
      id: row.problem_version === 'Text Only' ? `text-only-${row.sample_index}` : row.sample_index,
      group: row.problem_index,
      question,
      prompt: row.query_cot,
      images: row.image === '' ? [] : [row.image],
      choices,
      answer: row.answer,
      policy: isChoice ? { type: 'choice', letters: goldLetters(row.answer, choices) } : { type: 'free' },
      facets: {
        version: row.problem_version,
        subject: row.metadata.subject,
        subfield: row.metadata.subfield,
        source: row.metadata.source,
      },
    };
  },
});
