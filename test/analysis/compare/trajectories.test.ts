import { expect, test } from 'vitest';
import type { ComparedCheckpoint } from '../../../src/analysis/compare/score-benchmark.ts';
import { scoreBenchmark } from '../../../src/analysis/compare/score-benchmark.ts';
import { trajectories } from '../../../src/analysis/compare/trajectories.ts';
import { makeVerdicts } from '../make-outcomes.ts';
import { makeBenchmark, makeCheckpoint } from './make-comparison.ts';

function follow(checkpoints: ComparedCheckpoint[], length: number, base = 0) {
  const benchmark = makeBenchmark('a', length);
  return trajectories({ checkpoints, benchmarks: [scoreBenchmark(benchmark, checkpoints)], base });
}

test('every problem has one fate', () => {
  const checkpoints = ['+-+-+-?-', '+-+-+--+', '++--+--?', '++-++--+'].map((a, at) =>
    makeCheckpoint(`step_${at}`, { a }),
  );
  const found = follow(checkpoints, 8);
  expect(found?.along).toEqual(['step_0', 'step_1', 'step_2', 'step_3']);
  const [one] = found?.benchmarks ?? [];
  expect(one).toMatchObject({
    n: 8,
    counts: { always_right: 2, learned: 2, flipping: 0, forgotten: 1, always_wrong: 1, unsettled: 2 },
    problems: { learned: ['1', '3'], flipping: [], forgotten: ['2'] },
  });
  expect(one?.changes).toEqual([
    { from: 'step_0', to: 'step_1', gained: 1, lost: 0 },
    { from: 'step_1', to: 'step_2', gained: 1, lost: 1 },
    { from: 'step_2', to: 'step_3', gained: 1, lost: 0 },
  ]);
});

test('a problem that changes more than once is flipping, however it ends', () => {
  const checkpoints = ['-+-+', '+--+', '-++-', '+--+'].map((a, at) => makeCheckpoint(`step_${at}`, { a }));
  expect(follow(checkpoints, 4)?.benchmarks[0]?.counts).toMatchObject({ flipping: 4, learned: 0, forgotten: 0 });
});

test('the base stands first where it has no step; other checkpoints without one are no part of training', () => {
  const checkpoints = [
    makeCheckpoint('other', { a: '+' }),
    makeCheckpoint('base', { a: '-' }),
    makeCheckpoint('step_16', { a: '+' }),
  ];
  expect(follow(checkpoints, 1, 1)).toMatchObject({
    along: ['base', 'step_16'],
    benchmarks: [{ counts: { learned: 1 } }],
  });
  expect(follow(checkpoints.slice(0, 2), 1, 1)).toBeNull();
});

test('of several samples more than half must be right', () => {
  const benchmark = { ...makeBenchmark('a', 2), repeat: 2 };
  const checkpoint = (step: number, byProblem: Parameters<typeof makeVerdicts>[0]): ComparedCheckpoint => ({
    name: `step_${step}`,
    step,
    fingerprint: null,
    verdicts: new Map([['a', makeVerdicts(byProblem)]]),
  });
  const checkpoints = [
    checkpoint(1, { 0: ['correct', 'incorrect'], 1: ['correct', 'failed'] }),
    checkpoint(2, { 0: ['correct', 'correct'], 1: ['correct', 'correct'] }),
  ];
  const found = trajectories({ checkpoints, benchmarks: [scoreBenchmark(benchmark, checkpoints)], base: 0 });
  expect(found?.benchmarks[0]?.counts).toMatchObject({ learned: 1, unsettled: 1 });
});
