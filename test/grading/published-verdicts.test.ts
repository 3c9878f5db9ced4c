import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { Verdict } from '../../src/core/grade.ts';
import type { AnswerPolicy, Problem } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { problemWith } from './problem-with.ts';

// Tens of thousands of replies; slow machines shared with other work need more than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

interface Published {
  readonly model: string;
  readonly id: string;
  readonly response: string;
  readonly official_correct: boolean | null;
}
interface Judged extends Published {
  /** Null where the reader could not tell. */
  readonly judged_correct: boolean | null;
}

function rows<Row>(...path: string[]): Row[] {
  const text = readFileSync(sharedPath(...path), 'utf8').trim();
  return text.split('\n').map((line) => JSON.parse(line) as Row);
}

function letterOf(choices: readonly string[], answer: string): string {
  return String.fromCharCode(65 + choices.indexOf(answer));
}

function mathVisionProblems(): ReadonlyMap<string, Problem> {
  const all = rows<{ id: string; question: string; options: string[]; answer: string }>(
    'data',
    'mathvision',
    'test.jsonl',
  );
  return new Map(
    all.map((row) => {
      const policy: AnswerPolicy =
        row.options.length > 0 ? { type: 'choice', letters: [row.answer] } : { type: 'free' };
      return [row.id, problemWith({ ...row, choices: row.options, policy })];
    }),
  );
}

interface MathVistaRow {
  readonly question: string;
  readonly choices: string[] | null;
  readonly answer: string;
  readonly answer_type: string;
  readonly precision: number | null;
}

function mathVistaProblems(): ReadonlyMap<string, Problem> {
  const all = JSON.parse(readFileSync(sharedPath('data', 'mathvista', 'testmini.json'), 'utf8')) as Record<
    string,
    MathVistaRow
  >;
  return new Map(
    Object.entries(all).map(([id, { question, choices, answer, answer_type, precision }]) => {
      const policy: AnswerPolicy =
        choices !== null
          ? { type: 'choice', letters: [letterOf(choices, answer)] }
          : answer_type === 'integer'
            ? { type: 'number', integer: true }
            : answer_type === 'float'
              ? { type: 'number', decimals: precision ?? 0 }
              : { type: 'list' };
      return [id, problemWith({ id, question, choices: choices ?? [], answer, policy })];
    }),
  );
}

function verdictOf(problems: ReadonlyMap<string, Problem>, row: Published): Verdict {
  const problem = problems.get(row.id);
  if (problem === undefined) throw new Error(`no problem ${row.id}`);
  return gradeResponse(problem, row.response).verdict;
}

/** Share of rows on which our `correct` and the official one agree, by model. */
function agreement(problems: ReadonlyMap<string, Problem>, published: readonly Published[]): Map<string, number> {
  const counts = new Map<string, { agreed: number; asked: number }>();
  for (const row of published) {
    if (row.official_correct === null) continue;
    const count = counts.get(row.model) ?? { agreed: 0, asked: 0 };
    counts.set(row.model, count);
    count.asked += 1;
    if ((verdictOf(problems, row) === 'correct') === row.official_correct) count.agreed += 1;
  }
  return new Map([...counts].map(([model, { agreed, asked }]) => [model, agreed / asked]));
}

describeShared(
  'MathVision',
  ['data/mathvision/test.jsonl', 'corpus/mathvision_responses.jsonl', 'corpus/mathvision_judged.jsonl'],
  () => {
    test('judged rows: all right, none accepted that was judged wrong or open', () => {
      const problems = mathVisionProblems();
      const wrong = rows<Judged>('corpus', 'mathvision_judged.jsonl').filter(
        (row) => (verdictOf(problems, row) === 'correct') !== (row.judged_correct === true),
      );
      expect(wrong.map(({ id, model }) => [id, model])).toEqual([]);
    });

    test('agrees with the official verdicts where those are sound', () => {
      // What is missing to 1 are official false negatives (letter with text, units), read by hand.
      const least = new Map(
        Object.entries({
          'Random-Chance': 0.963,
          'ChatGPT3.5-CoT (Text+Image Caption)': 0.981,
          'Gemini-Pro-CoT': 0.99,
          'Qwen-VL-Plus': 0.981,
          'LLaVA-v1.5-13B': 0.999,
        }),
      );
      for (const [model, share] of agreement(
        mathVisionProblems(),
        rows<Published>('corpus', 'mathvision_responses.jsonl'),
      )) {
        expect(share, model).toBeGreaterThanOrEqual(least.get(model) ?? 1);
      }
    });

    test('next to nothing that the official rules accept is refused', () => {
      const problems = mathVisionProblems();
      const accepted = rows<Published>('corpus', 'mathvision_responses.jsonl').filter((row) => row.official_correct);
      const refused = accepted.filter((row) => verdictOf(problems, row) !== 'correct');
      expect(accepted.length).toBe(1614);
      // Eighteen, read one by one: other options merged by rounding, an ordering subtracted, and the like.
      expect(refused.length).toBeLessThanOrEqual(18);
    });
  },
);

describeShared(
  'MathVista',
  ['data/mathvista/testmini.json', 'corpus/mathvista_responses.jsonl', 'corpus/mathvista_judged.jsonl'],
  () => {
    test('judged rows: all right but three whose answer is the output of a program that was not run', () => {
      const problems = mathVistaProblems();
      const judged = rows<Judged>('corpus', 'mathvista_judged.jsonl');
      const graded = judged.map((row) => ({ ...row, accepted: verdictOf(problems, row) === 'correct' }));
      expect(graded.filter(({ accepted, judged_correct }) => accepted && judged_correct !== true)).toEqual([]);
      const missed = graded.filter(({ accepted, judged_correct }) => !accepted && judged_correct === true);
      expect(missed.map(({ id }) => id).sort()).toEqual(['178', '887', '909']);
    });

    test('agrees with the official verdicts but for guessed options, programs and inferences', () => {
      const least = new Map(
        Object.entries({
          bard: 0.955,
          chatgpt: 0.973,
          gpt4_2shot_code_use_ocr: 0.72,
          idefics_9b_instruct: 0.955,
          llava_llama_2_13b: 0.88,
          minigpt4_llama2: 0.97,
          random_guess: 1,
        }),
      );
      for (const [model, share] of agreement(
        mathVistaProblems(),
        rows<Published>('corpus', 'mathvista_responses.jsonl'),
      )) {
        expect(share, model).toBeGreaterThanOrEqual(least.get(model) ?? 1);
      }
    });
  },
);
