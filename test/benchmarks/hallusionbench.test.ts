import { expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { type LoadedBenchmark, loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { dataFolder } from '../problems/temporary-data.ts';
import { byFacet, byId } from './load-shared.ts';

const row = {
  category: 'VD',
  subcategory: 'illusion',
  visual_input: '1',
  set_id: '0',
  figure_id: '0',
  question_id: '0',
  question: 'Is the right circle the same size as the left circle? Look well. Is it?',
  gt_answer_details: 'Both are of one size.',
  gt_answer: '1',
  filename: './VD/illusion/0_0.png',
};
const rows = [
  row,
  { ...row, figure_id: '1', gt_answer: '0', filename: './VD/illusion/0_1.png' },
  { ...row, subcategory: 'ocr', filename: './VD/ocr/0_0.png', question: 'The poster shows a cat.' },
  { ...row, category: 'VS', visual_input: '0', filename: null },
  { ...row, category: 'VS', visual_input: '0', question_id: '1', filename: undefined },
];

async function load(content: unknown, selection = 'hallusionbench'): Promise<LoadedBenchmark> {
  const [selected] = parseSelections(selection, benchmarks);
  if (selected === undefined) throw new Error('nothing selected');
  const named = dataFolder({ 'hallubench/HallusionBench.json': content });
  return loadProblems(selected.benchmark, selected.selection, { dataRoot: '/nowhere', named, requireImages: false });
}

test('ids hold category and subcategory, since the three numbers occur in each; a set is a group', async () => {
  const { problems } = await load(rows);
  expect(problems.map(({ id }) => id)).toEqual([
    'VD_illusion_0_0_0',
    'VD_illusion_0_1_0',
    'VD_ocr_0_0_0',
    'VS_illusion_0_0_0',
    'VS_illusion_0_0_1',
  ]);
  expect(byId(problems, 'VD_illusion_0_1_0')).toMatchObject({ group: 'VD_illusion_0', answer: 'no' });
  expect(byId(problems, 'VD_illusion_0_0_0').images[0]?.path).toMatch(/hallubench\/images\/VD\/illusion\/0_0\.png$/);
});

test('rows without a picture are asked without one, unless only pictures are selected', async () => {
  const { problems } = await load(rows);
  expect(byFacet(problems, 'input')).toEqual({ image: 3, 'no image': 2 });
  expect(byId(problems, 'VS_illusion_0_0_0').images).toEqual([]);
  expect((await load(rows, 'hallusionbench:input=image')).problems).toHaveLength(3);
});

test('asked up to the first question mark, for a box', async () => {
  const { problems } = await load(rows);
  const request = '? You final answer can only be \\boxed{yes} or \\boxed{no}.';
  expect(problems[0]?.prompt).toBe(`Is the right circle the same size as the left circle${request}`);
  expect(byId(problems, 'VD_ocr_0_0_0').prompt).toBe(`The poster shows a cat.${request}`);
});

test('an answer that is neither 0 nor 1 is malformed', async () => {
  await expect(load([{ ...row, gt_answer: '2' }])).rejects.toMatchObject({ code: 'DATA_INVALID' });
});
