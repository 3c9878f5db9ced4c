import { numberedIds, type PublishedSplit } from '../../src/problems/published.ts';

const subjects = {
  'metric geometry - area': 500,
  'metric geometry - length': 449,
  algebra: 345,
  'combinatorial geometry': 308,
  'solid geometry': 244,
  'metric geometry - angle': 173,
  combinatorics: 168,
  'transformation geometry': 168,
  arithmetic: 140,
  logic: 119,
  'descriptive geometry': 104,
  'graph theory': 90,
  'analytic geometry': 84,
  counting: 67,
  statistics: 58,
  topology: 23,
};

const ids = numberedIds(3040);

/** MATH-Vision as of May 2025. The small split has 19 problems of each subject, under the ids of the large one. */
export const mathvisionPublished: Readonly<Record<string, PublishedSplit>> = {
  test: {
    rows: 3040,
    ids,
    facets: { subject: subjects, level: { '1': 237, '2': 738, '3': 551, '4': 830, '5': 684 } },
    slips: { '2830': 'its gold has a form feed where the beginning of a fraction was' },
  },
  testmini: {
    rows: 304,
    ids,
    facets: {
      subject: Object.fromEntries(Object.keys(subjects).map((subject) => [subject, 19])),
      level: { '1': 53, '2': 82, '3': 56, '4': 45, '5': 68 },
    },
  },
};
