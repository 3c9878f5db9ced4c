import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benchmarks } from '../../../benchmarks/index.ts';
import { readLabel } from '../../../src/problems/forms/file-label.ts';
import { readJsonHead } from '../../../src/problems/forms/json-head.ts';
import { knownForms } from '../../../src/problems/forms/known-forms.ts';
import { dataFolder, jsonLines } from '../temporary-data.ts';
import { tinyBenchmark, tinyRows } from '../tiny-benchmark.ts';
import { load, parquetBytes, tiny } from './tiny-forms.ts';

describe('a split in several parts', () => {
  const topics = ['Sums', 'Products'];
  const [form] = tiny.forms ?? [];
  if (form === undefined) throw new Error('tiny has forms');
  const parts = topics.map((topic) => ({
    files: [`${topic}.json`],
    shape: 'array' as const,
    rows: 1,
    facets: { topic },
  }));
  const labels = [
    ...topics.map((topic) => ({ label: `only_${topic}`, split: 'test', facets: { topic } })),
    { label: 'everything', split: 'test', rows: 3 },
  ];
  const parted = { ...tinyBenchmark({ test: { parts } }), forms: [{ ...form, labels }] };
  const sums = { 'tiny/only_Sums.parquet': parquetBytes(tinyRows.slice(0, 2)) };

  test('reads those that are selected, whatever state the others are in', async () => {
    const dataRoot = dataFolder({ ...sums, 'tiny/only_Products.parquet': parquetBytes().slice(0, 60) });
    const loaded = await load('tiny:topic=Sums', { dataRoot }, parted);
    expect([loaded.problems.length, loaded.dataPath]).toEqual([2, join(dataRoot, 'tiny')]);
    await expect(load('tiny', { dataRoot }, parted)).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('only_Products.parquet'),
    });
  });

  test('needs all of them, or the one that holds everything', async () => {
    const dataRoot = dataFolder(sums);
    await expect(load('tiny', { dataRoot }, parted)).rejects.toMatchObject({
      code: 'DATA_NOT_FOUND',
      message: expect.stringContaining('(test, topic Products)'),
      hint: expect.stringContaining('can be selected as tiny:topic=Sums.'),
    });
    // A file that says nothing does not stand in for the missing one.
    const more = dataFolder({ ...sums, 'tiny/download.parquet': parquetBytes() });
    await expect(load('tiny', { dataRoot: more }, parted)).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
    const both = dataFolder({ ...sums, 'tiny/only_Products.parquet': parquetBytes(tinyRows.slice(2)) });
    expect((await load('tiny', { dataRoot: both }, parted)).problems).toHaveLength(3);
    const whole = dataFolder({ ...sums, 'tiny/everything.parquet': parquetBytes() });
    const loaded = await load('tiny:topic=Products', { dataRoot: whole }, parted);
    expect([loaded.problems.length, loaded.dataPath]).toEqual([1, join(whole, 'tiny/everything.parquet')]);
  });
});

test('the name of a file says piece, label and folders', () => {
  const read = (name: string) => {
    const { names, piece, isLocal } = readLabel(name, 'above');
    return [names, piece && [piece.index, piece.of], isLocal];
  };
  expect(read('test-00001-of-00012-0123abcdef.parquet')).toEqual([['test', 'above'], [1, 12], false]);
  expect(read('default/test/0003.parquet')).toEqual([['test', 'default', 'above'], [3, undefined], false]);
  expect(read('sample_variant3/train.parquet')).toEqual([['train', 'sample_variant3', 'above'], undefined, false]);
  expect(read('MathVerse_MINI_local.tsv')).toEqual([['MathVerse_MINI', 'above'], undefined, true]);
  expect(read('MMMU-2024.tsv')).toEqual([['MMMU', 'above'], [2024, undefined], false]);
  expect(read('testmini.jsonl')).toEqual([['testmini', 'above'], undefined, false]);
});

test('of two official names the longer one is meant', () => {
  const part = (file: string) => ({ parts: [{ files: [file], shape: 'array' as const, rows: 1 }] });
  const [form] = knownForms(tinyBenchmark({ one: part('rows.json'), two: part('two/rows.json') }));
  const splitOf = (name: string) => form?.slotOf(readLabel(name, 'above'))?.split;
  expect(['rows.json', 'two/rows.json', 'deep/two/rows.json', 'xrows.json'].map(splitOf)).toEqual([
    'one',
    'two',
    'two',
    undefined,
  ]);
});

test('the files that are fetched from the hub are known by their names', () => {
  for (const { name, source, ...rest } of benchmarks) {
    const forms = knownForms({ name, source, ...rest });
    const unknown = (source.hub?.files ?? []).filter((pattern) => {
      // A folder of several names.
      if (pattern.slice(0, pattern.lastIndexOf('/') + 1).includes('*')) return false;
      const label = readLabel(pattern.replaceAll('*', '00000-of-00001'), name);
      return !forms.some((form) => form.slotOf(label) !== undefined);
    });
    expect([name, unknown]).toEqual([name, []]);
  }
});

describe('the beginning of a JSON file', () => {
  const rows = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), { minLength: 1, maxLength: 4 });
  const spaces = fc.constantFrom('', ' ', '\n', '\r\n  ');

  test('shows shape and first row, whole or cut behind it', () => {
    fc.assert(
      fc.property(rows, spaces, fc.nat(3), (values, space, indent) => {
        const [first] = values.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        const array = `${space}${JSON.stringify(values, null, indent)}`;
        expect(readJsonHead(array, true)).toEqual({ shape: 'array', row: first, key: undefined });
        expect(readJsonHead(array.slice(0, -1), false)).toEqual({ shape: 'array', row: first, key: undefined });
        const keyed = JSON.stringify(
          Object.fromEntries(values.map((value, index) => [`k${index}`, value])),
          null,
          indent,
        );
        expect(readJsonHead(`${space}${keyed}`, true)).toEqual({ shape: 'object', row: first, key: 'k0' });
        const lines = readJsonHead(`${space}${jsonLines([...values, { a: 1 }])}`, true);
        expect(lines).toEqual({ shape: 'jsonl', row: first, key: undefined });
      }),
    );
  });

  test('never fails, whatever it is and wherever it is cut', () => {
    const text = JSON.stringify([{ 'a"{': ['\\"', { b: '}' }] }, 2]);
    for (let end = 0; end <= text.length; end += 1) readJsonHead(text.slice(0, end), false);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', '"', '\\', ':', 'a', ' ', ',') }), (any) => {
        readJsonHead(any, true);
      }),
    );
    expect(readJsonHead('<html>', true)).toBeUndefined();
    expect(readJsonHead('', true)).toBeUndefined();
    expect(readJsonHead('{"a": "open', true)).toBeUndefined();
  });
});
