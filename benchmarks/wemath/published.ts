import { numberedIds, type PublishedSplit } from '../../src/problems/published.ts';

const twoSteps = { count: 360, keys: ['2steps_1', '2steps_2', '2steps_multi'] };
const threeSteps = { count: 165, keys: ['3steps_1', '3steps_2', '3steps_3', '3steps_multi'] };

/** Composites of two and three steps, each with one row per step and one for the whole. */
export const wemathPublished: Readonly<Record<string, PublishedSplit>> = {
  testmini: {
    rows: 1740,
    ids: [
      ...numberedIds(twoSteps.count).flatMap((number) => twoSteps.keys.map((key) => `2steps_${number}@${key}`)),
      ...numberedIds(threeSteps.count).flatMap((number) => threeSteps.keys.map((key) => `3steps_${number}@${key}`)),
    ],
    copies: [
      ['2steps_130@2steps_1', '2steps_132@2steps_1'],
      ['2steps_131@2steps_2', '2steps_170@2steps_2'],
    ],
    facets: { step: { 'one-step': 1215, 'two-step': 360, 'three-step': 165 } },
  },
};
