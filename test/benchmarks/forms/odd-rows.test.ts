import { describe, expect, test } from 'vitest';
import { dynamath } from '../../../benchmarks/dynamath/benchmark.ts';
import { mathverse } from '../../../benchmarks/mathverse/benchmark.ts';
import { mathvision } from '../../../benchmarks/mathvision/benchmark.ts';
import { mathvista } from '../../../benchmarks/mathvista/benchmark.ts';
import { wemath } from '../../../benchmarks/wemath/benchmark.ts';
import { type Benchmark, type ProblemFields, RowError } from '../../../src/problems/define-benchmark.ts';

/** Translates and reads one row. */
function read(
  benchmark: Benchmark,
  kind: 'parquet' | 'tsv',
  row: Readonly<Record<string, unknown>>,
  facets: Readonly<Record<string, string>> = {},
): ProblemFields {
  const form = benchmark.forms?.find((known) => known.kind === kind);
  if (form === undefined) throw new Error(`no form ${kind}`);
  const context = { key: undefined, facets };
  const result = benchmark.read(form.toOfficial(row, context), context);
  if ('invalid' in result) throw new RowError(result.invalid.field, result.invalid.reason);
  return result.fields;
}

describe('MathVerse', () => {
  const row = {
    index: '2',
    image: '',
    question: 'Find x.',
    answer: ' 14 ',
    problem_version: 'Text Lite',
    question_type: 'free-form',
    metadata: "{'split': 'testmini', 'source': 'GEOS', 'subject': 'Plane Geometry', 'subfield': 'Angle'}",
    query_cot: 'Please reason. Find x.',
    question_for_eval: '',
  };

  test('the official index follows from problem and version, whatever the table counts', () => {
    const fields = read(mathverse, 'tsv', { ...row, index: '17', problem_index: '685.0' });
    expect(fields).toMatchObject({ id: '3422', group: '685', images: ['images_version_1-4/image_685.png'] });
    expect(fields).toMatchObject({ question: 'Find x.', answer: ' 14 ' });
  });

  test('the table is believed where it says the official index', () => {
    expect(read(mathverse, 'tsv', { ...row, sample_index: '3422' })).toMatchObject({ id: '3422', group: '685' });
  });

  test('index serves where it fits the version, and only there', () => {
    expect(read(mathverse, 'tsv', { ...row, index: '3422' })).toMatchObject({ id: '3422', group: '685' });
    expect(() => read(mathverse, 'tsv', { ...row, index: '3424' })).toThrow('not one of the version Text Lite');
  });

  test.for([
    ['Vision Dominant', '4', 'images_version_5/image_1.png'],
    ['Vision Only', '5', 'images_version_6/image_1.png'],
  ] as const)('%s has its own picture', ([version, id, image]) => {
    const fields = read(mathverse, 'tsv', { ...row, problem_version: version, problem_index: '1' });
    expect(fields).toMatchObject({ id, images: [image] });
  });

  test('labels may stand in columns of their own', () => {
    const columns = { metadata: '', subject: 'Functions', subfield: 'Property', source: 'GEOS', problem_index: 2n };
    expect(read(mathverse, 'tsv', { ...row, ...columns }).facets).toMatchObject({ subject: 'Functions' });
  });

  test('rows without picture are known by their number', () => {
    const textOnly = { ...row, problem_version: 'Text Only', sample_index: '7', problem_index: '7' };
    expect(read(mathverse, 'parquet', textOnly)).toMatchObject({ id: 'text-only-7', group: '7', images: [] });
  });

  test.for([
    ['problem_version', 'Text Rich', 'no version'],
    ['metadata', "{'split': ", 'The text'],
    ['answer', '', 'empty'],
    ['index', 'first', 'whole number'],
  ] as const)('%s %s is refused', ([column, value, reason]) => {
    expect(() => read(mathverse, 'tsv', { ...row, [column]: value })).toThrow(reason);
  });
});

describe('MATH-Vision', () => {
  const row = { index: '7.0', image: '', question: 'How many?', answer: '60', choices: '[]', category: 'arithmetic' };

  test('a table without levels gives unknown ones, a table with levels the levels', () => {
    expect(read(mathvision, 'tsv', row)).toMatchObject({
      id: '7',
      images: ['images/7.jpg'],
      facets: { subject: 'arithmetic', level: 'unknown' },
    });
    expect(read(mathvision, 'tsv', { ...row, level: '4.0' }).facets['level']).toBe('4');
    expect(() => read(mathvision, 'tsv', { ...row, level: '9' })).toThrow(RowError);
  });

  test('quotes, backslashes and line breaks of written lists', () => {
    const choices = String.raw`["it's", '$\\frac{1}{2}$', 'two\nlines', 'É', "5\""]`;
    const { choices: read5 } = read(mathvision, 'tsv', { ...row, answer: 'B', choices });
    expect(read5).toEqual(["it's", String.raw`$\frac{1}{2}$`, 'two\nlines', 'É', '5"']);
  });

  test('columns beyond the known ones are left alone', () => {
    const parquet = { id: '7', question: 'How many?', options: [], image: 'images/7.jpg', answer: '60', level: 2n };
    expect(
      read(mathvision, 'parquet', { ...parquet, subject: 'arithmetic', solution: null, more: [1n] }),
    ).toMatchObject({
      facets: { level: '2' },
    });
  });
});

describe('MathVista', () => {
  const row = {
    index: '12',
    image: '',
    question:
      'Hint: Please answer the question and provide the correct option letter, e.g., A, B, C, D, at the end.\n' +
      'Question: Which bar is highest?\nChoices:\n(A) red\n(B) blue ',
    answer: 'red',
    answer_option: 'A',
    choices: "['red', 'blue ']",
    question_type: 'multi_choice',
    answer_type: 'text',
    task: 'figure question answering',
    skills: "['statistical reasoning']",
  };
  const number = {
    ...row,
    question:
      'Hint: Please answer the question requiring an integer answer and provide the final value, e.g., 1, 2, 3, at the end.\n' +
      'Question: What is the age gap? (Unit: years)',
    answer: '4.0',
    answer_option: '',
    choices: '',
    question_type: 'free_form',
    answer_type: 'integer',
  };

  test('the question is taken from the query, which stays as it is', () => {
    expect(read(mathvista, 'tsv', row)).toMatchObject({
      id: '12',
      question: 'Which bar is highest?',
      prompt: row.question,
      images: ['images/12.jpg'],
      choices: ['red', 'blue '],
      answer: 'red',
      policy: { type: 'choice', letters: ['A'] },
      facets: { task: 'figure question answering', skills: ['statistical reasoning'], grade: 'unknown' },
    });
  });

  test('a bare question gets its query', () => {
    const fields = read(mathvista, 'tsv', { ...row, question: 'Which bar is highest?' });
    expect(fields.prompt).toBe(row.question.trim());
    expect(fields.question).toBe('Which bar is highest?');
  });

  test('a letter in place of the text', () => {
    expect(read(mathvista, 'tsv', { ...row, answer: 'A' }).answer).toBe('red');
    expect(read(mathvista, 'tsv', { ...row, answer: '', answer_option: 'B' }).answer).toBe('blue ');
    // Here the letter is the text of another option.
    expect(read(mathvista, 'tsv', { ...row, choices: "['B', 'A']", answer: 'A', answer_option: 'B' }).answer).toBe('A');
  });

  test('the unit is no part of the question; integers lose the decimals of a column of numbers', () => {
    expect(read(mathvista, 'tsv', number)).toMatchObject({
      question: 'What is the age gap?',
      prompt: number.question,
      answer: '4',
      policy: { type: 'number', integer: true },
    });
    const priced = { ...number, question: number.question.replace('years', '$') };
    expect(read(mathvista, 'tsv', priced).question).toBe('What is the age gap? (Unit: $)');
  });

  test.for([
    ['1.2', '', 1],
    ['1.25', '', 2],
    ['-0.5', '2.0', 2],
    ['7', '', 0],
  ] as const)('%s with the precision "%s" is rounded to %i decimals', ([answer, precision, decimals]) => {
    const { policy } = read(mathvista, 'tsv', { ...number, answer_type: 'float', answer, precision });
    expect(policy).toEqual({ type: 'number', decimals });
  });

  test('labels are taken where they are', () => {
    const metadata = "{'grade': 'college', 'language': 'english'}";
    const { facets } = read(mathvista, 'tsv', { ...row, metadata, context: 'bar chart', skills: 'logical reasoning' });
    expect(facets).toMatchObject({ grade: 'college', context: 'bar chart', language: 'english', source: 'unknown' });
    expect(facets['skills']).toEqual(['logical reasoning']);
  });

  test('withheld answers are said to be', () => {
    const parquet = { pid: '1', question: '?', image: 'images/1.jpg', choices: null, answer: '' };
    expect(() => read(mathvista, 'parquet', parquet)).toThrow('withheld');
  });
});

describe('We-Math', () => {
  const row = {
    index: '1',
    image: '',
    question: 'Where is it?',
    A: '①; ③',
    B: 'between A. and B',
    C: '',
    D: '',
    E: 'No correct answer',
    answer: 'E ',
    ID: '3steps_12',
    key: '3steps_multi',
    'knowledge concept': 'One;Two',
  };

  test('options of their own columns come out the same', () => {
    expect(read(wemath, 'tsv', row)).toMatchObject({
      id: '3steps_12@3steps_multi',
      group: '3steps_12',
      choices: ['①; ③', 'between A. and B', '', '', 'No correct answer'],
      answer: 'E',
      images: ['3steps/image/12-multi.png'],
      facets: { step: 'three-step', concept: ['One', 'Two'] },
    });
  });

  test('the options in one text are taken as they are', () => {
    expect(read(wemath, 'tsv', { ...row, option: 'A. x;B. y' }).prompt).toBe('Where is it?\n\nOptions: A. x;B. y');
  });

  test.for([['2steps_1'], ['3steps_x'], ['../3steps_1']])('the key %s names no picture of this row', ([key]) => {
    expect(() => read(wemath, 'tsv', { ...row, key })).toThrow('name no picture');
  });
});

describe('DynaMath', () => {
  const row = {
    id: '5',
    question: 'Is it? Choices: (A) yes (B) no',
    ground_truth: 'B',
    answer_type: 'multiple choice',
    subject: 'statistics',
    knowledge_level: 'elementary school',
  };

  test('the variant is said by the file, or by the row', () => {
    const wanted = { id: '5@3', group: '5', images: ['image/image5.png'], facets: { variant: '3' } };
    expect(read(dynamath, 'parquet', row, { variant: '3' })).toMatchObject(wanted);
    expect(read(dynamath, 'parquet', { ...row, varid: 3n })).toMatchObject(wanted);
    expect(read(dynamath, 'parquet', { ...row, id: '1007', qid: '5.0', varid: '3.0' })).toMatchObject(wanted);
    expect(() => read(dynamath, 'parquet', row)).toThrow('which variant');
  });

  test('a row of the table', () => {
    const { ground_truth: answer, ...rest } = row;
    expect(read(dynamath, 'tsv', { ...rest, index: '1007', qid: '5', varid: '3', answer })).toMatchObject({
      id: '5@3',
      choices: ['yes', 'no'],
      policy: { type: 'choice', letters: ['B'] },
    });
  });
});
