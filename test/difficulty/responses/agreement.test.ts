import { expect, test } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import { publishedCuts } from '../../../src/difficulty/ratings/bucket.ts';
import type { RatingSet } from '../../../src/difficulty/ratings/rating-set.ts';
import { levelAgreement, ratingAgreement } from '../../../src/difficulty/responses/agreement.ts';
import { publishedLevels } from '../../../src/difficulty/responses/published-levels.ts';

function setOf(ratings: Readonly<Record<string, number>>): RatingSet {
  const rest = { rank: 1, lowerCi: 0, upperCi: 0, se: 0, battles: 0, pEasy: 0, pMedium: 0, pHard: 0, component: 0 };
  const list = Object.entries(ratings).map(([id, rating]) => ({ id, rating, ...rest }));
  const about = { benchmark: undefined, design: undefined, judge: undefined, prior: undefined, notes: [] };
  return { ...about, method: 'imported', cuts: publishedCuts, ratings: list };
}

function problem(id: string, facets: Problem['facets']): Problem {
  const text = { question: '', prompt: '', answer: '', policy: { type: 'free' } } as const;
  return { benchmark: 'mathvision', id, group: id, ...text, images: [], choices: [], facets };
}

test('two rating sets: correlation, confusion and κ on the problems that both know', () => {
  const one = setOf({ a: 800, b: 900, c: 1000, d: 1100, only: 1200 });
  const other = setOf({ a: 700, b: 1000, c: 990, d: 1300, elsewhere: 1 });
  const { n, spearman, kendall, confusion, kappa } = ratingAgreement(one, other);
  expect(n).toBe(4);
  expect(spearman).toBeCloseTo(0.8, 12);
  expect(kendall).toBeCloseTo(4 / 6, 12);
  expect(confusion.counts).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  // Agreed 3/4; by chance (2·1 + 1·2 + 1·1)/16.
  expect(kappa).toBeCloseTo((3 / 4 - 5 / 16) / (1 - 5 / 16), 12);
  expect(ratingAgreement(one, one)).toMatchObject({ kappa: 1, quarterKappa: 1 });
});

test('nothing in common, or nothing that varies, has no correlation', () => {
  const none = ratingAgreement(setOf({ a: 1 }), setOf({ b: 1 }));
  expect(none).toMatchObject({ n: 0, spearman: null, p: null, kendall: null, kappa: null, quarterKappa: null });
  const flat = ratingAgreement(setOf({ a: 1000, b: 1000, c: 1000 }), setOf({ a: 900, b: 1000, c: 1100 }));
  expect(flat).toMatchObject({ n: 3, spearman: null, kendall: null });
});

test('levels: numbers in their order, unknown ones left out', () => {
  const problems = ['10', '9', '2', 'unknown'].map((level, at) =>
    problem(`p${at}`, { level: [level], subject: ['x'] }),
  );
  const [levels, second] = publishedLevels(problems);
  expect(second).toBeUndefined();
  expect(levels).toMatchObject({ facet: 'level', order: ['2', '9', '10'] });
  const found = levelAgreement(
    setOf({ p0: 1100, p1: 1000, p2: 900, p3: 5000 }),
    levels ?? { facet: '', order: [], levels: new Map() },
  );
  expect(found).toMatchObject({ n: 3, spearman: 1, kendall: 1, kappa: null });
  expect(found.confusion).toMatchObject({ rows: ['easy', 'medium', 'hard'], columns: ['2', '9', '10'] });
  expect(found.confusion.counts).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

test('schools are levels; a single one, several at once, or none are not', () => {
  const grades = ['college', 'elementary school', 'not applicable', 'high school'];
  const problems = grades.map((grade, at) => problem(`p${at}`, { grade: [grade] }));
  expect(publishedLevels(problems)[0]?.order).toEqual(['elementary school', 'high school', 'college']);
  expect(publishedLevels([problem('a', { level: ['1'] }), problem('b', { level: ['1'] })])).toEqual([]);
  expect(publishedLevels([problem('a', { level: ['1', '2'] }), problem('b', {})])).toEqual([]);
});
