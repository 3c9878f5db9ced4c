import { describe, expect, test } from 'vitest';
import { summariseBenchmark } from '../../src/analysis/summarise-benchmark.ts';
import { summariseCheckpoint } from '../../src/analysis/summarise-checkpoint.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

const summary = (verdict: 'correct' | 'failed') =>
  summariseBenchmark({
    problems: [makeProblem({ id: 'x' })],
    repeat: 1,
    verdicts: makeVerdicts({ x: [verdict] }),
    metrics: [],
    crossFacets: [],
  });
const head = { name: 'global_step_8', step: 8, mode: 'rules', grader: 'rules/1' } as const;

describe('summariseCheckpoint', () => {
  test('keeps the order in which benchmarks were asked', () => {
    const benchmarks = { wemath: summary('correct'), dynamath: summary('correct') };
    const checkpoint = summariseCheckpoint({ ...head, benchmarks, expected: ['dynamath', 'wemath'] });
    expect(Object.keys(checkpoint.benchmarks)).toEqual(['dynamath', 'wemath']);
    expect(checkpoint).toMatchObject({ ...head, complete: true });
  });

  test('is incomplete with a failure, or without a benchmark that was asked', () => {
    const failed = summariseCheckpoint({ ...head, benchmarks: { wemath: summary('failed') }, expected: ['wemath'] });
    const absent = summariseCheckpoint({
      ...head,
      benchmarks: { wemath: summary('correct') },
      expected: ['wemath', 'dynamath'],
    });
    expect([failed.complete, absent.complete]).toEqual([false, false]);
  });
});
