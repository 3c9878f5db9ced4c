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
}

const cases = readFileSync(join(import.meta.dirname, 'cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

test('the table covers every numbered example, every policy and every verdict that rules give', () => {
  const numbered = new Set(cases.map(({ from }) => /^tricky (\d+)$/.exec(from)?.[1]).filter(Boolean));
  expect(numbered.size).toBe(50);
  expect(cases.length).toBeGreaterThanOrEqual(650);
  expect(new Set(cases.map(({ policy }) => policy.type))).toEqual(
    new Set(['choice', 'number', 'list', 'text', 'free']),
  );
  for (const verdict of ['correct', 'incorrect', 'undecided', 'no_answer']) {
    expect(cases.filter((one) => one.verdict === verdict).length).toBeGreaterThan(20);
  }
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
