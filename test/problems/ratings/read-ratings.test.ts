import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { benchmarks } from '../../../benchmarks/index.ts';
import { SynthrlError } from '../../../src/core/errors.ts';
import { loadProblems } from '../../../src/problems/load-problems.ts';
import { ratingKeyOf } from '../../../src/problems/ratings/rating-key.ts';
import { readRatings } from '../../../src/problems/ratings/read-ratings.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { makeZip } from '../zip/make-zip.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
let files = 0;

function ratingsFile(content: string | Uint8Array): { path: string } {
  const path = join(folder.path, `${files++}.json`);
  writeFileSync(path, content);
  return { path };
}

const entry = (over: object = {}) => ({
  id: '2steps_1@2steps_1',
  image_path: 'a.png',
  question: 'How many? "NaN", -Infinity',
  rating: 1062.5,
  rank: 3,
  lower_ci: 990,
  upper_ci: 1120.25,
  ...over,
});

describe('ratings are read', () => {
  const entries = [entry(), entry({ id: 7, rating: -12, lower_ci: -12, upper_ci: -12, rank: 1 })];

  test('by id, numbers as ids too, other fields kept', async () => {
    const ratings = await readRatings(ratingsFile(JSON.stringify(entries, undefined, 2)));
    expect([...ratings.keys()]).toEqual(['2steps_1@2steps_1', '7']);
    expect(ratings.get('2steps_1@2steps_1')).toEqual({
      rating: 1062.5,
      rank: 3,
      lowerCi: 990,
      upperCi: 1120.25,
      others: { image_path: 'a.png', question: 'How many? "NaN", -Infinity' },
    });
  });

  test('from a zip, and after a byte order mark', async () => {
    const text = JSON.stringify(entries);
    const expected = await readRatings(ratingsFile(text));
    const member = 'data/wemath/samples_with_ratings.json';
    const { path } = ratingsFile(makeZip([{ name: member, content: text }]));
    expect(await readRatings({ path, member })).toEqual(expected);
    expect(await readRatings(ratingsFile(`\ufeff${text}`))).toEqual(expected);
    await expect(readRatings({ path, member: 'x' })).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });

  test('NaN in a field that does not matter, as Python writes it', async () => {
    const text = JSON.stringify([entry({ level: 'HERE' })]).replace('"HERE"', 'NaN');
    const [rating] = (await readRatings(ratingsFile(text))).values();
    expect(rating?.others).toMatchObject({ level: null, question: 'How many? "NaN", -Infinity' });
  });
});

describe('what is wrong is said with the entry', () => {
  const bad: [string, string | Uint8Array, RegExp][] = [
    ['no list', '{}', /should hold a list/],
    ['empty list', '[]', /no ratings/],
    ['empty file', '', /:1 is not JSON/],
    ['cut', JSON.stringify([entry(), entry()], undefined, 2).slice(0, -20), /:\d+ is not JSON/],
    ['a web page', '<html>', /begins with "<html>"/],
    ['other bytes', Buffer.from([0xff, 0xfe, 0, 1]), /not UTF-8/],
    ['no object', JSON.stringify([entry(), 5]), /entry 2 should be an object, not 5/],
    ['no id', JSON.stringify([entry({ id: undefined })]), /entry 1 "id" should be text, not missing/],
    ['an empty id', JSON.stringify([entry({ id: '' })]), /"id"/],
    ['an id with decimals', JSON.stringify([entry({ id: 1.5 })]), /"id" should be text, not 1.5/],
    ['no rating', JSON.stringify([entry({ rating: undefined })]), /"rating" should be a number, not missing/],
    ['a rating as text', JSON.stringify([entry({ rating: '1000' })]), /"rating" should be a number, not "1000"/],
    ['a rating of null', JSON.stringify([entry(), entry({ id: 'b', rating: null })]), /entry 2 "rating".*null/],
    ['a rank with decimals', JSON.stringify([entry({ rank: 1.5 })]), /"rank" should be a whole number/],
    ['a rank of 0', JSON.stringify([entry({ rank: 0 })]), /"rank"/],
    ['no interval', JSON.stringify([entry({ upper_ci: undefined })]), /"upper_ci".*missing/],
    ['a turned interval', JSON.stringify([entry({ lower_ci: 2000 })]), /"lower_ci" is above "upper_ci"/],
    ['NaN', JSON.stringify([entry(), entry({ id: 'b', rating: 0 })]).replace(':0,', ':NaN,'), /entry 2 "rating".*NaN/],
    ['-Infinity', JSON.stringify([entry({ lower_ci: 0 })]).replace(':0,', ':-Infinity,'), /"lower_ci".*Infinity/],
    ['beyond doubles', JSON.stringify([entry({ rating: 0 })]).replace(':0,', ':1e999,'), /"rating".*Infinity/],
    ['twice', JSON.stringify([entry(), entry({ id: 'b' }), entry()]), /rates .* twice, in entry 1 and in entry 3/],
    ['twice as number and text', JSON.stringify([entry({ id: 7 }), entry({ id: '7' })]), /rates "7" twice/],
  ];
  test.for(bad)('%s', async ([, content, message]) => {
    const where = ratingsFile(content);
    const error = (await readRatings(where).catch((thrown: unknown) => thrown)) as SynthrlError;
    expect(error).toBeInstanceOf(SynthrlError);
    expect(error).toMatchObject({ code: 'RATINGS_INVALID', message: expect.stringMatching(message) });
    expect(error.message).toContain(where.path);
  });

  test('no file', async () => {
    await expect(readRatings({ path: join(folder.path, 'no.json') })).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });
});

test('any JSON, and any beginning of it, is read or refused with a code', async () => {
  const value = fc.oneof(fc.double(), fc.string(), fc.constantFrom(null, true, [], {}, 'NaN', 1, 1000));
  const row = fc.record({ id: value, rating: value, rank: value, lower_ci: value, upper_ci: value });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(row, value), { maxLength: 4 }), fc.nat(), async (rows, cut) => {
      const text = JSON.stringify(rows);
      for (const part of [text, text.slice(0, cut % (text.length + 1))]) {
        const read = await readRatings(ratingsFile(part)).catch((error: SynthrlError) => error.code);
        if (typeof read === 'string') expect(read).toBe('RATINGS_INVALID');
        else for (const { rating } of read.values()) expect(Number.isFinite(rating)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

test('long strings with many quotes and without an end take no long time', async () => {
  for (const text of ['\\"'.repeat(2_000_000), '"'.repeat(2_000_001), '-'.repeat(4_000_000)]) {
    await expect(readRatings(ratingsFile(`["NaN", "${text}`))).rejects.toMatchObject({ code: 'RATINGS_INVALID' });
  }
});

test('keys of the samples are those of the published ratings', async () => {
  const keys: Record<string, string[]> = {};
  for (const benchmark of benchmarks) {
    const named = join(import.meta.dirname, '../../../benchmarks', benchmark.name, 'sample');
    const selection = { split: undefined, facets: {}, text: benchmark.name };
    const { problems } = await loadProblems(benchmark, selection, { dataRoot: folder.path, named });
    keys[benchmark.name] = problems.map((problem) => ratingKeyOf(problem));
  }
  const { mathverse = [], mathvision = [], mathvista = [], wemath = [], dynamath = [] } = keys;
  // Versions of a problem share its key; steps of a composite do not.
  expect(new Set(mathverse).size * 5).toBe(mathverse.length);
  expect(new Set(dynamath).size).toBeLessThan(dynamath.length);
  for (const own of [mathvision, mathvista, wemath]) expect(new Set(own).size).toBe(own.length);
  for (const key of [...mathverse, ...mathvision, ...mathvista, ...dynamath]) expect(key).toMatch(/^\d+$/);
  for (const key of wemath) expect(key).toMatch(/^[23]steps_\d+@[23]steps_(\d|multi)$/);
});
