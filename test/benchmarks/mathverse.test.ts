import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { LoadedBenchmark } from '../../src/problems/load-problems.ts';
import { dataFolder } from '../problems/temporary-data.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { byFacet, byId, loadShared } from './load-shared.ts';

const subset = 'data/mathverse/testmini_subset.json';

describeShared('mathverse text only, as published', ['data/mathverse/testmini_text_only.json'], () => {
  let loaded: LoadedBenchmark;
  beforeAll(async () => {
    loaded = await loadShared('mathverse:text-only');
  });

  test('788 problems without pictures, told apart from those of testmini', () => {
    const { problems, selection, notes } = loaded;
    expect([problems.length, selection, notes]).toEqual([788, 'text-only', []]);
    expect(problems[0]).toMatchObject({ id: 'text-only-1', group: '1', images: [] });
    expect(byFacet(problems, 'version')).toEqual({ 'Text Only': 788 });
  });

  test('subjects and subfields have their published counts', () => {
    const { problems } = loaded;
    expect(byFacet(problems, 'subject')).toEqual({ 'Plane Geometry': 510, Functions: 159, 'Solid Geometry': 119 });
    const functions = problems.filter(({ facets }) => facets['subject']?.[0] === 'Functions');
    expect(byFacet(functions, 'subfield')).toEqual({ Property: 71, Applied: 40, Expression: 32, Coordinate: 16 });
    expect(byFacet(problems, 'source')).toMatchObject({ GeoQA: 197, GEOS: 35, Functions_collected: 161 });
  });

  test('436 golds are letters, and every one is tied to an option', () => {
    const choices = loaded.problems.filter(({ policy }) => policy.type === 'choice');
    expect(choices).toHaveLength(436);
    for (const { id, policy, choices: options } of choices) {
      expect(options.length, id).toBeGreaterThanOrEqual(2);
      for (const letter of policy.type === 'choice' ? policy.letters : []) {
        expect(letter.charCodeAt(0) - 65, id).toBeLessThan(options.length);
      }
    }
    const several = choices.filter(({ policy }) => policy.type === 'choice' && policy.letters.length !== 1);
    expect(several.map(({ id }) => id)).toEqual(['text-only-440', 'text-only-555']);
  });

  test.for([
    ['517', '(C)', ['C']],
    ['521', '(B)', ['B']],
    ['429', 'False', ['B']],
    ['430', 'False', ['A']],
    ['339', '090^\\circ T', ['A']],
    ['340', '053 ^\\circ T', ['A']],
    ['440', 'C\nD', ['C', 'D']],
    ['555', 'A\nC', ['A', 'C']],
  ] as const)('gold of %s, %j, is %j', ([index, answer, letters]) => {
    const problem = byId(loaded.problems, `text-only-${index}`);
    expect(problem.answer).toBe(answer);
    expect(problem.policy).toEqual({ type: 'choice', letters });
  });

  test.for([
    ['334', '118掳T'],
    ['343', '62^\\circ '],
    ['418', ' Perimeter $=74 \\mathrm{~mm}$'],
  ] as const)('the free gold of %s stays as published', ([index, answer]) => {
    expect(byId(loaded.problems, `text-only-${index}`)).toMatchObject({
      answer,
      policy: { type: 'free' },
      choices: [],
    });
  });

  test.for([
    ['1', ['40°', '60°', '120°', '140°']],
    ['99', ['26°', '74°', '64°', '54°']],
    ['339', ['090^\\circ T', '180^\\circ T', '049^\\circ T', '041^\\circ T']],
    ['498', ['This is a function', 'This is not a function']],
    ['763', ['1:2', '1:4', '3:5', '3:7', '5:7']],
  ] as const)('options of %s are split from its question', ([index, options]) => {
    expect(byId(loaded.problems, `text-only-${index}`).choices).toEqual(options);
  });
});

describeShared('mathverse with pictures', [subset], () => {
  test('a named file has its versions, pictures and questions', async () => {
    const loaded = await loadShared('mathverse', { named: sharedPath(subset) });
    expect([loaded.selection, loaded.problems.length]).toEqual(['file', 480]);
    expect(byFacet(loaded.problems, 'version')).toEqual({
      'Text Dominant': 96,
      'Text Lite': 96,
      'Vision Intensive': 96,
      'Vision Dominant': 96,
      'Vision Only': 96,
    });
    expect(new Set(loaded.problems.map(({ group }) => group)).size).toBe(96);
    const visionOnly = byId(loaded.problems, '2200');
    expect(visionOnly.prompt).toMatch(/^According to the question shown in the image, .* at the end\.$/);
    expect(visionOnly.question).toMatch(/^On the following unit circle/);
    expect(visionOnly.choices).toHaveLength(4);
    expect(visionOnly.images).toEqual([{ path: sharedPath('data/mathverse/images/images_version_6/image_440.png') }]);
    expect(byId(loaded.problems, '2197').prompt).toMatch(/at the end\.\nQuestion: Which two of the following/);
  });

  test('a version is a facet', async () => {
    const loaded = await loadShared('mathverse:version=Vision Only|text lite', { named: sharedPath(subset) });
    expect([loaded.selection, loaded.problems.length]).toEqual(['file,version=Text Lite|Vision Only', 192]);
  });

  test('without question_for_eval, as in the older file, every problem has the same options and gold letters', async () => {
    const rows = JSON.parse(readFileSync(sharedPath(subset), 'utf8')) as Record<string, unknown>[];
    const older = rows.map(({ question_for_eval: _, ...row }) => row);
    const folder = dataFolder({ 'testmini.json': older });
    const { problems } = await loadShared('mathverse', { named: folder, requireImages: false });
    const newer = (await loadShared('mathverse', { named: sharedPath(subset) })).problems;
    expect(problems.map(({ choices, policy }) => [choices, policy])).toEqual(
      newer.map(({ choices, policy }) => [choices, policy]),
    );
    for (const { id, facets, question } of problems) {
      if (facets['version']?.[0] === 'Vision Only') expect(question).toBe(byId(newer, id).question);
    }
    expect(problems.map(({ prompt }) => prompt)).toEqual(newer.map(({ prompt }) => prompt));
  });

  test('without question_for_eval, as in the older file, and alone, the question of a Vision Only row stays empty', async () => {
    const row = {
      sample_index: '5',
      problem_index: '1',
      problem_version: 'Vision Only',
      question: '',
      image: 'images_version_6/image_1.png',
      answer: 'D',
      question_type: 'multi-choice',
      metadata: { split: 'testmini', source: 'GeoQA', subject: 'Plane Geometry', subfield: 'Angle' },
      query_cot: 'According to the question shown in the image, please answer.',
    };
    const folder = dataFolder();
    writeFileSync(join(folder, 'testmini.json'), JSON.stringify([row]));
    const { problems } = await loadShared('mathverse', { named: folder, requireImages: false });
    expect(problems[0]).toMatchObject({ question: '', choices: [], policy: { type: 'choice', letters: ['D'] } });
  });
});
