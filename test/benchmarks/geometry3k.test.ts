import { expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { type LoadedBenchmark, loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { dataFolder } from '../problems/temporary-data.ts';
import { byId } from './load-shared.ts';

const row = {
  id: 11,
  problem_text: 'A B = 30',
  annotat_text: 'In $\\odot X, A B=30$. Find $m\\widehat{A B}$',
  choices: ['30', '40', '60', '80'],
  answer: 'D',
  problem_type_graph: ['Circle'],
  problem_type_goal: ['Angle'],
  detailed_solution: ' ',
};

async function load(files: Readonly<Record<string, unknown>>, selection = 'geometry3k'): Promise<LoadedBenchmark> {
  const [selected] = parseSelections(selection, benchmarks);
  if (selected === undefined) throw new Error('nothing selected');
  return loadProblems(selected.benchmark, selected.selection, {
    dataRoot: '/nowhere',
    named: dataFolder(files),
    requireImages: false,
  });
}

test('one folder per problem is read in the order of its numbers, beside files that are no rows', async () => {
  const { problems, selection } = await load({
    'test/200/data.json': { ...row, id: 200 },
    'test/11/data.json': row,
    'test/11/logic_form.json': { text_logic_form: [] },
    'train/3/data.json': { ...row, id: 3 },
  });
  expect(selection).toBe('test');
  expect(problems.map(({ id }) => id)).toEqual(['11', '200']);
  expect(byId(problems, '11')).toMatchObject({
    prompt: row.annotat_text,
    answer: 'D',
    policy: { type: 'choice', letters: ['D'] },
    facets: { graph: ['Circle'], goal: ['Angle'] },
  });
  expect(byId(problems, '11').images[0]?.path).toMatch(/test\/11\/img_diagram\.png$/);
});

test('SynthRL’s folder, the other splits, and rows that do not state their kind', async () => {
  const { problem_type_graph: _graph, problem_type_goal: _goal, ...plain } = row;
  const { problems } = await load({ 'geometry3k/test/11/data.json': plain });
  expect(byId(problems, '11').facets).toEqual({ graph: ['not stated'], goal: ['not stated'] });
  const other = await load({ 'val/5/data.json': { ...row, id: 5 } }, 'geometry3k:validation');
  expect(other.problems.map(({ id }) => id)).toEqual(['5']);
});

test('a row with a fifth answer is malformed, and its file is named', async () => {
  await expect(load({ 'test/11/data.json': { ...row, answer: 'E' } })).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringMatching(/test\/11\/data\.json.* at "answer"/),
  });
});
