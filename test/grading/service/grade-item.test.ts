import { expect, test } from 'vitest';
import { gradeItem } from '../../../src/grading/service/grade-item.ts';
import type { GradingItem } from '../../../src/grading/service/grading-item.ts';

const boxed = (answer: string) => `<think>Let us see.</think> \\boxed{${answer}}`;

/** What is asked, the reply, and the verdict. */
const golden: readonly (readonly [Omit<GradingItem, 'response'>, string, string])[] = [
  [{ answer: 'B' }, boxed('B'), 'correct'],
  [{ answer: 'B' }, 'The answer is (B).', 'correct'],
  [{ answer: 'B' }, boxed('C'), 'incorrect'],
  [{ answer: 'B', options: ['3 km', '4 km'] }, boxed('4'), 'correct'],
  [{ answer: '4 km', options: ['3 km', '4 km'] }, boxed('B'), 'correct'],
  [{ answer: '4 km', options: ['3 km', '4 km'] }, boxed('A'), 'incorrect'],
  [{ answer: 'No', options: ['Yes', 'No'], answer_type: 'text' }, 'N/A', 'no_answer'],
  [{ answer: 'C', benchmark: 'wemath' }, 'Answer: **C**', 'correct'],
  [{ answer: 'C', benchmark: 'mathverse', answer_type: 'multi-choice' }, boxed('C'), 'correct'],
  [{ answer: 'A', benchmark: 'dynamath', answer_type: 'multiple choice' }, boxed('B'), 'incorrect'],
  [{ answer: 'A', benchmark: 'dynamath', answer_type: 'text' }, boxed('AC'), 'incorrect'],
  [{ answer: '\\frac{1}{2}' }, boxed('0.5'), 'correct'],
  [{ answer: '\\frac{1}{2}', answer_type: 'free-form' }, boxed('\\frac{1}{3}'), 'incorrect'],
  [{ answer: '\\frac{1}{60}', benchmark: 'mathvision' }, boxed('\\frac{1}{55}'), 'incorrect'],
  [{ answer: 5, answer_type: 'integer' }, boxed('5.0'), 'correct'],
  [{ answer: '32', answer_type: 'integer' }, boxed('32.5'), 'incorrect'],
  [{ answer: '1.2', answer_type: 'float', precision: 1, benchmark: 'mathvista' }, boxed('1.25'), 'correct'],
  [{ answer: '1.2', answer_type: 'float', precision: 1, benchmark: 'mathvista' }, boxed('1.31'), 'incorrect'],
  [{ answer: '1.0472', answer_type: 'float', benchmark: 'dynamath' }, boxed('\\pi/3'), 'correct'],
  [{ answer: '1.0472', benchmark: 'dynamath' }, boxed('1.0479'), 'correct'],
  [{ answer: '1.0472', benchmark: 'dynamath' }, boxed('1.05'), 'incorrect'],
  [{ answer: 'even', answer_type: 'text', benchmark: 'dynamath' }, boxed('not even'), 'incorrect'],
  [{ answer: '[2014, 2016]', answer_type: 'list' }, boxed('[2014,2016]'), 'correct'],
  [{ answer: '[2014, 2016]', answer_type: 'list' }, boxed('[2016,2014]'), 'incorrect'],
  [{ answer: '5', answer_type: 'integer', unit: 'cm' }, boxed('5'), 'correct'],
  [{ answer: '5', answer_type: 'integer', unit: 'cm' }, boxed('5 cm'), 'correct'],
  [{ answer: '5', answer_type: 'integer', unit: 'cm' }, boxed('5 m'), 'incorrect'],
  [
    { answer: '4', options: null, benchmark: null, answer_type: null, precision: null, unit: null },
    boxed('4'),
    'correct',
  ],
  [{ answer: '4' }, '', 'no_answer'],
];

test.each(golden)('%j answered %j', (asked, response, verdict) => {
  expect(gradeItem({ ...asked, response }).verdict).toBe(verdict);
});

test('a reply earns nine tenths for being right and one for its form', () => {
  const figures = (response: string) => {
    const { accuracy, format, overall } = gradeItem({ answer: '4', response });
    return [accuracy, format, overall];
  };
  expect(figures(boxed('4'))).toEqual([1, 1, 1]);
  expect(figures('\\boxed{4}')).toEqual([1, 0, 0.9]);
  expect(figures(boxed('5'))).toEqual([0, 1, 0.1]);
  expect(figures('5')).toEqual([0, 0, 0]);
});

test('an item says what was found and which rule decided', () => {
  expect(gradeItem({ answer: '4', response: 'It is \\boxed{4}.' })).toEqual({
    verdict: 'correct',
    extracted: '4',
    rule: 'same-text',
    accuracy: 1,
    format: 0,
    overall: 0.9,
  });
});
