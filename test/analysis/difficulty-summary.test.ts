import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summariseBenchmark } from '../../src/analysis/summarise-benchmark.ts';
import { verdicts as verdictNames } from '../../src/core/grade.ts';
import { bucketChances } from '../../src/difficulty/ratings/rate-battles.ts';
import type { Rating } from '../../src/difficulty/ratings/rating.ts';
import type { RatingSet } from '../../src/difficulty/ratings/rating-set.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

const cuts = { easy: 950, hard: 1050 };

function ratingOf(id: string, rating: number, se = 50): Rating {
  const interval = { lowerCi: rating - 2 * se, upperCi: rating + 2 * se };
  return { id, rating, se, rank: 1, battles: 64, component: 0, ...interval, ...bucketChances(rating, se, cuts) };
}

function setOf(ratings: readonly Rating[]): RatingSet {
  return { benchmark: 'b', method: 'battles', design: 'random', judge: 'j', prior: 0.01, cuts, ratings, notes: [] };
}

function summarise(given: readonly { id: string; rating?: number; verdict: (typeof verdictNames)[number] }[]) {
  const ratings = given.flatMap(({ id, rating }) => (rating === undefined ? [] : [ratingOf(id, rating)]));
  const byId = new Map(ratings.map((rating) => [rating.id, rating]));
  return summariseBenchmark({
    repeat: 1,
    metrics: [],
    crossFacets: [],
    problems: given.map(({ id }) => makeProblem({ id })),
    verdicts: makeVerdicts(Object.fromEntries(given.map(({ id, verdict }) => [id, [verdict]]))),
    ratings: { set: setOf(ratings), source: 'test', of: ({ id }) => byId.get(id) },
  });
}

describe('results by difficulty', () => {
  test('the cuts themselves are easy and hard; a problem without a rating is unrated, not dropped', () => {
    const { difficulty } = summarise([
      { id: 'a', rating: 950, verdict: 'correct' },
      { id: 'b', rating: 951, verdict: 'incorrect' },
      { id: 'c', rating: 1050, verdict: 'correct' },
      { id: 'd', verdict: 'correct' },
      { id: 'e', verdict: 'failed' },
    ]);
    const asked = Object.entries(difficulty?.buckets ?? {}).map(([name, tally]) => [name, tally.asked, tally.correct]);
    expect(asked).toEqual([
      ['easy', 1, 1],
      ['medium', 1, 0],
      ['hard', 1, 1],
      ['unrated', 2, 1],
    ]);
    expect(difficulty?.buckets.unrated.failed).toBe(1);
  });

  test('every view holds every rated sample once, whatever the ratings', () => {
    const item = fc.record({
      rating: fc.option(fc.double({ min: 400, max: 1600, noNaN: true }), { nil: undefined }),
      verdict: fc.constantFrom(...verdictNames),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 50 }), (items) => {
        const given = items.map(({ rating, verdict }, index) => {
          return { id: `p${index}`, verdict, ...(rating === undefined ? {} : { rating }) };
        });
        const { difficulty, asked } = summarise(given);
        const rated = given.filter(({ rating }) => rating !== undefined).length;
        const total = (tallies: object) =>
          Object.values(tallies as Record<string, { asked: number }>).reduce((sum, tally) => sum + tally.asked, 0);
        expect(total(difficulty?.buckets ?? {})).toBe(asked);
        expect(total(difficulty?.quarters ?? {})).toBe(rated);
        const weights = Object.values(difficulty?.weighted ?? {}).reduce((sum, { n }) => sum + n, 0);
        expect(weights).toBeCloseTo(rated, 9);
      }),
    );
  });

  test('with ratings that are sure, the weighted view equals the cut one; near a cut it is shared out', () => {
    const sure = summarise([
      { id: 'a', rating: 200, verdict: 'correct' },
      { id: 'b', rating: 300, verdict: 'incorrect' },
      { id: 'c', rating: 1900, verdict: 'incorrect' },
    ]);
    expect(sure.difficulty?.weighted.easy).toMatchObject({ n: 2 });
    expect(sure.difficulty?.weighted.easy.accuracy).toBeCloseTo(0.5, 12);
    expect(sure.difficulty?.weighted.hard.accuracy).toBeCloseTo(0, 12);
    const near = summarise([{ id: 'a', rating: 1050, verdict: 'correct' }]);
    expect(near.difficulty?.weighted.hard.n).toBeCloseTo(0.5, 6);
  });
});
