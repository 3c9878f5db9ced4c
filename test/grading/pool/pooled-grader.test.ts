import { expect, test } from 'vitest';
import { gradeResponse, graderVersion } from '../../../src/grading/grade-response.ts';
import { createPooledGrader } from '../../../src/grading/pool/pooled-grader.ts';
import { problemWith } from '../problem-with.ts';

const problems = [
  problemWith({ id: 'free', answer: '\\frac{1}{2}', policy: { type: 'free' } }),
  problemWith({ id: 'choice', answer: 'B', policy: { type: 'choice', letters: ['B'] }, choices: ['1', '2', '3'] }),
  problemWith({ id: 'number', answer: '3', policy: { type: 'number', integer: true } }),
];
const texts = ['\\boxed{0.5}', 'The answer is (B).', 'I cannot say.', '', '3', '\\boxed{C}'];
const items = problems.flatMap((problem) => texts.map((text, sample) => ({ problem, sample, text })));
const expected = items.map(({ problem, text }) => gradeResponse(problem, text));

test.each([
  { where: 'workers', inThreadItems: 0 },
  { where: 'this thread', inThreadItems: 1000 },
])('the rules say in $where what they say anywhere', async ({ inThreadItems }) => {
  const grader = await createPooledGrader({ kind: 'rules', workers: 2, inThreadItems });
  try {
    expect([grader.mode, grader.version]).toEqual(['rules', graderVersion]);
    expect(await grader.grade(items)).toEqual(expected);
    expect(await grader.grade([])).toEqual([]);
  } finally {
    await grader.close();
  }
});

test('a few items need no worker, many have them', async () => {
  const entry = new URL('./misbehaving-worker.ts', import.meta.url);
  const grader = await createPooledGrader({ kind: 'rules', workers: 1, inThreadItems: 20, entry });
  try {
    expect(await grader.grade(items)).toEqual(expected);
    const [, last] = await grader.grade(items);
    expect(last?.rule).toBe('free says The answer is (B).');
  } finally {
    await grader.close();
  }
});
