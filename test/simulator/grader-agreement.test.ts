import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { packageRoot } from '../../src/core/package-root.ts';
import type { Problem } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import type { AnswerKeyEntry } from '../../src/simulator/answer-key.ts';
import { simulatedAnswer } from '../../src/simulator/answers/simulated-answer.ts';

/** What the simulator knows that it said, beside what the grader makes of the text. */
function verdicts(problem: Problem, seed: number): { said: string; graded: string } {
  const { prompt, answer, choices, policy } = problem;
  const entry: AnswerKeyEntry = {
    ...{ prompt, answer, images: [], choices: [...choices], difficulty: 0 },
    policy: policy.type === 'choice' ? { type: 'choice', letters: [...policy.letters] } : policy,
  };
  const key = { schema: 1 as const, seed, abilities: {}, noise: 0, noAnswerShare: 0.1, entries: [entry] };
  const drawing = { checkpoint: { name: 'any', ability: 0 }, temperature: 0, sampleSeed: 0 };
  const { text, outcome } = simulatedAnswer(key, entry, drawing, 2048);
  const said = { right: 'correct', wrong: 'incorrect', none: 'no_answer' }[outcome];
  return { said, graded: gradeResponse(problem, text).verdict };
}

describe.for(benchmarks)('$name', (benchmark) => {
  test('the grader finds what the simulator said of the sample problems', async () => {
    const named = join(packageRoot, 'benchmarks', benchmark.name, 'sample');
    const selection = parseSelections(benchmark.name, benchmarks)[0]?.selection;
    if (selection === undefined) throw new Error('no selection');
    const { problems } = await loadProblems(benchmark, selection, { dataRoot: named, named });
    const all = problems.flatMap((problem) => [1, 2, 3, 4, 5].map((seed) => verdicts(problem, seed)));
    const decided = all.filter(({ graded }) => graded !== 'undecided');
    expect(decided.filter(({ said, graded }) => said !== graded)).toEqual([]);
    expect(decided.length / all.length).toBeGreaterThan(0.98);
  });
});
