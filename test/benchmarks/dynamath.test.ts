import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { LoadedBenchmark } from '../../src/problems/load-problems.ts';
import { dataFolder } from '../problems/temporary-data.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { byFacet, byId, countBy, loadShared } from './load-shared.ts';

const trials = Array.from({ length: 10 }, (_, index) => `data/dynamath/10trials/trial${index + 1}/dataset.json`);

describeShared('dynamath, as published', trials, () => {
  let loaded: LoadedBenchmark;
  beforeAll(async () => {
    loaded = await loadShared('dynamath');
  });

  test('5,010 problems: 501 seeds in ten variants', () => {
    const { problems, selection, dataPath } = loaded;
    expect([problems.length, selection, dataPath]).toEqual([5010, 'all', sharedPath('data/dynamath')]);
    expect(new Set(problems.map(({ group }) => group)).size).toBe(501);
    expect(new Set(Object.values(byFacet(problems, 'variant')))).toEqual(new Set([501]));
    expect(byFacet(problems, 'answer-type')).toEqual({ float: 2960, 'multiple choice': 1740, text: 310 });
    expect(byFacet(problems, 'subject')).toMatchObject({
      statistics: 1250,
      'solid geometry': 150,
      'graph theory': 480,
    });
    expect(byFacet(problems, 'level')).toEqual({
      'high school': 2770,
      undergraduate: 1610,
      'elementary school': 630,
    });
    expect(byId(problems, '1@2')).toMatchObject({ group: '1', answer: '6.2832' });
  });

  test('every float is asked for with three digits, once', () => {
    const floats = loaded.problems.filter(({ policy }) => policy.type === 'number');
    expect(floats).toHaveLength(2960);
    for (const { prompt, policy, id } of floats) {
      expect(policy).toEqual({ type: 'number', tolerance: 0.001 });
      expect(prompt.match(/floating-point/g), id).toHaveLength(1);
      expect(prompt, id).toMatch(/[^ ] Answer the question with a three-digit floating-point number\.$/);
    }
    const replaced = floats.filter(({ question }) => question.includes('floating-point number'));
    expect(replaced).toHaveLength(30);
    for (const { prompt, policy, question } of loaded.problems)
      if (policy.type !== 'number') expect(prompt).toBe(question);
  });

  test('golds of choices are letters among the options, of which there are two to six', () => {
    const choices = loaded.problems.filter(({ policy }) => policy.type === 'choice');
    expect(countBy(choices, ({ answer }) => answer)).toEqual({ B: 697, A: 619, C: 220, D: 161, E: 37, F: 6 });
    for (const { id, answer, policy, choices: options } of choices) {
      expect(policy, id).toEqual({ type: 'choice', letters: [answer] });
      if (options.length > 0) expect(answer.charCodeAt(0) - 65, id).toBeLessThan(options.length);
    }
    const drawn = choices.filter(({ choices: options }) => options.length === 0);
    expect(new Set(drawn.map(({ group }) => group))).toEqual(new Set(['127']));
  });

  test.for([
    ['5@1', ['yes', 'no']],
    ['15@1', ['2', '1', '0']],
    ['245@1', ['heap', 'stack', 'binary tree', 'planted tree']],
    ['298@1', ['3x + 0y', '3x - 0y', '0y - 3x', '3x', '-3x - 0y']],
    ['299@1', ['x/y', '(x + 2)/(y + -4)', '(x - 2)/(y + -4)', '(x - 2)/(y - 4)', '(x + 2)/(y - 4)']],
    ['323@1', ['A', 'B', 'Their average thermal energy is the same']],
    ['366@1', ['Group 1', 'Group 2', 'Group 3']],
    ['468@1', ['[1, 4, 13]', '[3, 7, 12, 15, 18]', '[3, 5, 7, 10, 12, 15, 18]', '[5, 10]']],
    ['139@1', ['A', 'B', 'C', '']],
  ] as const)('options of %s', ([id, options]) => {
    expect(byId(loaded.problems, id).choices).toEqual(options);
  });

  test('text golds stay texts', () => {
    expect(byId(loaded.problems, '2@1')).toMatchObject({ answer: 'Sep', policy: { type: 'text' }, choices: [] });
  });

  test('one variant needs only its own file, and its hash does not depend on the others', async () => {
    const folder = dataFolder();
    cpSync(sharedPath(trials[0] ?? ''), join(folder, 'samples and result/10trials/trial1/dataset.json'));
    const where = { named: folder, requireImages: false };
    const alone = await loadShared('dynamath:variant=1', where);
    expect([alone.selection, alone.problems.length]).toEqual(['all,variant=1', 501]);
    expect(alone.dataHash).toBe((await loadShared('dynamath:variant=1')).dataHash);
    await expect(loadShared('dynamath', where)).rejects.toMatchObject({
      code: 'DATA_NOT_FOUND',
      message: expect.stringContaining('trial2/dataset.json'),
      hint: expect.stringContaining('dynamath:variant=1'),
    });
    await expect(loadShared('dynamath:variant=11', where)).rejects.toMatchObject({ code: 'SELECTION_EMPTY' });
  });

  test('a named file is the variant that its folder says', async () => {
    const { problems, selection } = await loadShared('dynamath', {
      named: sharedPath(trials[2] ?? ''),
      requireImages: false,
    });
    expect([selection, problems[0]?.id]).toEqual(['file', '1@3']);
  });
});
