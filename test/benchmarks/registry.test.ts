import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { packageRoot } from '../../src/core/package-root.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { namedFileSplit, parseSelections } from '../../src/problems/selection.ts';

const root = join(packageRoot, 'benchmarks');

test('every folder is a registered benchmark of the same name, and every benchmark has a folder', () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = benchmarks.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(folders.map(({ name }) => name).sort()).toEqual([...names].sort());
});

test('five benchmarks are asked where none is named', () => {
  const unnamed = benchmarks.filter(({ onlyWhenNamed }) => onlyWhenNamed !== true).map(({ name }) => name);
  expect(unnamed).toEqual(['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath']);
});

describe.for(benchmarks.map((benchmark) => ({ name: benchmark.name, benchmark })))('$name', ({ name, benchmark }) => {
  const sample = join(root, name, 'sample');

  test('has a card that names it, its source and its licence, in plain text', () => {
    const card = readFileSync(join(root, name, 'card.md'), 'utf8');
    expect(card.startsWith(`# ${benchmark.title}\n`)).toBe(true);
    expect(card).toContain(benchmark.source.url);
    expect(card).toContain(benchmark.source.revision);
    expect(card).toContain(benchmark.source.license.split(/[ ,]/)[0]);
    for (const [split, { parts }] of Object.entries(benchmark.splits)) {
      expect(card).toContain(`\`${split}\``);
      expect(card).toContain(parts.reduce((sum, { rows }) => sum + rows, 0).toLocaleString('en'));
    }
    for (const facet of benchmark.facets) expect(card).toContain(facet);
  });

  test('declares names that a selection can tell apart', () => {
    expect(Object.keys(benchmark.splits)).toContain(benchmark.defaultSplit);
    for (const split of Object.keys(benchmark.splits)) expect(split).toMatch(/^[a-z][a-z-]*$/);
    for (const facet of benchmark.facets) expect(facet).toMatch(/^[a-z][a-z-]*$/);
    expect(Object.keys(benchmark.splits)).not.toContain(namedFileSplit);
    for (const pair of benchmark.crossFacets) for (const facet of pair) expect(benchmark.facets).toContain(facet);
  });

  test('reads its own sample', async () => {
    const [selected] = parseSelections(name, benchmarks);
    if (!selected) throw new Error('not selected');
    const { problems } = await loadProblems(benchmark, selected.selection, { dataRoot: '/nowhere', named: sample });
    expect(problems.length).toBeGreaterThanOrEqual(benchmark.onlyWhenNamed === true ? 12 : 20);
    expect(new Set(problems.map(({ id }) => id)).size).toBe(problems.length);
    for (const facet of benchmark.facets) {
      const values = problems.flatMap((problem) => problem.facets[facet] ?? []);
      expect(values.length, facet).toBeGreaterThanOrEqual(problems.length);
      expect(values.includes(''), facet).toBe(false);
    }
    for (const problem of problems) {
      expect(problem.prompt.trim(), problem.id).not.toBe('');
      expect(problem.answer.trim(), problem.id).not.toBe('');
      for (const image of problem.images) expect(existsSync(image.path), image.path).toBe(true);
    }
  });
});
