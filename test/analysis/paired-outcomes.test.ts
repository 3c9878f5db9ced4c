import { expect, test } from 'vitest';
import { pairedOutcomes } from '../../src/analysis/paired-outcomes.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

test('what is not settled counts against the newer side, then for it', () => {
  const problems = ['a', 'b', 'c', 'd'].map((id) => makeProblem({ id, group: id < 'c' ? 'first' : 'second' }));
  const older = makeVerdicts({ a: ['correct'], b: ['incorrect'], c: ['undecided'], d: ['correct'] });
  const newer = makeVerdicts({ a: ['correct'], b: ['correct'], c: ['correct'], d: ['failed'] });
  const paired = pairedOutcomes({ problems, repeat: 1, newer, older });
  expect([...paired.plain]).toEqual([0, 1, 1, -1]);
  expect([...paired.pessimistic]).toEqual([0, 1, 0, -1]);
  expect([...paired.optimistic]).toEqual([0, 1, 1, 0]);
  expect(paired.clusters).toEqual(['first', 'first', 'second', 'second']);
  expect([paired.newer, paired.older]).toEqual([0.75, 0.5]);
});

test('samples of one problem are averaged; problems can be left out', () => {
  const problems = [makeProblem({ id: 'a' }), makeProblem({ id: 'b' })];
  const older = makeVerdicts({ a: ['correct', 'incorrect'], b: ['correct', 'correct'] });
  const newer = makeVerdicts({ a: ['correct', 'correct'] });
  const paired = pairedOutcomes({ problems, repeat: 2, newer, older, keep: ({ id }) => id === 'a' });
  expect([...paired.plain]).toEqual([0.5]);
});
