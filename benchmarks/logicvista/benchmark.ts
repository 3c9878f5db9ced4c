import { z } from 'zod';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { defineBenchmark, singleFile } from '../../src/problems/define-benchmark.ts';
import { goldLetters } from '../../src/problems/options/gold-letters.ts';
import { areOptionsInPicture } from '../../src/problems/options/letters.ts';
import { splitBracketedOptions } from '../../src/problems/options/split-bracketed-options.ts';
import { logicvistaPublished } from './published.ts';

/** Puzzles of tests for applicants: patterns, deduction, charts, space and mechanics, one picture each. */
export const logicvista = defineBenchmark({
  name: 'logicvista',
  title: 'LogicVista',
  onlyWhenNamed: true,
  source: { url: 'https://github.com/Yijia-Xiao/LogicVista', revision: '0b8cca25', license: 'Apache-2.0' },
  splits: { all: singleFile({ files: ['dataset.json', 'data/dataset.json'], shape: 'object', rows: 448 }) },
  defaultSplit: 'all',
  published: logicvistaPublished,
  imageFolders: ['images', '.'],
  facets: ['skill', 'capability'],
  metrics: [],
  crossFacets: [],
  row: z.object({
    imagename: z.string().min(1),
    question: z.string().min(1),
    answer: z.string(),
    skill: z.array(z.string().min(1)).optional(),
    capability: z.array(z.string().min(1)).optional(),
  }),
  problem: (row, { key = row.imagename }) => {
    const choices = optionsOf(row.question);
    return {
      id: key,
      group: key,
      question: row.question,
      prompt: row.question,
      images: [row.imagename],
      choices,
      answer: row.answer,
      policy: policyOf(row.answer, choices),
      facets: { skill: row.skill ?? ['not stated'], capability: row.capability ?? ['not stated'] },
    };
  },
});

/** Letters, or a number where what is to choose from is numbered. */
function policyOf(answer: string, choices: readonly string[]): AnswerPolicy {
  if (choices.length === 0 && /^\d+$/.test(answer.trim())) return { type: 'number', integer: true };
  const letters = goldLetters(answer, choices);
  return { type: 'choice', letters, ...(letters.length > 1 ? { several: true } : {}) };
}

/** `(A) 4 (B) 5` or `A) 10 B) 12` in the question; empty where the picture shows them, or they say their letter only. */
function optionsOf(question: string): readonly string[] {
  const options = splitBracketedOptions(question.replace(/(?<=^|[\s:])([A-J])\)(?=\s)/g, '($1)'));
  return areOptionsInPicture(options) ? [] : options;
}
