import { describe, expect, test } from 'vitest';
import type { AnswerPolicy } from '../../../src/core/problem.ts';
import { judgeDynaMath } from '../../../src/grading/official/dynamath.ts';
import { problemWith } from '../problem-with.ts';

const float: AnswerPolicy = { type: 'number', tolerance: 0.001 };
const letter: AnswerPolicy = { type: 'choice', letters: [] };
const text: AnswerPolicy = { type: 'text' };

// What the published code says to each short answer.
test.each([
  [float, '1.5', '1.5', 'correct'],
  [float, '1.5', '1.501', 'correct'],
  [float, '1.5', '1.5011', 'incorrect'],
  [float, '1.5', '\\frac{3}{2}', 'incorrect'],
  [float, '1.5', '3/2', 'incorrect'],
  [float, '1000', '1,000', 'incorrect'],
  [float, '6.25', '6.25 cm', 'correct'],
  [float, '6.25', '6.25cm', 'incorrect'],
  [float, '0.5', '50%', 'incorrect'],
  [float, '6.283', '2π', 'correct'],
  [float, '3.142', 'π', 'incorrect'],
  [float, '10', '10 000', 'correct'],
  [float, '0', '0.0009', 'correct'],
  [text, 'even', 'not even', 'correct'],
  [text, '2', '12', 'correct'],
  [text, 'even', 'Even', 'incorrect'],
  [letter, 'A', 'A', 'correct'],
  [letter, 'A', 'AB', 'correct'],
  [letter, 'A', '2A', 'correct'],
  [letter, 'B', 'Option B', 'incorrect'],
  [letter, 'B', 'b', 'incorrect'],
] as const)('%j %j: %j', (policy, answer, short, verdict) => {
  const response = JSON.stringify({ solution: '…', 'short answer': short });
  expect(judgeDynaMath(problemWith({ answer, policy }), response).verdict).toBe(verdict);
});

describe('the response', () => {
  test.each([
    ['prose', 'The answer is 1.5', float, '1.5', 'incorrect'],
    ['JSON in a code block', '```json\n{"short answer": "1.5"}\n```', float, '1.5', 'incorrect'],
    ['a number', '{"short answer": 1.5}', float, '1.5', 'correct'],
    ['no short answer', '{"answer": 1.5}', float, '1.5', 'incorrect'],
    ['a list', '[1.5]', float, '1.5', 'incorrect'],
    ['a list of a letter', '{"short answer": ["A"]}', letter, 'A', 'correct'],
    ['a whole number as a float', '{"short answer": 3.0}', text, '3.0', 'correct'],
    ['true', '{"short answer": true}', text, 'True', 'correct'],
  ] as const)('%s', (_, response, policy, answer, verdict) => {
    expect(judgeDynaMath(problemWith({ answer, policy }), response).verdict).toBe(verdict);
  });
});
