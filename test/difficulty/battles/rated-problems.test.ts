import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchmarks } from '../../../benchmarks/index.ts';
import { ratedProblems } from '../../../src/difficulty/battles/rated-problems.ts';
import { loadProblems } from '../../../src/problems/load-problems.ts';
import { parseSelections } from '../../../src/problems/selection.ts';

async function load(text: string) {
  const [selected] = parseSelections(text, benchmarks);
  const named = join(import.meta.dirname, '../../../benchmarks', selected!.benchmark.name, 'sample');
  return (await loadProblems(selected!.benchmark, selected!.selection, { dataRoot: '', named })).problems;
}

test('MathVerse fights with its Text Lite rows, under the problem’s index', async () => {
  const problems = await load('mathverse');
  const { rated, note } = ratedProblems(problems);
  expect(note).toBeUndefined();
  expect(new Set(rated.map(({ problem }) => problem.facets['version']?.[0]))).toEqual(new Set(['Text Lite']));
  expect(rated.map(({ id }) => id)).toEqual([...new Set(problems.map(({ group }) => group))]);
});

test('DynaMath fights with the first variant of each seed', async () => {
  const problems = await load('dynamath');
  const { rated } = ratedProblems(problems);
  expect(new Set(rated.map(({ problem }) => problem.facets['variant']?.[0]))).toEqual(new Set(['1']));
  expect(rated.length * 10).toBe(problems.length);
});

test.each(['mathvision', 'wemath', 'mathvista'])('all rows of %s fight, under their ids', async (name) => {
  const problems = await load(name);
  expect(ratedProblems(problems).rated.map(({ id }) => id)).toEqual(problems.map(({ id }) => id));
});

test('a selection without those rows fights with the first of each, and that is said', async () => {
  const { rated, note } = ratedProblems(await load('mathverse:version=Vision Only|Vision Dominant'));
  expect(new Set(rated.map(({ problem }) => problem.facets['version']?.[0]))).toEqual(new Set(['Vision Dominant']));
  expect(note).toContain('no row with version Text Lite');
});
