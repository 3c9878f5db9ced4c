import { describe, expect, test, vi } from 'vitest';
import { judgeMathVision } from '../../../src/grading/official/mathvision.ts';
import { areMathVisionEqual } from '../../../src/grading/official/mathvision-equality.ts';
import { extractMathVisionAnswer } from '../../../src/grading/official/mathvision-extraction.ts';
import { describeShared } from '../../shared-data.ts';
import { mathVisionProblems, readRows } from './problems.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Row {
  readonly model: string;
  readonly id: string;
  readonly response: string;
  readonly official_extraction: string;
  readonly official_correct: boolean;
}

describeShared(
  'MATH-Vision, published outputs',
  ['corpus/mathvision_responses.jsonl', 'data/mathvision/test.jsonl'],
  () => {
    test('every verdict, and every extraction but one stored by an older run, follows from the response', () => {
      const problems = mathVisionProblems();
      const correct: Record<string, number> = {};
      const otherVerdicts: string[] = [];
      const otherExtractions: string[] = [];
      const rows = readRows<Row>('corpus', 'mathvision_responses.jsonl');
      for (const row of rows) {
        const problem = problems.get(row.id);
        if (problem === undefined) throw new Error(`no problem ${row.id}`);
        const { verdict, extracted } = judgeMathVision(problem, row.response);
        const isCorrect = verdict === 'correct';
        if (isCorrect) correct[row.model] = (correct[row.model] ?? 0) + 1;
        if (isCorrect !== row.official_correct) otherVerdicts.push(`${row.model} ${row.id}`);
        if (extracted !== row.official_extraction) otherExtractions.push(`${row.model} ${row.id}`);
      }
      expect(rows).toHaveLength(15_200);
      expect(otherVerdicts).toEqual([]);
      expect(otherExtractions).toEqual(['Qwen-VL-Plus 2394']);
      expect(correct).toEqual({
        'Random-Chance': 218,
        'ChatGPT3.5-CoT (Text+Image Caption)': 296,
        'Gemini-Pro-CoT': 436,
        'Qwen-VL-Plus': 326,
        'LLaVA-v1.5-13B': 338,
      });
    });
  },
);

describe('extraction', () => {
  // Values: the published code, run by hand.
  test.each([
    ['The answer is (C).', 'c'],
    ['So it must be (C)', 'soitmustbec'],
    ['B\nbecause of the angle', 'b'],
    ['(D) D\nbecause', 'd'],
    ['Thus x is 3.5..', '3.5'],
    ['The final answer is 7. Check: 8', '7'],
    ['the answer is 4\nor 5', '4'],
    ['\\boxed{1} and \\boxed{2}', '2'],
    ['\\boxed{\\dfrac12} cm', '\\frac12'],
    ['\\boxed{\\sqrt3\\frac12}', '\\sqrt{3}\\frac{1}{2}'],
    ['\\boxed{x=.5}', '\\frac{1}{2}'],
    ['\\boxed{3/4}', '\\frac{3}{4}'],
    ['\\boxed{-3/4}', '\\frac{-3}{4}'],
    ['\\boxed{03/4}', '03/4'],
    ['\\boxed{\\text{(E)}}', 'e'],
    ['\\boxed{50^\\circ}', '50'],
    ['\\boxed{20\\%}', '20'],
    ['', ''],
  ])('%j', (response, extracted) => {
    expect(extractMathVisionAnswer(response)).toBe(extracted);
  });
});

describe('equality', () => {
  test.each([
    ['\\frac{1}{2}', '0.5', true],
    ['\\frac{1}{60}', '\\frac{1}{55}', true],
    ['2018', '\\sqrt{2018^2+2}', true],
    ['5-4-3-2-1', '1-2-3-4-5', false],
    ['5-4-3-2-1', '5-1-2-3-4', true],
    ['(1,2)', '(1.0,2.00)', true],
    ['(1,2)', '[1,2]', false],
    ['(0.5,a)', '(\\frac{1}{2},a)', true],
    ['(\\infty,1)', '(\\infty,1.00)', true],
    ['(\\infty,1)', '(\\infty,1.001)', false],
    ['1:2', '0.5', true],
    ['8.theanswerfollows', '8', true],
    ['12rows', '12', true],
    ['12cm', '12', false],
    ['50%', '50', false],
    ['x', ' X ', true],
    ['2x', 'x2', false],
    ['', '', false],
    ['9^{9^{9^9}}', '1', false],
    ['\\sqrt{-1}', '0', false],
    ['0.125', '0.12', true],
    ['0.125', '0.13', false],
    ['2.675', '2.67', true],
  ])('%j and %j: %s', (answer, gold, expected) => {
    expect(areMathVisionEqual(answer, gold)).toBe(expected);
  });
});
