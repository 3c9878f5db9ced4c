import { expect, test } from 'vitest';
import type { AnswerPolicy, Problem } from '../../src/core/problem.ts';
import type { ImportRow } from '../../src/importing/import-row.ts';
import { ProblemFinder } from '../../src/importing/problem-finder.ts';
import { RowTies } from '../../src/importing/row-ties.ts';

function problem(id: string, question: string, answer: string, rest: Partial<Problem> = {}): Problem {
  const policy: AnswerPolicy = { type: 'free' };
  const facets = { version: ['Text Lite'] };
  return {
    benchmark: 'b',
    id,
    group: id,
    question,
    prompt: question,
    images: [],
    choices: [],
    answer,
    policy,
    facets,
    ...rest,
  };
}

const shared = 'How many triangles does the picture show?\n<image1>';
const problems = [
  problem('1', 'What is the sum of the two numbers?', '7'),
  problem('2', shared, '4'),
  problem('3', shared, '5'),
  problem('4', 'Which of these is a square, do you think?', 'B', {
    choices: ['circle', 'four equal sides'],
    policy: { type: 'choice', letters: ['B'] },
  }),
];

function tie(rows: readonly Partial<ImportRow>[]) {
  const ties = new RowTies<string>(new ProblemFinder(problems));
  for (const [index, row] of rows.entries()) {
    const base = {
      where: `f:${index + 1}`,
      idsAreOwn: false,
      ids: [],
      model: undefined,
      verdict: undefined,
      replies: null,
    };
    ties.add({ ...base, ...row }, ({ where }) => where);
  }
  const { values, unmatched, notes } = ties.finish();
  return {
    values: Object.fromEntries(values),
    why: Object.fromEntries(unmatched.map(({ where, why }) => [where, why])),
    notes,
  };
}

const row = (id: string, text: string, answer: string, rest: Partial<ImportRow> = {}): Partial<ImportRow> => ({
  ids: [id],
  idsAreOwn: true,
  evidence: { texts: [text], answer },
  ...rest,
});

test('another gold answer under a question of its own is a mended one; under a shared question it is another problem', () => {
  const { values, why, notes } = tie([
    row('1', 'What is the sum of the two numbers? ', '8'),
    row('2', shared, '5'),
    row('3', shared, '5.0'),
    row('4', 'Which of these is a square, do you think? A. circle', 'four equal sides'),
  ]);
  expect(values).toEqual({ 1: 'f:1', 3: 'f:3', 4: 'f:4' });
  expect(why).toEqual({ 'f:2': 'its answer is "5", that of 2 is "4"' });
  expect(notes).toEqual(['1 rows have another gold answer than the data here; the one here counts.']);
});

test.for([
  ['the letter', 'b'],
  ['the option of the letter', 'four equal sides'],
] as const)('a choice’s gold may be given as %s', ([, answer]) => {
  expect(tie([row('4', '', answer)]).values).toEqual({ 4: 'f:1' });
  expect(tie([row('4', '', answer), row('3', '', 'circle')]).why).toEqual({
    'f:2': expect.stringContaining('its answer'),
  });
});

test('another version of a problem is another problem', () => {
  const evidence = { texts: [], answer: '7', facets: { version: 'Vision Only' } };
  expect(tie([row('1', '', '7', { evidence }), row('2', '', '4')]).why).toEqual({
    'f:1': 'its version is "Vision Only"',
  });
});

test('foreign ids: the reading that questions and golds confirm is taken for all rows', () => {
  const foreign = (ids: string[], text: string, answer: string) => row('', text, answer, { ids, idsAreOwn: false });
  const rows = [
    foreign(['2', '1'], 'What is the sum of the two numbers?', '7'),
    foreign(['3', '2'], shared, '4'),
    foreign(['4', '3'], shared, '5'),
    // Nothing is said here; the reading of the others holds.
    foreign(['1', '4'], '', ''),
  ];
  expect(tie(rows).values).toEqual({ 1: 'f:1', 2: 'f:2', 3: 'f:3', 4: 'f:4' });
});

test('wording that several rows claim ties none of them', () => {
  const foreign = (text: string, answer: string) => row('', text, answer, { ids: ['x'], idsAreOwn: false });
  const { values, why } = tie([foreign(shared, '4'), foreign(shared, '4'), foreign(shared, '5')]);
  expect(values).toEqual({ 3: 'f:3' });
  expect(why).toEqual({ 'f:1': expect.stringMatching(/several/), 'f:2': expect.stringMatching(/several/) });
});

test('a foreign id is trusted where nothing speaks for or against it; a mere place is not', () => {
  expect(tie([{ ids: ['2'] }, { ids: ['9'] }])).toMatchObject({
    values: { 2: 'f:1' },
    why: { 'f:2': expect.any(String) },
  });
  expect(tie([{ ids: [undefined], position: 1 }]).values).toEqual({});
});

test('of several samples the first one is kept, in whatever order they stand; the same one twice is refused', () => {
  const { values, notes } = tie([
    row('1', '', '7', { sample: 2 }),
    row('1', '', '7', { sample: 0 }),
    row('1', '', '7', { sample: 1 }),
  ]);
  expect(values).toEqual({ 1: 'f:2' });
  expect(notes.join()).toContain('2 further responses were passed over');
  expect(() => tie([row('1', '', '7', { sample: 1 }), row('1', '', '7', { sample: 1 })])).toThrow(
    /f:2: the id 1 stands twice/,
  );
});
