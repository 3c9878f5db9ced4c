import { describe, expect, test, vi } from 'vitest';
import type { AnswerPolicy } from '../../../src/core/problem.ts';
import {
  judgeMathVista,
  judgeMathVistaExtraction,
  type MathVistaInteger,
  predictMathVista,
} from '../../../src/grading/official/mathvista.ts';
import { describeShared } from '../../shared-data.ts';
import { problemWith } from '../problem-with.ts';
import { mathVistaProblems, readRows } from './problems.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Row {
  readonly model: string;
  readonly id: string;
  readonly official_extraction: string | null;
  readonly official_prediction: string | null;
  readonly official_correct: boolean | null;
}

describeShared(
  'MathVista, published outputs',
  ['corpus/mathvista_responses.jsonl', 'data/mathvista/testmini.json'],
  () => {
    test('every verdict and prediction follows from the extraction, with whole numbers read as `int`', () => {
      const { correct, different, count } = compare('int');
      expect(count).toBe(6998);
      expect(different).toEqual([]);
      expect(correct).toEqual({
        bard: 348,
        chatgpt: 235,
        gpt4_2shot_code_use_ocr: 278,
        idefics_9b_instruct: 198,
        llava_llama_2_13b: 261,
        minigpt4_llama2: 231,
        random_guess: 179,
      });
    });

    test("today's reading of whole numbers gives the totals of today's code", () => {
      const { correct } = compare('int-float');
      expect(correct).toMatchObject({ gpt4_2shot_code_use_ocr: 286, idefics_9b_instruct: 200, bard: 348 });
    });
  },
);

function compare(integer: MathVistaInteger) {
  const problems = mathVistaProblems();
  const correct: Record<string, number> = {};
  const different: string[] = [];
  let count = 0;
  for (const row of readRows<Row>('corpus', 'mathvista_responses.jsonl')) {
    const problem = problems.get(row.id);
    if (problem === undefined) throw new Error(`no problem ${row.id}`);
    if (row.official_extraction === null || row.official_correct === null) continue;
    count += 1;
    const { verdict, extracted } = judgeMathVistaExtraction(problem, row.official_extraction, integer);
    const isCorrect = verdict === 'correct';
    if (isCorrect) correct[row.model] = (correct[row.model] ?? 0) + 1;
    if (isCorrect !== row.official_correct || extracted !== row.official_prediction) {
      different.push(`${row.model} ${row.id}`);
    }
  }
  return { correct, different, count };
}

const choice: AnswerPolicy = { type: 'choice', letters: [] };
const whole: AnswerPolicy = { type: 'number', integer: true };

describe('a response that needs no model', () => {
  test.each([
    ['a choice as it stands', choice, ['Yes', 'No'], 'No', 'No', 'correct'],
    ['an empty response is the choice nearest to nothing', choice, ['Yes', 'No'], 'No', '', 'correct'],
    ['a quoted answer', choice, ['Yes', 'No'], 'Yes', 'So.\nThe answer is "(A) Yes".', 'correct'],
    ['prose', choice, ['Yes', 'No'], 'Yes', 'The answer is yes.', 'undecided'],
    ['a whole number', whole, [], '12', ' 12\n', 'correct'],
    ['a whole number of another script', whole, [], '12', '１２', 'correct'],
    ['a decimal for a whole number', whole, [], '12', '12.0', 'undecided'],
    ['a decimal', { type: 'number', decimals: 1 }, [], '1.2', '1.25', 'correct'],
    ['a decimal in words', { type: 'number', decimals: 1 }, [], '1.2', 'about 1.2', 'undecided'],
    ['a list', { type: 'list' }, [], '[1, 2]', '[1, 2]', 'undecided'],
  ] as const)('%s', (_, policy, choices, answer, response, verdict) => {
    expect(judgeMathVista(problemWith({ answer, policy, choices }), response, 'int').verdict).toBe(verdict);
  });
});

describe('predictions', () => {
  test.each([
    [choice, ['Yes', 'No'], 'N/A', 'No'],
    [choice, ['3', '4', '5'], 'B. 8/11', '3'],
    [choice, ['3', '4', '5'], 'It is (c), not (a)', '5'],
    [choice, ['3', '4', '5'], 'b', '3'],
    [choice, ['3', '4', '5'], ' B ', '4'],
    [choice, ['x', 'x'], 'B', 'x'],
    [whole, [], '5.0', '5'],
    [whole, [], '-0.005', '0'],
    [whole, [], '32.5', '32'],
    [whole, [], '1e400', undefined],
    [whole, [], 'nan', undefined],
    [whole, [], 'five', undefined],
    [{ type: 'number', decimals: 2 }, [], '2.675', '2.67'],
    [{ type: 'number', decimals: 1 }, [], '1.25', '1.2'],
    [{ type: 'number', decimals: 1 }, [], '0.25', '0.2'],
    [{ type: 'number', decimals: 1 }, [], '0.35', '0.3'],
    [{ type: 'number', decimals: 1 }, [], '1', '1.0'],
    [{ type: 'number', decimals: 1 }, [], '1e16', '1e+16'],
    [{ type: 'number', decimals: 1 }, [], '1_0', '10.0'],
    [{ type: 'list' }, [], '[2014,2016]', '[2014,2016]'],
  ] as const)('%j %j: %j is %j', (policy, choices, extraction, prediction) => {
    expect(predictMathVista(problemWith({ answer: '', policy, choices }), extraction, 'int-float')).toBe(prediction);
  });

  test('`int` reads whole numbers only', () => {
    const problem = problemWith({ answer: '5', policy: whole });
    expect(predictMathVista(problem, '5.0', 'int')).toBeUndefined();
    expect(predictMathVista(problem, '+05', 'int')).toBe('5');
  });
});
