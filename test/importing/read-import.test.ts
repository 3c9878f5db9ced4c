import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readImport } from '../../src/importing/read-import.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function read(name: string, content: string) {
  using folder = temporaryFolder();
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return await readImport(path);
}

const rows = [{ id: 'a' }, { id: '7' }];

test.for([
  ['JSON Lines', 'x.jsonl', '{"id":"a"}\n{"id":7}\n'],
  ['JSON Lines without a last line feed, with blank lines', 'x.jsonl', '{"id":"a"}\n\n{"id":7}'],
  ['JSON Lines with Windows line ends and a byte order mark', 'x.jsonl', '\uFEFF{"id":"a"}\r\n{"id":7}\r\n'],
  ['JSON Lines under another name', 'x.json', '{"id":"a"}\n{"id":7}\n'],
  ['a JSON array', 'x.json', '[{"id":"a"},{"id":7}]'],
  ['a JSON array with a byte order mark', 'x.txt', '\uFEFF[{"id":"a"},{"id":7}]'],
  ['other names for the id', 'x.jsonl', '{"question_id":"a"}\n{"pid":7}\n'],
  ['our own journals and grades', 'x.jsonl', '{"problem":"a"}\n{"problem":"7"}\n'],
] as const)('%s is read as rows', async ([, name, content]) => {
  expect(await read(name, content)).toMatchObject({ form: 'rows', rows });
});

test('verdicts by model are read as tables', async () => {
  expect(await read('x.json', '{"m":[[1,0],[0,0]],"__proto__":[[1]]}')).toEqual({
    form: 'matrix',
    models: new Map([
      [
        'm',
        [
          [1, 0],
          [0, 0],
        ],
      ],
      ['__proto__', [[1]]],
    ]),
  });
});

test.for([
  ['no JSON', 'x.json', 'rubbish', /x\.json is not JSON/],
  ['an empty file', 'x.json', '', /x\.json is not JSON/],
  ['a bare value', 'x.json', '3', /neither rows nor verdicts/],
  ['a line that is no JSON', 'x.jsonl', '{"id":"a"}\nrubbish\n{"id":"b"}\n', /x\.jsonl:2 is not a line of JSON/],
  ['a torn last line', 'x.jsonl', '{"id":"a"}\n{"id":"b","resp', /x\.jsonl:2 is not a line of JSON/],
  ['a torn last line under another name', 'x.txt', '{"id":"a"}\n{"id":"b","resp', /x\.txt:2 is not a line of JSON/],
  ['a line that is no object', 'x.jsonl', '[1]\n', /x\.jsonl:1 is not an object with an id/],
  ['a row without an id', 'x.json', '[{"id":"a"},{"response":"b"}]', /x\.json\[1\] has no id/],
  ['an id that is no text', 'x.jsonl', '{"id":{"a":1}}\n', /x\.jsonl:1 has no id/],
  ['a null row', 'x.json', '[null]', /x\.json\[0\] is not an object with an id/],
  ['a table with other numbers', 'x.json', '{"m":[[1,0.5]]}', /x\.json: m is not a table of 0 and 1/],
  ['a table that is none', 'x.json', '{"m":{"a":1}}', /x\.json: m is not a table of 0 and 1/],
] as const)('%s is refused with its place', async ([, name, content, message]) => {
  await expect(read(name, content)).rejects.toMatchObject({
    code: 'IMPORT_INVALID',
    message: expect.stringMatching(message),
  });
});

test('a folder and a file that is not there are refused', async () => {
  using folder = temporaryFolder();
  for (const path of [folder.path, join(folder.path, 'x.jsonl')]) {
    await expect(readImport(path)).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
  }
});
