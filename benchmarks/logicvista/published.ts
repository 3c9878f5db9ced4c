import type { PublishedSplit } from '../../src/problems/published.ts';

/** LogicVista's 448 puzzles, by the skill that each needs. */
export const logicvistaPublished: Readonly<Record<string, PublishedSplit>> = {
  all: {
    rows: 448,
    facets: { skill: { inductive: 107, deductive: 93, numerical: 95, spatial: 79, mechanical: 74 } },
    slips: {
      v1_20: 'its gold is a number and no letter',
      v1_190: 'its options count from 1 to 5 and its gold is a letter',
      v1_382: 'it has no gold',
    },
  },
};
