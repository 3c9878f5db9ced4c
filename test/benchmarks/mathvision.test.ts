import { beforeAll, expect, test } from 'vitest';
import { askedWithPicture } from '../../benchmarks/mathvision/picture-tags.ts';
import type { LoadedBenchmark } from '../../src/problems/load-problems.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { byFacet, byId, countBy, loadShared } from './load-shared.ts';

test.for([
  ['Which?\n<image1>', [], 'Which?'],
  ['<image1>\nIn the picture', [], 'In the picture'],
  ['The clock showed <image1>. When?', [], 'The clock showed [picture]. When?'],
  ['Fold <image1>\nto get <image2>.', [], 'Fold <image1>\nto get <image2>.'],
  ['Which?\n<image1>', ['<image2>', '<image3>'], 'Which?\n<image1>'],
  ['No picture named', [], 'No picture named'],
  ['A break written out\\n<image1>', [], 'A break written out'],
  ['\\n<image1>\nfirst', [], 'first'],
] as const)('tags of %j with %j', ([question, options, asked]) => {
  expect(askedWithPicture(question, options)).toBe(asked);
});

describeShared('mathvision, as published', ['data/mathvision/test.jsonl', 'data/mathvision/testmini.jsonl'], () => {
  let loaded: LoadedBenchmark;
  beforeAll(async () => {
    loaded = await loadShared('mathvision');
  });

  test('3,040 problems with their subjects and levels', () => {
    const { problems, selection, notes, dataPath } = loaded;
    expect([problems.length, selection, notes]).toEqual([3040, 'test', []]);
    expect(dataPath).toBe(sharedPath('data/mathvision/test.jsonl'));
    expect(byFacet(problems, 'level')).toEqual({ 1: 237, 2: 738, 3: 551, 4: 830, 5: 684 });
    const both = countBy(problems, ({ facets }) => `${facets['subject']} ${facets['level']}`);
    expect(both).toMatchObject({
      'algebra 1': 7,
      'algebra 2': 126,
      'counting 4': 3,
      'combinatorial geometry 4': 92,
      'descriptive geometry 5': 56,
      'metric geometry - area 4': 161,
      'statistics 5': 1,
      'metric geometry - length 5': 180,
    });
    expect(both['counting 5']).toBeUndefined();
    expect(Object.keys(byFacet(problems, 'subject'))).toHaveLength(16);
  });

  test('golds: letters for those with options, two more whose options are drawn, the others free', () => {
    expect(countBy(loaded.problems, ({ policy }) => policy.type)).toEqual({ choice: 1534, free: 1506 });
    for (const id of ['59', '434']) {
      expect(byId(loaded.problems, id)).toMatchObject({ choices: [], policy: { type: 'choice', letters: ['C'] } });
    }
    for (const { policy, answer, id } of loaded.problems) {
      if (policy.type === 'choice') expect(policy.letters, id).toEqual([answer]);
    }
  });

  test('a gold stays as published, with its space or lost backslash', () => {
    const odd = loaded.problems.map(({ answer }) => answer).filter((answer) => answer !== answer.trim());
    expect(odd.sort()).toEqual(['\frac{36}{13}', '11 ']);
  });

  test.for([
    ['2', 'Which bike is most expensive?', []],
    ['550', undefined, []],
    ['473', undefined, []],
    ['1893', undefined, ['A', 'C', 'C', 'D', 'it depends on the size of the rectangle']],
  ] as const)('options of %s', ([id, prompt, choices]) => {
    const problem = byId(loaded.problems, id);
    expect(problem.choices).toEqual(choices);
    if (prompt !== undefined) expect(problem.prompt).toBe(prompt);
    expect(problem.prompt.includes('\n(A) ')).toBe(choices.length > 0);
  });

  test('options that are pictures are listed by the tags that the picture shows', () => {
    const { prompt, choices, images } = byId(loaded.problems, '2673');
    expect(prompt).toMatch(
      /look like\?\n\(A\) <image1>\n\(B\) <image2>\n\(C\) <image3>\n\(D\) <image4>\n\(E\) <image5>$/,
    );
    expect([choices.length, images.length]).toEqual([5, 1]);
  });

  test('testmini is 304 of the same problems, with all their pictures', async () => {
    const mini = await loadShared('mathvision:testmini');
    expect(mini.problems).toHaveLength(304);
    for (const problem of mini.problems) expect(problem).toEqual(byId(loaded.problems, problem.id));
    expect(new Set(Object.values(byFacet(mini.problems, 'subject')))).toEqual(new Set([19]));
  });

  test('split and facet go together', async () => {
    const { selection, problems } = await loadShared('mathvision:testmini:level=5|4:subject=algebra');
    expect(selection).toBe('testmini,level=4|5,subject=algebra');
    expect(problems.every(({ facets }) => /[45]/.test(facets['level']?.[0] ?? ''))).toBe(true);
    expect(problems.length).toBeGreaterThan(0);
  });
});
