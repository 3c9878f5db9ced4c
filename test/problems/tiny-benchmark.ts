import { z } from 'zod';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { type Benchmark, defineBenchmark, type Split, singleFile } from '../../src/problems/define-benchmark.ts';

/** A sixth benchmark, declared as any other would be. */
export function tinyBenchmark(
  splits?: Record<string, Split>,
  policy: (gold: string) => AnswerPolicy = () => ({ type: 'free' }),
): Benchmark {
  return defineBenchmark({
    name: 'tiny',
    title: 'Tiny',
    source: { url: 'https://example.org/tiny', revision: 'abc', license: 'CC0' },
    splits: splits ?? {
      test: singleFile({ files: ['test.jsonl', 'data/test.jsonl'], shape: 'jsonl', rows: 3 }),
      mini: singleFile({ files: ['mini.json'], shape: 'array', rows: 1 }),
      keyed: singleFile({ files: ['keyed.json'], shape: 'object', rows: 1 }),
    },
    defaultSplit: Object.keys(splits ?? { test: 0 })[0] ?? 'test',
    imageFolders: ['.', '..'],
    facets: ['topic', 'tags'],
    metrics: [],
    crossFacets: [],
    row: z.object({
      id: z.string(),
      text: z.string(),
      gold: z.string(),
      image: z.union([z.string(), z.array(z.string())]).optional(),
      topic: z.string(),
      tags: z.array(z.string()).optional(),
    }),
    problem: (row) => ({
      id: row.id,
      group: row.id,
      question: row.text,
      prompt: row.text,
      images: [row.image ?? []].flat(),
      choices: [],
      answer: row.gold,
      policy: policy(row.gold),
      facets: { topic: row.topic, tags: row.tags ?? [] },
    }),
  });
}

export const tinyRows = [
  { id: 'a', text: 'What is 1 + 1?', gold: '2', image: 'images/a.png', topic: 'Sums', tags: ['easy', 'small'] },
  { id: 'b', text: 'What is 2 + 2?', gold: '4', image: 'images/b.png', topic: 'Sums', tags: ['easy'] },
  { id: 'c', text: 'What is 2 · 3?', gold: '6', image: 'images/c.png', topic: 'Products', tags: ['x, y: z|50%'] },
];
