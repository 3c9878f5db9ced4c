import { expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import type { Problem } from '../../src/core/problem.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { dataFolder } from '../problems/temporary-data.ts';
import { byId } from './load-shared.ts';

const rows = {
  v1_1: { imagename: 'v1_1.png', question: 'Which choices (A-D) are green?', answer: 'A, C', skill: ['inductive'] },
  v1_4: { imagename: 'v1_4.png', question: 'Which is the odd one? Select answers from A-I', answer: 'G' },
  v1_19: {
    imagename: 'v1_19.png',
    question: 'How many? Select answers from A-D. \n A) 10 B) 12 C) 14 D) 16',
    answer: 'C',
  },
  v1_20: { imagename: 'v1_20.png', question: 'Which is right? Select from 1-5', answer: '3' },
  v1_173: { imagename: 'v1_173.png', question: 'Which one? Select from A and B.  (A) A (B) B  ', answer: 'B' },
  v1_174: {
    imagename: 'v1_174.png',
    question: 'Which wheels turn? Select from A, B,  C, and D.  (A) C and E (B) A, B, D, F (C) ALL (D) F and D ',
    answer: 'B',
    skill: ['mechanical'],
    capability: ['diagram', 'ocr'],
  },
  v1_190: { imagename: 'v1_190.png', question: 'Select the correct answer from 1, 2, 3, 4, and 5', answer: 'B' },
  v1_382: { imagename: 'v1_382.png', question: 'Which picture?', answer: '' },
};

async function load(): Promise<readonly Problem[]> {
  const [selected] = parseSelections('logicvista', benchmarks);
  if (selected === undefined) throw new Error('nothing selected');
  const where = { dataRoot: '/nowhere', named: dataFolder({ 'dataset.json': rows }), requireImages: false };
  return (await loadProblems(selected.benchmark, selected.selection, where)).problems;
}

test('rows are known by their key; options are read where they say more than their letter', async () => {
  const problems = await load();
  expect(problems.map(({ id }) => id)).toEqual(Object.keys(rows));
  expect(byId(problems, 'v1_19').choices).toEqual(['10', '12', '14', '16']);
  expect(byId(problems, 'v1_173').choices).toEqual([]);
  expect(byId(problems, 'v1_174')).toMatchObject({
    choices: ['C and E', 'A, B, D, F', 'ALL', 'F and D'],
    facets: { skill: ['mechanical'], capability: ['diagram', 'ocr'] },
  });
  expect(byId(problems, 'v1_1').policy).toEqual({ type: 'choice', letters: ['A', 'C'], several: true });
  const untied = problems.filter(({ policy }) => policy.type === 'choice' && policy.letters.length === 0);
  expect(untied.map(({ id }) => id)).toEqual(['v1_382']);
  expect(byId(problems, 'v1_20').policy).toEqual({ type: 'number', integer: true });
});
