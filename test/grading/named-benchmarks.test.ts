import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { packageRoot } from '../../src/core/package-root.ts';
import type { Problem } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { problemWith } from './problem-with.ts';

async function sampleOf(name: string): Promise<readonly Problem[]> {
  const [selected] = parseSelections(name, benchmarks);
  if (selected === undefined) throw new Error('nothing selected');
  const where = { dataRoot: '/nowhere', named: join(packageRoot, 'benchmarks', name, 'sample') };
  return (await loadProblems(selected.benchmark, selected.selection, where)).problems;
}

async function verdict(name: string, id: string, answer: string): Promise<string> {
  const problem = (await sampleOf(name)).find((one) => one.id === id);
  if (problem === undefined) throw new Error(`no problem ${id}`);
  return gradeResponse(problem, `\\boxed{${answer}}`).verdict;
}

test.for([
  ['geometry3k', '2401', '70', 'correct'],
  ['geometry3k', '2401', '70^\\circ', 'correct'],
  ['geometry3k', '2401', 'C', 'correct'],
  ['geometry3k', '2401', '50', 'incorrect'],
  ['geometry3k', '2401', '65', 'incorrect'],
  ['geometry3k', '2401', 'A', 'incorrect'],
  ['geometry3k', '2407', '5\\sqrt{3}', 'correct'],
  ['geometry3k', '2407', '5\\sqrt{2}', 'incorrect'],
  ['geometry3k', '2416', '14\\pi', 'correct'],
  ['geometry3k', '2416', '14', 'incorrect'],
  ['logicvista', 'v1_1', 'A, C', 'correct'],
  ['logicvista', 'v1_1', 'CA', 'correct'],
  ['logicvista', 'v1_1', 'A', 'incorrect'],
  ['logicvista', 'v1_1', 'A, B, C', 'incorrect'],
  ['logicvista', 'v1_2', '10', 'correct'],
  ['logicvista', 'v1_2', '12', 'incorrect'],
  ['logicvista', 'v1_8', '3', 'correct'],
  ['logicvista', 'v1_8', '2', 'incorrect'],
  ['logicvista', 'v1_10', 'clockwise', 'correct'],
  ['logicvista', 'v1_10', 'counter-clockwise', 'incorrect'],
  ['olympiadbench', '3002', '2, -3', 'correct'],
  ['olympiadbench', '3002', '2', 'incorrect'],
  ['olympiadbench', '3003', '(3,4),(1,6),(2,5)', 'correct'],
  ['olympiadbench', '3003', '(4,3),(6,1),(5,2)', 'incorrect'],
  ['olympiadbench', '3004', '-2<x<2', 'correct'],
  ['olympiadbench', '3004', '[-2,2]', 'incorrect'],
  ['olympiadbench', '3005', '2x-y+1=0', 'correct'],
  ['olympiadbench', '3005', 'y=x+1', 'incorrect'],
  ['olympiadbench', '3006', '\\pi(a+b)(a-b)', 'correct'],
  ['olympiadbench', '3006', '\\pi(a-b)^2', 'incorrect'],
  ['olympiadbench', '3007', '3, -3', 'correct'],
  ['olympiadbench', '3007', '3', 'incorrect'],
  ['olympiadbench', '3009', '9.85', 'correct'],
  ['olympiadbench', '3009', '9.7', 'incorrect'],
  ['olympiadbench', '3010', '80, 60.3', 'correct'],
  ['olympiadbench', '3010', '80.3, 60', 'incorrect'],
  ['olympiadbench', '3016', '30 mm', 'correct'],
  ['hallusionbench', 'VD_illusion_0_0_0', 'Yes', 'correct'],
  ['hallusionbench', 'VD_illusion_0_0_0', 'no', 'incorrect'],
] as const)('%s %s: %s is %s', async ([name, id, answer, expected]) => {
  expect(await verdict(name, id, answer)).toBe(expected);
});

test('golds that are no letter, and rows without a gold, are never wrongly right', () => {
  const untied = problemWith({ answer: 'B', policy: { type: 'choice', letters: ['B'] } });
  expect(gradeResponse(untied, '\\boxed{2}').verdict).toBe('undecided');
  for (const policy of [
    { type: 'choice', letters: [] },
    { type: 'values', several: false },
  ] as const) {
    const without = problemWith({ answer: '', policy });
    for (const text of ['\\boxed{A}', '\\boxed{1}', 'It is unclear.', '']) {
      expect(['undecided', 'no_answer']).toContain(gradeResponse(without, text).verdict);
    }
  }
});

test('no gold of another problem of its benchmark is accepted unless it says the same', async () => {
  for (const name of ['geometry3k', 'olympiadbench'] as const) {
    const problems = await sampleOf(name);
    for (const problem of problems) {
      const gold = goldText(problem);
      for (const other of problems) {
        const text = goldText(other);
        if (text === gold) continue;
        expect(gradeResponse(problem, `\\boxed{${text}}`).verdict, `${problem.id} by ${text}`).not.toBe('correct');
      }
    }
  }
});

function goldText({ answer, choices }: Problem): string {
  return (choices['ABCD'.indexOf(answer)] ?? answer).replaceAll('$', '');
}
