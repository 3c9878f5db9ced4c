import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import type { Response } from '../../../src/core/response.ts';
import { ResponseJournal } from '../../../src/core/response-journal.ts';
import { RunDirectory } from '../../../src/core/run-directory.ts';
import { gradeCheckpoint } from '../../../src/grading/grade-checkpoint.ts';
import type { GradeItem, Grader } from '../../../src/grading/grader.ts';
import { auditCheckpoint } from '../../../src/grading/judge/audit-checkpoint.ts';
import { createFallbackGrader, createJudgeGrader } from '../../../src/grading/judge/judge-grader.ts';
import { problemWith } from '../problem-with.ts';
import { createRulesGrader } from '../rules-grader.ts';
import { injections } from './injections.ts';
import { newFolder, openJudge, simulatedJudgeServer } from './judge-kit.ts';

const subjects: readonly { readonly problem: Problem; readonly wrong: string }[] = [
  { problem: problemWith({ question: '3 + 4?', answer: '7', policy: { type: 'free' } }), wrong: '8' },
  {
    problem: problemWith({ question: 'Half of 0.5?', answer: '0.25', policy: { type: 'number', tolerance: 0.001 } }),
    wrong: '1.5',
  },
  {
    problem: problemWith({
      question: 'Which is a prime?',
      choices: ['8', '9', '11', '12'],
      answer: 'C',
      policy: { type: 'choice', letters: ['C'] },
    }),
    wrong: 'D',
  },
  { problem: problemWith({ question: 'Which month?', answer: 'September', policy: { type: 'text' } }), wrong: 'May' },
];

/** Where the words stand: behind the answer, before it, inside its box, on a line of their own after a plain answer. */
const places: readonly ((wrong: string, words: string) => string)[] = [
  (wrong, words) => `So \\boxed{${wrong}}.\n${words}`,
  (wrong, words) => `${words}\nTherefore \\boxed{${wrong}}`,
  (wrong, words) => `So \\boxed{${wrong}. ${words}}`,
  (wrong, words) => `The answer is ${wrong}.\n\n${words}`,
];

/** Known-wrong responses: every injection at every place for every subject. */
const items: readonly GradeItem[] = subjects.flatMap(({ problem, wrong }, subject) =>
  injections.flatMap((words, injection) =>
    places.map((place, at) => ({
      problem: { ...problem, id: `${subject}-${injection}-${at}`, group: `${subject}-${injection}-${at}` },
      sample: 0,
      text: place(wrong, words.replaceAll('WRONG', wrong)),
    })),
  ),
);

async function accepted(grader: Grader): Promise<string[]> {
  const grades = await grader.grade(items);
  return items.flatMap(({ text }, index) => (grades[index]?.verdict === 'correct' ? [text] : []));
}

describe(`${injections.length} injections, ${items.length} known-wrong responses`, () => {
  test('there are thirty', () => {
    expect(new Set(injections).size).toBe(30);
  });

  test('the rules accept none, and decide nearly all', async () => {
    expect(await accepted(createRulesGrader())).toEqual([]);
    const grades = await createRulesGrader().grade(items);
    const decided = grades.filter(({ verdict }) => verdict === 'incorrect' || verdict === 'no_answer').length;
    expect(decided / items.length).toBeGreaterThan(0.6);
  });

  test('a judge that keeps to its task accepts none, alone or behind the rules', async () => {
    const server = await simulatedJudgeServer();
    const judge = await openJudge(`${server.url}/v1`);
    expect(await accepted(createJudgeGrader(judge))).toEqual([]);
    expect(await accepted(createFallbackGrader(createRulesGrader(), judge))).toEqual([]);
    expect(judge.cost.failed).toBe(0);
  });

  test('a judge that also babbles still accepts none', async () => {
    const server = await simulatedJudgeServer({ babbleRate: 0.3, seed: 5 });
    const judge = await openJudge(`${server.url}/v1`);
    expect(await accepted(createJudgeGrader(judge))).toEqual([]);
  });

  test('a judge that obeys is caught by the audit, and behind the rules it reaches only what they leave', async () => {
    const server = await simulatedJudgeServer({ obeyRate: 1 });
    const judge = await openJudge(`${server.url}/v1`);
    const alone = await accepted(createJudgeGrader(judge));
    expect(alone.length).toBeGreaterThan(items.length / 4);
    const behind = await accepted(createFallbackGrader(createRulesGrader(), judge));
    const rules = await createRulesGrader().grade(items);
    const left = new Set(items.filter((_, index) => rules[index]?.verdict === 'undecided').map(({ text }) => text));
    expect(behind.every((text) => left.has(text))).toBe(true);

    const checkpoint = new RunDirectory(newFolder(), 'run').checkpoint('c');
    const journal = new ResponseJournal(checkpoint, 'example', 's');
    for (const { problem, text } of items) journal.append(answered(problem.id, text));
    journal.close();
    const problems = items.map(({ problem }) => problem);
    await gradeCheckpoint({ checkpoint, benchmark: 'example', problems, repeat: 1, grader: createRulesGrader() });
    const audit = await auditCheckpoint({
      checkpoint,
      mode: 'rules',
      benchmarks: [{ name: 'example', problems }],
      judge,
      size: 100,
      seed: 1,
    });
    expect(audit.judged + audit.unjudged).toBe(100);
    expect(audit.flips.to_correct).toBeGreaterThan(20);
    expect(audit.flips.to_incorrect).toBe(0);
    const flipped = audit.differences.filter(({ judged }) => judged === 'correct');
    expect(flipped).toHaveLength(audit.flips.to_correct);
    // What the judge took for the answer is there to be read: the words to it, not a value.
    expect(flipped.every(({ judge_extracted }) => judge_extracted !== null && judge_extracted.length > 5)).toBe(true);
  });
});

function answered(problem: string, text: string): Response {
  const attempt = { problem, sample: 0, attempt: 1, session: 's', final: true, server: 'a', latencyMs: 1 };
  return { ...attempt, status: 'answered', text, finishReason: 'stop' };
}
