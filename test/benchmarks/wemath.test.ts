import { beforeAll, expect, test } from 'vitest';
import type { LoadedBenchmark } from '../../src/problems/load-problems.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { byFacet, byId, countBy, loadShared } from './load-shared.ts';

describeShared('wemath, as published', ['data/wemath/testmini.json'], () => {
  let loaded: LoadedBenchmark;
  beforeAll(async () => {
    loaded = await loadShared('wemath');
  });

  test('1,740 problems of 525 groups, by step and concept', () => {
    const { problems } = loaded;
    expect(problems).toHaveLength(1740);
    expect(new Set(problems.map(({ group }) => group)).size).toBe(525);
    expect(byFacet(problems, 'step')).toEqual({ 'one-step': 1215, 'two-step': 360, 'three-step': 165 });
    expect(countBy(problems, ({ id }) => id.replace(/^.*@/, ''))).toEqual({
      '2steps_1': 360,
      '2steps_2': 360,
      '2steps_multi': 360,
      '3steps_1': 165,
      '3steps_2': 165,
      '3steps_3': 165,
      '3steps_multi': 165,
    });
    expect(countBy(problems, ({ answer }) => answer)).toEqual({ A: 585, B: 507, C: 454, D: 193, E: 1 });
    expect(Object.keys(byFacet(problems, 'concept'))).toHaveLength(67);
    expect(countBy(problems, ({ facets }) => String(facets['concept']?.length))).toEqual({ 1: 1215, 2: 360, 3: 165 });
  });

  test('a row is asked with its options as published', () => {
    const problem = byId(loaded.problems, '2steps_1@2steps_1');
    expect(problem).toMatchObject({
      group: '2steps_1',
      question: 'According to the diagram and the length information provided: OA = ( ) m, AB = ( ) m',
      choices: ['300, 400', '400, 300', '3000, 4000', '4000, 3000', 'No correct answer'],
      images: [{ path: sharedPath('data/wemath/2steps/image/1-1.png') }],
    });
    expect(problem.prompt).toBe(
      `${problem.question}\n\nOptions: A. 300, 400;B. 400, 300;C. 3000, 4000;D. 4000, 3000; E. No correct answer`,
    );
  });

  test('every gold is among its options, of which none but a left-out letter is empty', () => {
    for (const { id, answer, choices } of loaded.problems) {
      expect(choices[answer.charCodeAt(0) - 65], id).toBeTruthy();
      if (id !== '2steps_94@2steps_1') expect(choices, id).not.toContain('');
      for (const choice of choices) expect(choice, id).not.toMatch(/^[;；]|[;；]$|(^|[;；] *)[A-H][.．]/);
    }
    const last = loaded.problems.filter(({ choices }) => choices.at(-1)?.startsWith('No correct answer'));
    expect(last).toHaveLength(1738);
  });

  test.for([
    ['2steps_59@2steps_1', ['①', '②', '③', 'Cannot be determined', 'No correct answer']],
    [
      '2steps_94@2steps_1',
      [
        'Yes, A needs to be rotated 90 degrees clockwise around point O.',
        'Yes, A needs to be rotated 45 degrees counterclockwise around point O.',
        'No.',
        '',
        '',
        'No correct answer',
      ],
    ],
    [
      '2steps_101@2steps_1',
      [
        'Yes, A needs to be translated 5dm to the right',
        'Yes, A needs to be translated 5dm to the left',
        'No.',
        'No correct answer',
      ],
    ],
    [
      '2steps_48@2steps_multi',
      [
        'First head northeast to B, then north to C.',
        'First head northwest to B, then west to C.',
        'First head southeast to B, then west to C.',
        'No correct answer',
      ],
    ],
    ['2steps_97@2steps_multi', ['①; ③', '②; ③', '②; ④', '①; ④', 'No correct answer']],
    ['3steps_38@3steps_1', ['45°', '60°', '120°', 'No correct answer']],
    ['3steps_47@3steps_1', ['6cm, 2cm', '1cm, 3cm', '1cm, 4cm', 'No correct answer']],
    ['3steps_42@3steps_2', ['4', '3', '2', '1', 'No correct answer']],
    [
      '3steps_126@3steps_2',
      [
        'Equal',
        'The area of triangle EDG is twice the area of triangle BEG.',
        'The area of triangle EDG is twice the area of triangle BEG.',
        'Cannot be determined',
        'No correct answer',
      ],
    ],
    [
      '3steps_156@3steps_multi',
      [
        'There is an obtuse angle ∠ABE.',
        'There is an obtuse angle ∠ABC.',
        'There is no obtuse angle.',
        'It cannot be determined.',
        'No correct answer',
      ],
    ],
  ] as const)('the irregular options of %s are split', ([id, choices]) => {
    expect(byId(loaded.problems, id).choices).toEqual(choices);
  });

  test.for([
    ['2steps_102@2steps_1', /^Shape A is first translated .* to get Shape C\.$/],
    ['2steps_102@2steps_multi', /^Shape A is first .* shape B\.$/],
  ] as const)('names of points stay in the options of %s', ([id, pattern]) => {
    const { choices } = byId(loaded.problems, id);
    expect(choices).toHaveLength(4);
    expect(choices[0]).toMatch(pattern);
    expect(choices[1]).toMatch(pattern);
  });

  test('concepts with commas can be selected', async () => {
    const { selection, problems } = await loadShared(
      'wemath:concept=Cardinal Directions (East%2C South%2C West%2C North):step=one-step',
    );
    expect(selection).toBe('testmini,concept=Cardinal Directions (East%2C South%2C West%2C North),step=one-step');
    expect(problems.length).toBeGreaterThan(0);
  });
});
