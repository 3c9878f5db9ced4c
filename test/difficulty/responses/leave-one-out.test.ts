import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leaveEachOut, rateWithout, ratingsWithout } from '../../../src/difficulty/responses/leave-one-out.ts';
import { rateResponses, ratingPlan } from '../../../src/difficulty/responses/rate-responses.ts';
import { keepTakers } from '../../../src/difficulty/responses/response-matrix.ts';
import { readResponsesJson, responsesToJson } from '../../../src/difficulty/responses/responses-json.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { matrixOf, simulate, taker } from './simulated-responses.ts';

const { matrix } = simulate({
  items: 40,
  takers: 4,
  seed: 'left out',
  asked: (item, column) => item > 0 || column === 2,
});
const plan = ratingPlan(matrix);
const weights = (column: number) => ({ name: 'whatever it is called', fingerprint: `weights ${column}` });

test('ratings without a checkpoint are those of the others alone', () => {
  const { set, leftOut } = rateWithout(matrix, plan, weights(2));
  expect(leftOut).toEqual(['c2']);
  const rest = keepTakers(matrix, ({ name }) => name !== 'c2');
  expect(set?.ratings).toEqual(rateResponses(rest, plan).ratings);
  expect(set?.notes.at(-1)).toContain('without the answers of c2');
  // Only c2 answered the first item.
  expect(set?.ratings.length).toBe(39);
});

test('they do not change with what the checkpoint answered', () => {
  const worse = { ...matrix, right: matrix.right.map((right, cell) => (cell % 4 === 2 ? 0 : right)) };
  expect(rateWithout(worse, plan, weights(2)).set?.ratings).toEqual(rateWithout(matrix, plan, weights(2)).set?.ratings);
  expect(rateResponses(worse, plan).ratings).not.toEqual(rateResponses(matrix, plan).ratings);
});

test('a checkpoint of other weights takes nobody out, one of unknown weights whoever has its name', () => {
  expect(rateWithout(matrix, plan, { name: 'c2', fingerprint: 'others' }).leftOut).toEqual([]);
  expect(rateWithout(matrix, plan, { name: 'c2', fingerprint: 'others' }).set).toEqual(rateResponses(matrix, plan));
  expect(rateWithout(matrix, plan, { name: 'c2', fingerprint: null }).leftOut).toEqual(['c2']);
  const unknown = { ...matrix, takers: matrix.takers.map(({ name }) => taker(name)) };
  expect(rateWithout(unknown, plan, { name: 'c1', fingerprint: 'f' }).leftOut).toEqual(['c1']);
});

test('a single taker leaves nothing when it is left out', () => {
  const alone = matrixOf([[[1, 1]], [[0, 1]]]);
  expect(rateWithout(alone, plan, { name: 'c0', fingerprint: null })).toEqual({ set: undefined, leftOut: ['c0'] });
  expect(leaveEachOut(alone, plan)[0]).toMatchObject({ own: { easy: { n: 1, accuracy: 1 } }, others: undefined });
});

test('the file gives back the matrix, and ratings without a checkpoint', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'responses.json');
  writeFileSync(path, responsesToJson({ matrix, plan }));
  expect(await readResponsesJson(path)).toEqual({ matrix, plan });
  expect(await ratingsWithout(path, weights(1))).toEqual(rateWithout(matrix, plan, weights(1)));
});

test.for([
  ['not JSON', '{"schema":1', 'it is not JSON'],
  ['another file', '{"schema":1,"ratings":[]}', 'benchmark'],
  ['no items', responsesToJson({ matrix, plan }).replace(/"items":\[[\s\S]*\]/, '"items":[]'), 'items'],
  ['a lacking count', responsesToJson({ matrix, plan }).replace('"right":[0,', '"right":['), 'the counts of'],
  ['more right than settled', responsesToJson({ matrix, plan }).replace('"right":[0,', '"right":[7,'), 'the counts of'],
] as const)('%s is refused with the place', async ([, content, place]) => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'responses.json');
  writeFileSync(path, content);
  await expect(readResponsesJson(path)).rejects.toMatchObject({
    code: 'RATINGS_INVALID',
    message: expect.stringContaining(place),
  });
});

test('a file that is not there is said', async () => {
  await expect(ratingsWithout('/nowhere/responses.json', weights(1))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
});
