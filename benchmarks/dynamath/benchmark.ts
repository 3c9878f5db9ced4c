import { z } from 'zod';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { defineBenchmark, RowError, type SplitPart } from '../../src/problems/define-benchmark.ts';
import { goldLetters } from '../../src/problems/options/gold-letters.ts';
import { splitBracketedOptions } from '../../src/problems/options/split-bracketed-options.ts';
import { splitListedOptions } from '../../src/problems/options/split-listed-options.ts';
import { dynamathParquet } from './from-parquet.ts';
import { dynamathTsv } from './from-tsv.ts';
import { dynamathPublished } from './published.ts';

const publishedFloatInstruction = 'Answer the question with a floating-point number.';
const floatInstruction = 'Answer the question with a three-digit floating-point number.';

const variants: readonly SplitPart[] = Array.from({ length: 10 }, (_, index) => {
  const file = `trial${index + 1}/dataset.json`;
  const folders = ['10trials', 'samples and result/10trials', 'data/10trials', '.'];
  return {
    files: folders.map((folder) => (folder === '.' ? file : `${folder}/${file}`)),
    shape: 'object',
    rows: 501,
    facets: { variant: String(index + 1) },
  };
});

/** 501 seed questions, each in ten variants with other numbers, functions or pictures. */
export const dynamath = defineBenchmark({
  name: 'dynamath',
  title: 'DynaMath',
  source: {
    url: 'https://github.com/DynaMath/DynaMath',
    revision: '598c3c3d',
    license: 'MIT by its README, apache-2.0 by its Hugging Face card',
    hub: {
      dataset: 'DynaMath/DynaMath_Sample',
      revision: '172ee11086d0d2165517a2e92c9bde8bba4b7945',
      files: variants.map((_, index) => `data/sample${index + 1}-*.parquet`),
    },
  },
  splits: { all: { parts: variants } },
  defaultSplit: 'all',
  published: dynamathPublished,
  imageFolders: ['.'],
  facets: ['subject', 'level', 'answer-type', 'variant'],
  forms: [dynamathParquet, dynamathTsv],
  metrics: ['variants'],
  crossFacets: [],
  row: z.object({
    question: z.string().min(1),
    answer: z.string(),
    image: z.string().min(1),
    answer_type: z.enum(['float', 'multiple choice', 'text']),
    subject: z.string().min(1),
    level: z.string().min(1),
    // Official rows are known by key and file alone; rows of a table say it themselves.
    qid: z.string().min(1).optional(),
    varid: z.string().min(1).optional(),
  }),
  problem: (row, { key = row.qid, facets: { variant = row.varid } }) => {
    if (key === undefined || variant === undefined) throw new RowError('', 'Rows are known by their key, the seed');
    const choices = row.answer_type === 'multiple choice' ? optionsOf(row.question) : [];
    return {
      id: `${key}@${variant}`,
      group: key,
      question: row.question,
      prompt: row.answer_type === 'float' ? withFloatInstruction(row.question) : row.question,
      images: [row.image],
      choices,
      answer: row.answer,
      policy: policyOf(row.answer_type, row.answer, choices),
      facets: { subject: row.subject, level: row.level, 'answer-type': row.answer_type, variant },
    };
  },
});

/** `(A) yes (B) no`, or one per line as `A. Group 1` or `A: [1, 4]`. Empty where all options are drawn. */
function optionsOf(question: string): readonly string[] {
  const bracketed = splitBracketedOptions(question);
  const options = bracketed.length > 0 ? bracketed : splitListedOptions(question);
  return options.every((option) => option === '') ? [] : options;
}

/** 30 of 2,960 questions ask for a floating-point number themselves; the others get the request behind them. */
function withFloatInstruction(question: string): string {
  return question.includes(publishedFloatInstruction)
    ? question.replace(publishedFloatInstruction, floatInstruction)
    : `${question.trimEnd()} ${floatInstruction}`;
}

/** Floats count as equal within 0.001, the tolerance of the official evaluation. */
function policyOf(answerType: string, answer: string, choices: readonly string[]): AnswerPolicy {
  if (answerType === 'float') return { type: 'number', tolerance: 0.001 };
  if (answerType === 'text') return { type: 'text' };
  return { type: 'choice', letters: goldLetters(answer, choices) };
}
