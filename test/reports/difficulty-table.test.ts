import { expect, test } from 'vitest';
import { summariseBenchmark } from '../../src/analysis/summarise-benchmark.ts';
import type { CheckpointSummary } from '../../src/core/summary.ts';
import { publishedCuts } from '../../src/difficulty/ratings/bucket.ts';
import { rateBattles } from '../../src/difficulty/ratings/rate-battles.ts';
import { difficultyTables } from '../../src/reports/difficulty-table.ts';
import { makeProblem, makeVerdicts } from '../analysis/make-outcomes.ts';

const { ratings } = rateBattles(
  Array.from({ length: 40 }, (_, index) => ({ first: 'a', second: index % 2 ? 'b' : 'c', winner: 'first' as const })),
);
const byId = new Map(ratings.map((rating) => [rating.id, rating]));
const set = {
  benchmark: 'b',
  method: 'battles',
  design: undefined,
  judge: 'j',
  prior: 0.01,
  cuts: publishedCuts,
  ratings,
  notes: [],
} as const;

function checkpoint(name: string, rated: boolean): CheckpointSummary {
  const problems = ['a', 'b', 'c', 'd'].map((id) => makeProblem({ id }));
  const verdicts = makeVerdicts({ a: ['incorrect'], b: ['correct'], c: ['undecided'], d: ['correct'] });
  const source = { ratings: { set, source: 'battles by <b>j</b>', of: ({ id }: { id: string }) => byId.get(id) } };
  const summary = summariseBenchmark({
    problems,
    repeat: 1,
    verdicts,
    metrics: [],
    crossFacets: [],
    ...(rated ? source : {}),
  });
  return { name, step: null, mode: 'rules', grader: 'rules/2', complete: true, benchmarks: { b: summary } };
}

test('buckets, weights and quarters over the checkpoints that have ratings', () => {
  const found = difficultyTables('b', [checkpoint('one', true), checkpoint('two', false)]);
  expect(found?.sources).toEqual(['battles by <b>j</b>']);
  const [buckets, weighted, quarters] = found?.tables.map(({ table }) => table) ?? [];
  expect(buckets?.columns.map(({ title }) => title)).toEqual(['n', 'one']);
  expect(buckets?.rows.map(({ name, cells }) => [name, cells[0]?.main, cells[1]?.main.replace(/\s/, ' ')])).toEqual([
    ['easy', '2', '50.0 %'],
    ['hard', '1', '0.0 %'],
    ['unrated', '1', '100.0 %'],
  ]);
  expect(buckets?.rows[0]?.cells[1]?.note).toMatch(/^up to 100\.0\s%$/);
  expect(weighted?.rows.map(({ name }) => name)).toEqual(['easy', 'medium', 'hard']);
  expect(quarters?.rows).toHaveLength(4);
});

test('without ratings there is nothing to show', () => {
  expect(difficultyTables('b', [checkpoint('two', false)])).toBeUndefined();
});
