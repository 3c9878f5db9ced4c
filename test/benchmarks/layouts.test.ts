import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { packageRoot } from '../../src/core/package-root.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { dataFolder } from '../problems/temporary-data.ts';

/** Where published copies keep what the sample has at its top: a clone of the repository, or data gathered for a harness. */
const layouts: readonly [benchmark: string, layout: string, moved: Readonly<Record<string, string>>][] = [
  ['mathverse', 'a clone', { 'testmini.json': 'data/testmini.json', images: 'data/images' }],
  ['mathverse', 'pictures beside the rows', { 'testmini.json': 'testmini.json', images: '.' }],
  ['mathvision', 'a clone', { 'test.jsonl': 'data/test.jsonl', images: 'images' }],
  ['mathvista', 'a clone', { 'testmini.json': 'data/testmini.json', images: 'data/images' }],
  ['wemath', 'a clone', { 'testmini.json': 'data/testmini.json', '2steps': 'data/2steps', '3steps': 'data/3steps' }],
  ['wemath', 'gathered', { 'testmini.json': 'testmini.json', '2steps': 'images/2steps', '3steps': 'images/3steps' }],
  ['dynamath', 'a clone', { '10trials': 'samples and result/10trials' }],
  ['dynamath', 'the trials alone', { '10trials': '.' }],
];

test.for(layouts)('%s as %s: every picture is found, and the hash is that of the sample', async ([name, , moved]) => {
  const sample = join(packageRoot, 'benchmarks', name, 'sample');
  const folder = dataFolder();
  for (const [from, to] of Object.entries(moved)) cpSync(join(sample, from), join(folder, to), { recursive: true });
  const [selected] = parseSelections(name, benchmarks);
  if (selected === undefined) throw new Error(`nothing selected by ${name}`);
  const load = (named: string) => loadProblems(selected.benchmark, selected.selection, { dataRoot: '/nowhere', named });
  const [there, here] = [await load(folder), await load(sample)];
  const missing = there.problems.flatMap(({ images }) => images.filter(({ path }) => !existsSync(path)));
  expect(missing).toEqual([]);
  expect(there.problems.flatMap(({ images }) => images).every(({ path }) => path.startsWith(folder))).toBe(true);
  expect(there.dataHash).toBe(here.dataHash);
});
