import { expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { plainRows } from '../../src/importing/forms/plain-rows.ts';
import type { ImportReading } from '../../src/importing/import-row.ts';
import { matchResponses, matchVerdicts } from '../../src/importing/match-import.ts';
import type { ImportFile } from '../../src/importing/read-import.ts';

function problem(id: string, group = id): Problem {
  return {
    benchmark: 'b',
    id,
    group,
    question: '',
    prompt: '',
    images: [],
    choices: [],
    answer: '1',
    policy: { type: 'free' },
    facets: {},
  };
}

/** A list of plain rows as the reader of that form gives it. */
function rows(...values: Record<string, unknown>[]): ImportFile {
  const placed = values.map((value, index) => ({ value, where: `f:${index + 1}` }));
  const [first = { value: {}, where: '' }] = placed;
  const reading = plainRows.read({ kind: 'records', first, rows: () => placed }) as ImportReading;
  return { kind: 'rows', form: 'rows', reading };
}

const problems = [problem('1'), problem('2'), problem('3')];
const checkpoint = { asked: undefined, checkpoint: 'c' };

test('responses are tied by id; a null response is none, and rows without a problem are listed', async () => {
  const file = rows(
    { id: '2', response: 'two' },
    { id: '1', response: null },
    { id: '3', response: null, text: 'not taken' },
    { id: '9', response: 'x' },
    { id: '8' },
  );
  expect(await matchResponses(file, problems, checkpoint)).toMatchObject({
    values: new Map([['2', { text: 'two' }]]),
    unmatched: [
      { id: '9', where: 'f:4', why: 'no selected problem has this id' },
      { id: '8', where: 'f:5' },
    ],
    rows: 5,
    notes: ['2 rows hold no response, as where a request failed.'],
  });
});

test.for([
  ['response', 'a', 'a'],
  ['text', '', ''],
  ['prediction', 7, '7'],
] as const)('a response may be called %s', async ([name, said, text]) => {
  const { values } = await matchResponses(rows({ id: '1', [name]: said }), problems, checkpoint);
  expect(values.get('1')).toEqual({ text });
});

test.for([
  ['no response', rows({ id: '1' }), /f:1 has no response/],
  ['a response that is no text', rows({ id: '1', response: ['a'] }), /f:1 has no response/],
  ['an id twice', rows({ id: '1', response: 'a' }, { id: '1', response: 'a' }), /f:2: the id 1 stands twice/],
  ['an id twice, first null', rows({ id: '1', response: null }, { id: '1', response: 'a' }), /f:2: the id 1/],
  ['no match', rows({ id: 'x', response: 'a' }), /None of the 1 rows has the id of a selected problem \(rows: x;/],
  ['no rows', rows(), /The file holds no rows/],
  ['verdicts', { kind: 'matrix', form: 'matrix', models: new Map() } as ImportFile, /holds verdicts, not responses/],
] as const)('responses with %s are refused', async ([, file, message]) => {
  await expect(matchResponses(file, problems, checkpoint)).rejects.toThrow(
    expect.objectContaining({ code: 'IMPORT_INVALID', message: expect.stringMatching(message) }),
  );
});

test('whose rows are taken: the model asked for, else that of the checkpoint’s name, else the only one', async () => {
  const two = [
    { id: '1', model: 'c', response: 'of c' },
    { id: '1', model: 'd', response: 'of d' },
  ];
  const one = [{ id: '1', model: 'd', response: 'of d' }];
  const taken = async (values: Record<string, unknown>[], asked?: string, name = 'c') => {
    const matched = await matchResponses(rows(...values), problems, { asked, checkpoint: name });
    return [matched.values.get('1')?.text, matched.model];
  };
  expect(await taken(two)).toEqual(['of c', 'c']);
  expect(await taken(two, 'd')).toEqual(['of d', 'd']);
  expect(await taken(two.toReversed())).toEqual(['of c', 'c']);
  expect(await taken(one)).toEqual(['of d', 'd']);
  expect(await taken([{ id: '1', response: 'of nobody' }], 'd')).toEqual(['of nobody', undefined]);
  await expect(taken(two, undefined, 'e')).rejects.toThrow(/several models, and none is called e/);
  await expect(taken(two, 'e', 'c')).rejects.toThrow(/several models, and none is called e/);
  await expect(taken(one, 'e')).rejects.toThrow('The file holds the model d, not e.');
});

test('another model’s rows are not judged', async () => {
  const file = rows({ id: '1', model: 'x' }, { id: '1', model: 'x' }, { id: '2', model: 'c', response: 'two' });
  expect((await matchResponses(file, problems, checkpoint)).values.get('2')).toEqual({ text: 'two' });
});

test('verdicts by id: null is undecided, whatever the member is called', async () => {
  const file = rows({ id: '1', correct: true }, { id: '2', official_correct: 0 }, { id: '3', correct: null });
  expect(Object.fromEntries((await matchVerdicts(file, problems, checkpoint)).values)).toEqual({
    1: 'correct',
    2: 'incorrect',
    3: 'undecided',
  });
  await expect(matchVerdicts(rows({ id: '1', correct: 'yes' }), problems, checkpoint)).rejects.toThrow(
    /f:1 has no correct/,
  );
  await expect(matchVerdicts(rows({ id: '1' }), problems, checkpoint)).rejects.toThrow(/f:1 has no correct/);
});

test('verdicts by table: in the order of groups and of the rows in each, which must fit', async () => {
  const grouped = [problem('s1v1', 's1'), problem('s2v1', 's2'), problem('s1v2', 's1'), problem('s2v2', 's2')];
  const match = async (cells: number[][] | undefined) => {
    const models = new Map(cells ? [['c', cells] as const] : []);
    return (await matchVerdicts({ kind: 'matrix', form: 'matrix', models }, grouped, checkpoint)).values;
  };
  const values = await match([
    [1, 0],
    [0, 1],
  ]);
  expect(Object.fromEntries(values)).toEqual({
    s1v1: 'correct',
    s1v2: 'incorrect',
    s2v1: 'incorrect',
    s2v2: 'correct',
  });
  await expect(match([[1, 0]])).rejects.toThrow(/verdicts for 1 underlying problems, the selection has 2/);
  await expect(match([[1, 0], [1]])).rejects.toThrow(/1 verdicts for problem s2, the selection has 2 rows of it/);
  await expect(match(undefined)).rejects.toThrow(/holds no verdicts/);
});
