import { numberedIds, type PublishedSplit } from '../../src/problems/published.ts';

const seeds = 501;
const variants = numberedIds(10);

function inAllVariants(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([value, count]) => [value, variants.length * count]));
}

/** The ten trials that the authors publish; kinds of question are those of the seeds. */
export const dynamathPublished: Readonly<Record<string, PublishedSplit>> = {
  all: {
    rows: variants.length * seeds,
    ids: variants.flatMap((variant) => numberedIds(seeds).map((seed) => `${seed}@${variant}`)),
    facets: {
      subject: inAllVariants({
        statistics: 125,
        'analytic geometry': 97,
        'plane geometry': 77,
        algebra: 51,
        'graph theory': 48,
        'scientific figure': 45,
        arithmetic: 26,
        'puzzle test': 17,
        'solid geometry': 15,
      }),
      level: inAllVariants({ 'high school': 277, undergraduate: 161, 'elementary school': 63 }),
      'answer-type': inAllVariants({ float: 296, 'multiple choice': 174, text: 31 }),
      variant: Object.fromEntries(variants.map((variant) => [variant, seeds])),
    },
  },
};
