import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { ratingSetToJson } from '../../../src/difficulty/files/rating-set-json.ts';
import { ratingsToCsv } from '../../../src/difficulty/files/ratings-csv.ts';
import { readRatingSet } from '../../../src/difficulty/files/read-rating-set.ts';
import { samplesWithRatings } from '../../../src/difficulty/files/samples-with-ratings.ts';
import { publishedCuts } from '../../../src/difficulty/ratings/bucket.ts';
import { rateBattles } from '../../../src/difficulty/ratings/rate-battles.ts';
import type { RatingSet } from '../../../src/difficulty/ratings/rating-set.ts';
import { makeProblem } from '../../analysis/make-outcomes.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthrl-ratings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 8 });

describe('files of ratings', () => {
  test('what is written is read again', async () => {
    await fc.assert(
      fc.asyncProperty(ids, async (names) => {
        const [first = '', ...others] = names;
        const { ratings } = rateBattles(others.map((second) => ({ first, second, winner: 'first' })));
        const set: RatingSet = {
          benchmark: 'b',
          method: 'battles',
          design: 'random',
          judge: 'j',
          prior: 0.01,
          cuts: publishedCuts,
          ratings,
          notes: ['One.'],
        };
        expect(await readRatingSet({ path: write('ratings.json', ratingSetToJson(set)) })).toEqual(set);
      }),
      { numRuns: 25 },
    );
  });

  test('the original form is read back with errors from its intervals, and written as Python writes it', async () => {
    const { ratings } = rateBattles([
      { first: 'a', second: 'b', winner: 'first' },
      { first: 'b', second: 'a', winner: 'tie' },
    ]);
    const problems = ['a', 'b'].map((id) => makeProblem({ id, benchmark: 'wemath', prompt: `∠${id}?`, answer: 'A' }));
    const text = samplesWithRatings(problems, new Map(ratings.map((one) => [one.id, one])));
    expect(text).toMatch(/^\[\n {2}\{\n {4}"id": "a",\n {4}"image_path": "",\n {4}"question": "\\u2220a\?",/);
    const { ratings: again } = await readRatingSet({ path: write('samples_with_ratings.json', text) });
    for (const [index, rating] of again.entries()) {
      expect(rating.rating).toBe(ratings[index]?.rating);
      expect(rating.se).toBeCloseTo(ratings[index]?.se ?? 0, 6);
      expect(rating.pHard).toBeCloseTo(ratings[index]?.pHard ?? 0, 6);
    }
  });

  test('CSV quotes what it must', () => {
    const { ratings } = rateBattles([{ first: 'a,"b"', second: 'c', winner: 'first' }]);
    const [header, first] = ratingsToCsv(ratings).split('\n');
    expect(header).toBe('id,rating,rank,lower_ci,upper_ci,se,battles,p_easy,p_medium,p_hard');
    expect(first).toMatch(/^"a,""b""",/);
  });

  test.each([
    ['{"schema":1,"method":"battles"', 'RATINGS_INVALID'],
    ['{"schema":2}', 'RATINGS_INVALID'],
    ['[{"id":"a","rating":1000}]', 'RATINGS_INVALID'],
    ['[]', 'RATINGS_INVALID'],
    ['', 'RATINGS_INVALID'],
  ])('%j is refused', async (text, code) => {
    await expect(readRatingSet({ path: write('bad.json', text) })).rejects.toMatchObject({ code });
  });

  test('a file that is not there is said', async () => {
    await expect(readRatingSet({ path: join(folder, 'none.json') })).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });
});
