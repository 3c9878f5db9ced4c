import { expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
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

function rows(...values: Record<string, unknown>[]): ImportFile {
  return {
    form: 'rows',
    rows: values.map((value, index) => ({
      where: `f:${index + 1}`,
      id: String(value['id']),
      model: typeof value['model'] === 'string' ? value['model'] : undefined,
      value,
    })),
  };
}

const problems = [problem('1'), problem('2'), problem('3')];
const checkpoint = { asked: undefined, checkpoint: 'c' };

test('responses are tied by id; a null response is none, and rows without a problem are listed', () => {
  const file = rows(
    { id: '2', response: 'two' },
    { id: '1', response: null },
    { id: '3', response: null, text: 'not taken' },
    { id: '9', response: 'x' },
    { id: '8' },
  );
  expect(matchResponses(file, problems, checkpoint)).toEqual({
    values: new Map([['2', 'two']]),
    unmatched: ['9', '8'],
  });
});

test.for([
  ['response', 'a', 'a'],
  ['text', '', ''],
  ['prediction', 7, '7'],
] as const)('a response may be called %s', ([name, said, text]) => {
  expect(matchResponses(rows({ id: '1', [name]: said }), problems, checkpoint).values.get('1')).toBe(text);
});

test.for([
  ['no response', rows({ id: '1' }), /f:1 has no response/],
  ['a response that is no text', rows({ id: '1', response: ['a'] }), /f:1 has no response/],
  ['an id twice', rows({ id: '1', response: 'a' }, { id: '1', response: 'a' }), /f:2: the id 1 stands twice/],
  ['an id twice, first null', rows({ id: '1', response: null }, { id: '1', response: 'a' }), /f:2: the id 1/],
  ['no match', rows({ id: 'x', response: 'a' }), /None of the 1 rows has the id of a selected problem \(rows: x;/],
  ['no rows', rows(), /The file holds no rows/],
  ['verdicts', { form: 'matrix', models: new Map() } as ImportFile, /holds verdicts, not responses/],
] as const)('responses with %s are refused', ([, file, message]) => {
  expect(() => matchResponses(file, problems, checkpoint)).toThrow(
    expect.objectContaining({ code: 'IMPORT_INVALID', message: expect.stringMatching(message) }),
  );
});

test('whose rows are taken: the model asked for, else that of the checkpoint’s name, else the only one', () => {
  const two = rows({ id: '1', model: 'c', response: 'of c' }, { id: '1', model: 'd', response: 'of d' });
  const one = rows({ id: '1', model: 'd', response: 'of d' });
  const taken = (file: ImportFile, asked?: string, name = 'c') =>
    matchResponses(file, problems, { asked, checkpoint: name }).values.get('1');
  expect(taken(two)).toBe('of c');
  expect(taken(two, 'd')).toBe('of d');
  expect(taken(one)).toBe('of d');
  expect(taken(rows({ id: '1', response: 'of nobody' }), 'd')).toBe('of nobody');
  expect(() => taken(two, undefined, 'e')).toThrow(/several models, and none is called e/);
  expect(() => taken(two, 'e', 'c')).toThrow(/several models, and none is called e/);
  expect(() => taken(one, 'e')).toThrow('The file holds the model d, not e.');
});

test('verdicts by id: null is undecided, whatever the member is called', () => {
  const file = rows({ id: '1', correct: true }, { id: '2', official_correct: 0 }, { id: '3', correct: null });
  expect(Object.fromEntries(matchVerdicts(file, problems, checkpoint).values)).toEqual({
    1: 'correct',
    2: 'incorrect',
    3: 'undecided',
  });
  expect(() => matchVerdicts(rows({ id: '1', correct: 'yes' }), problems, checkpoint)).toThrow(/f:1 has no correct/);
  expect(() => matchVerdicts(rows({ id: '1' }), problems, checkpoint)).toThrow(/f:1 has no correct/);
});

test('verdicts by table: in the order of groups and of the rows in each, which must fit', () => {
  const grouped = [problem('s1v1', 's1'), problem('s2v1', 's2'), problem('s1v2', 's1'), problem('s2v2', 's2')];
  const table = (cells: number[][]): ImportFile => ({ form: 'matrix', models: new Map([['c', cells]]) });
  const match = (cells: number[][]) => matchVerdicts(table(cells), grouped, checkpoint).values;
  expect(
    Object.fromEntries(
      match([
        [1, 0],
        [0, 1],
      ]),
    ),
  ).toEqual({
    s1v1: 'correct',
    s1v2: 'incorrect',
    s2v1: 'incorrect',
    s2v2: 'correct',
  });
  expect(() => match([[1, 0]])).toThrow(/verdicts for 1 underlying problems, the selection has 2/);
  expect(() => match([[1, 0], [1]])).toThrow(/1 verdicts for problem s2, the selection has 2 rows of it/);
  expect(() => matchVerdicts({ form: 'matrix', models: new Map() }, grouped, checkpoint)).toThrow(/holds no verdicts/);
});
