import { expect, test } from 'vitest';
import type { Verdict } from '../../../src/core/grade.ts';
import type { Problem } from '../../../src/core/problem.ts';
import { sampleKey } from '../../../src/core/response.ts';
import { type CheckpointAnswers, gatherResponses } from '../../../src/difficulty/responses/gather-responses.ts';
import { isComplete } from '../../../src/difficulty/responses/response-matrix.ts';

function problem(benchmark: string, id: string, group = id): Problem {
  const text = { question: '', prompt: '', answer: '', policy: { type: 'free' } } as const;
  return { benchmark, id, group, ...text, images: [], choices: [], facets: {} };
}

/** Answers of a checkpoint by problem id, one verdict per sample. */
function answers(
  checkpoint: string,
  verdicts: Readonly<Record<string, readonly Verdict[]>>,
  more: Partial<CheckpointAnswers> = {},
): CheckpointAnswers {
  const entries = Object.entries(verdicts).flatMap(([id, each]) =>
    each.map((verdict, sample) => [sampleKey(id, sample), verdict] as const),
  );
  const problems = Object.keys(verdicts).map((id) => problem('mathvision', id));
  return { run: 'run', checkpoint, fingerprint: null, problems, verdicts: new Map(entries), ...more };
}

test('samples that nothing settled are missing, and everything else that is not right is wrong', () => {
  const { matrix, unanswered, notes } = gatherResponses('mathvision', [
    answers('c', {
      a: ['correct', 'incorrect', 'no_answer'],
      b: ['undecided', 'timeout', 'failed'],
      d: ['failed', 'correct'],
    }),
    answers('e', { a: ['correct'], b: ['failed'], d: ['timeout'] }),
    answers('silent', { a: ['failed'] }),
  ]);
  expect(matrix.items).toEqual(['a', 'd']);
  expect(matrix.takers.map(({ name }) => name)).toEqual(['c', 'e']);
  expect([...matrix.settled]).toEqual([3, 1, 1, 0]);
  expect([...matrix.right]).toEqual([1, 1, 1, 0]);
  expect(isComplete(matrix)).toBe(false);
  expect(unanswered).toEqual(['b']);
  expect(notes).toEqual([
    'Without a settled answer, and left out: silent.',
    '1 problem has no settled answer and no rating.',
  ]);
});

test('versions of one problem are one item', () => {
  const problems = ['s1@v1', 's1@v2', 's2@v1'].map((id) => problem('dynamath', id, id.slice(0, 2)));
  const verdicts = new Map<string, Verdict>(
    problems.map(({ id }) => [sampleKey(id, 0), id === 's1@v2' ? 'incorrect' : 'correct']),
  );
  const { matrix } = gatherResponses('dynamath', [
    { run: 'r', checkpoint: 'c', fingerprint: null, problems, verdicts },
  ]);
  expect(matrix.items).toEqual(['s1', 's2']);
  expect([...matrix.settled]).toEqual([2, 1]);
  expect([...matrix.right]).toEqual([1, 1]);
});

test('the same weights in two runs count once; the second run fills what the first left open', () => {
  const { matrix, notes } = gatherResponses('mathvision', [
    answers('step_8', { a: ['correct'], b: ['failed'] }, { run: 'one', fingerprint: 'f' }),
    answers('base', { a: ['correct'], b: ['correct'] }, { run: 'one', fingerprint: 'g' }),
    answers('renamed', { a: ['incorrect'], b: ['correct'], c: ['correct'] }, { run: 'two', fingerprint: 'f' }),
  ]);
  expect(matrix.takers).toMatchObject([{ name: 'step_8', fingerprint: 'f' }, { name: 'base' }]);
  expect([...matrix.settled]).toEqual([1, 1, 1, 1, 1, 0]);
  expect([...matrix.right]).toEqual([1, 1, 1, 1, 1, 0]);
  expect(notes).toEqual(['These are the same weights and count once: step_8 in one, renamed in two.']);
});

test('the same name without known weights is said, and counts twice', () => {
  const { matrix, notes } = gatherResponses('mathvision', [
    answers('gpt', { a: ['correct'] }, { run: 'one' }),
    answers('gpt', { a: ['incorrect'] }, { run: 'two' }),
  ]);
  expect(matrix.takers.length).toBe(2);
  expect(notes.join()).toContain('gpt is in one, two; whether they are the same weights is not known');
});

test('nothing settled at all gives an empty matrix', () => {
  const { matrix, unanswered } = gatherResponses('mathvision', [answers('c', { a: ['failed'] })]);
  expect(matrix.items).toEqual([]);
  expect(matrix.takers).toEqual([]);
  expect(unanswered).toEqual(['a']);
  expect(isComplete(matrix)).toBe(false);
});
