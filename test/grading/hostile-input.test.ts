import { describe, expect, test } from 'vitest';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { hostileInputs } from './hostile-inputs.ts';
import { problemWith } from './problem-with.ts';

const policies: readonly { policy: AnswerPolicy; answer: string; choices?: readonly string[] }[] = [
  { policy: { type: 'free' }, answer: '1' },
  { policy: { type: 'free' }, answer: 'x^2+y^2=49' },
  { policy: { type: 'free' }, answer: '(-6,6]' },
  { policy: { type: 'free' }, answer: '5x+3' },
  { policy: { type: 'free' }, answer: '\\{8, 9\\}' },
  { policy: { type: 'free' }, answer: '\\begin{pmatrix}8&9\\\\1&0\\end{pmatrix}' },
  { policy: { type: 'free' }, answer: 'domain: [8, 9] and range: [1, 6)' },
  { policy: { type: 'free' }, answer: 'y < 5x+3' },
  { policy: { type: 'free' }, answer: 'N 34° W' },
  { policy: { type: 'number', integer: true }, answer: '1' },
  { policy: { type: 'choice', letters: ['B'] }, answer: 'B', choices: ['2', '1', '3'] },
  { policy: { type: 'list' }, answer: '[1, 3]' },
  { policy: { type: 'text' }, answer: 'even' },
];

describe.each(policies)('$policy.type $answer', (given) => {
  test.for(Object.entries(hostileInputs))('%s is no right answer', ([, response]) => {
    const { verdict, extracted } = gradeResponse(problemWith(given), response);
    expect(verdict).not.toBe('correct');
    expect(extracted?.text.length ?? 0).toBeLessThanOrEqual(400);
  });
});

test('long replies cost work in proportion to their length', () => {
  const problem = problemWith({ answer: '1', policy: { type: 'free' } });
  const cpuMs = (repeat: number) => {
    const before = process.cpuUsage();
    for (const unit of ['answer is ', '\\boxed{2 ', '(A) x\n', '** ', '\n'])
      gradeResponse(problem, unit.repeat(repeat));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  cpuMs(2000);
  // A quadratic rule needs minutes for the longer ones, so that no exact figure is asserted here.
  cpuMs(300_000);
});
