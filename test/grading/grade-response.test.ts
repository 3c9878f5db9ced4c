import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Verdict } from '../../src/core/grade.ts';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { problemWith } from './problem-with.ts';

interface Case {
  readonly answer: string;
  readonly policy: AnswerPolicy;
  readonly choices?: readonly string[];
  readonly question?: string;
  readonly response: string;
  readonly verdict: Verdict;
  /** What decided the expectation: a class of case, or the numbered example it stands for. */
  readonly from: string;
  /** Whether the rules are still to learn it, and what they are to say then. */
  readonly later?: boolean;
  readonly becomes?: Verdict;
}

const cases = readFileSync(join(import.meta.dirname, 'cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

test('the table covers every numbered example and no open case is an accept', () => {
  const numbered = new Set(cases.map(({ from }) => /^tricky (\d+)$/.exec(from)?.[1]).filter(Boolean));
  expect(numbered.size).toBe(50);
  expect(cases.length).toBeGreaterThan(250);
  expect(cases.filter(({ later, verdict }) => later && verdict === 'correct')).toEqual([]);
});

test.for(cases)('$from: $response for $answer is $verdict', (expected) => {
  const problem = problemWith(expected);
  const grade = gradeResponse(problem, expected.response);
  expect({ verdict: grade.verdict, rule: grade.rule }).toEqual({ verdict: expected.verdict, rule: grade.rule });
  if (grade.extracted === null) return;
  expect(grade.extracted.start).toBeLessThanOrEqual(grade.extracted.end);
  expect(grade.extracted.end).toBeLessThanOrEqual(expected.response.length);
  if (grade.extracted.rule !== 'joined-boxes') {
    expect(expected.response.slice(grade.extracted.start, grade.extracted.end)).toContain(grade.extracted.text);
  }
});
