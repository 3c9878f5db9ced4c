import { z } from 'zod';
import { defineBenchmark, type ProblemFields, singleFile } from '../../src/problems/define-benchmark.ts';
import { goldLetters } from '../../src/problems/options/gold-letters.ts';
import { splitListedOptions } from '../../src/problems/options/split-listed-options.ts';
import { mathverseParquet } from './from-parquet.ts';
import { mathverseTsv } from './from-tsv.ts';
import { mathversePublished } from './published.ts';

/** 788 problems, each in five versions that move content from the text into the picture; a sixth without picture. */
export const mathverse = defineBenchmark({
  name: 'mathverse',
  title: 'MathVerse',
  source: {
    url: 'https://github.com/ZrrSkywalker/MathVerse',
    revision: '937b0905',
    license: 'MIT',
    imagesUrl: 'https://huggingface.co/datasets/AI4Math/MathVerse',
    hub: {
      dataset: 'AI4Math/MathVerse',
      revision: '268dfc55b62296be3bdf6406d6dea07bd06a7d64',
      files: ['testmini.parquet', 'testmini_text_only.parquet'],
    },
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
  published: mathversePublished,
  imageFolders: ['images', '.'],
  facets: ['version', 'subject', 'subfield', 'source'],
  forms: [mathverseParquet, mathverseTsv],
  metrics: [],
  crossFacets: [],
  complete: withDrawnQuestions,
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
    return {
      // Both files count from 1, so the rows without picture get a name of their own.
      id: row.problem_version === 'Text Only' ? `text-only-${row.sample_index}` : row.sample_index,
      group: row.problem_index,
      prompt: row.query_cot,
      images: row.image === '' ? [] : [row.image],
      answer: row.answer,
      ...reading(question, row.answer, row.question_type === 'multi-choice'),
      facets: {
        version: row.problem_version,
        subject: row.metadata.subject,
        subfield: row.metadata.subfield,
        source: row.metadata.source,
      },
    };
  },
});

/** The question with its options and how its gold is read by them. */
function reading(
  question: string,
  answer: string,
  isChoice: boolean,
): Pick<ProblemFields, 'question' | 'choices' | 'policy'> {
  if (!isChoice) return { question, choices: [], policy: { type: 'free' } };
  const choices = splitListedOptions(question, /^Choices?:/m);
  return { question, choices, policy: { type: 'choice', letters: goldLetters(answer, choices) } };
}

/**
 * Files from before `question_for_eval` say nothing of a question that stands in the picture only: it is then taken,
 * with its options, from the version whose text holds all of it.
 */
function withDrawnQuestions<Fields extends ProblemFields>(problems: readonly Fields[]): readonly Fields[] {
  const told = new Map<string, string>();
  for (const { group, question, facets } of problems) {
    if (facets['version'] === 'Text Dominant') told.set(group, question);
  }
  return problems.map((problem) => {
    const question = problem.question === '' ? told.get(problem.group) : undefined;
    if (question === undefined) return problem;
    return { ...problem, ...reading(question, problem.answer, problem.policy.type === 'choice') };
  });
}
