import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duplicateKey } from '../../src/problems/duplicate-key.ts';
import { jsonErrorLine } from '../../src/problems/json-error-line.ts';
import { readRows } from '../../src/problems/read-rows.ts';
import { dataFolder } from './temporary-data.ts';

function read(content: unknown, shape: 'array' | 'object' | 'jsonl' | 'any') {
  return readRows(join(dataFolder({ rows: content }), 'rows'), shape);
}

test('rows know their key and place', async () => {
  expect((await read('[1, 2]', 'array')).map(({ value, key, place }) => [value, key, place.split('rows')[1]])).toEqual([
    [1, undefined, ', row 1'],
    [2, undefined, ', row 2'],
  ]);
  const [keyed] = await read('{"7": 1}', 'any');
  expect([keyed?.key, keyed?.place.endsWith('rows, key "7"')]).toEqual(['7', true]);
  expect((await read('1\n\n2', 'jsonl')).map(({ place }) => place.split('rows')[1])).toEqual([':1', ':3']);
});

test.for([
  ['broken JSON', '[\n1,\n2,,\n3]', 'array', 'rows:3 is not JSON.'],
  ['cut JSON', '[1,\n2', 'array', 'rows:2 is not JSON.'],
  ['a broken line', '{}\n{"a":\n{}', 'jsonl', 'rows:2 is not a line of JSON.'],
  ['a cut string', '[1,\n2,\n"a\n', 'array', 'rows:3 is not JSON.'],
  ['a missing comma', '[{"a": 1}\n\n{"b": 2}]', 'array', 'rows:3 is not JSON.'],
  ['a control character', '{"a":\n"\u0001"}', 'object', 'rows:2 is not JSON.'],
  ['text behind the end', '[1]\n[2]', 'array', 'rows:2 is not JSON.'],
  ['a download page', '<!DOCTYPE html>\n<html>', 'array', 'rows:1 is not JSON.'],
  ['an object for a list', '{"a": 1}', 'array', 'rows should hold a list of rows.'],
  ['a list for an object', '[1]', 'object', 'rows should hold an object of rows by key.'],
  ['a number', '5', 'any', 'rows should hold a list or object of rows.'],
  ['nothing', '  \n', 'array', 'rows is empty.'],
  ['no rows', '[]', 'array', 'rows holds no rows.'],
  ['UTF-16', Buffer.from('\uFEFF[1]', 'utf16le'), 'array', 'rows is not UTF-8 text; it looks like UTF-16.'],
  ['UTF-16 without mark', Buffer.from('[1]', 'utf16le'), 'array', 'rows is not UTF-8 text; it looks like UTF-16.'],
  ['Latin-1', Buffer.from('["é"]', 'latin1'), 'array', 'rows is not UTF-8 text.'],
] as const)('%s is named', async ([, content, shape, message]) => {
  const error = await read(content, shape).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'DATA_INVALID', hint: expect.any(String) });
  expect((error as Error).message.endsWith(message)).toBe(true);
});

test('what is not JSON is shown, so that a download page or pointer is recognised', async () => {
  await expect(read('version https://git-lfs.github.com/spec/v1\noid sha256:1', 'array')).rejects.toMatchObject({
    hint: 'It begins with "version https://git-lfs.github.com/spec/v1\\noid sha". Restore the published file.',
  });
});

test('the first bad line is the one that was damaged', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 8 }), fc.nat(), (values, pick) => {
      const lines = values.map((value) => JSON.stringify(value));
      const damaged = pick % lines.length;
      const text = `[\n${lines.map((line, index) => (index === damaged ? `} ${line}` : line)).join(',\n')}\n]`;
      expect(jsonErrorLine(text)).toBe(damaged + 2);
    }),
  );
});

test('a file that cannot be read is named', async () => {
  await expect(readRows(join(dataFolder(), 'gone'), 'array')).rejects.toMatchObject({ code: 'DATA_INVALID' });
});

test('a key that occurs twice is named with both lines', async () => {
  await expect(read('{"1": {"1": 0},\n "2": "1",\n "1": {}}', 'object')).rejects.toMatchObject({
    code: 'DATA_DUPLICATE_ID',
    message: expect.stringMatching(/rows has the key "1" on line 1 and on line 3\.$/),
  });
});

test('keys are duplicate exactly when an object of them is smaller', () => {
  const entries = fc.array(
    fc.tuple(fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', ':', 'é') }), fc.jsonValue()),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(entries, (pairs) => {
      const text = `{${pairs.map(([key, value]) => `${JSON.stringify(key)} : ${JSON.stringify(value)}`).join(',\n')}}`;
      const distinct = Object.keys(JSON.parse(text) as object).length === pairs.length;
      expect(duplicateKey(text) === undefined).toBe(distinct);
    }),
  );
});
