import { expect, test } from 'vitest';
import { gradeResponse, graderVersion } from '../../../src/grading/grade-response.ts';
import { gradeOfficially } from '../../../src/grading/official/official-grader.ts';
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

test('workers know the published rules with their options', async () => {
  const problem = {
    ...problemWith({ answer: '5', policy: { type: 'number', integer: true } }),
    benchmark: 'mathvista',
  };
  const said = async (mathvistaInteger: 'int' | 'int-float') => {
    const options = { kind: 'official', mathvistaInteger } as const;
    const grader = await createPooledGrader({ ...options, workers: 1, inThreadItems: 0 });
    try {
      const grades = await grader.grade([{ problem, sample: 0, text: '5' }]);
      expect(grades).toEqual([gradeOfficially(problem, '5', options)]);
      return [grader.mode, grader.version];
    } finally {
      await grader.close();
    }
  };
  expect(await said('int')).toEqual(['official', 'official/1+int']);
  expect(await said('int-float')).toEqual(['official', 'official/1']);
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
