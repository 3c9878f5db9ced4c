import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ImportRow } from '../../src/importing/import-row.ts';
import { readImport } from '../../src/importing/read-import.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The file's form and all of its rows. */
async function read(name: string, content: string | Uint8Array, form?: string) {
  using folder = temporaryFolder();
  const path = join(folder.path, name);
  writeFileSync(path, content);
  const file = await readImport(path, form);
  if (file.kind === 'matrix') return file;
  const rows: ImportRow[] = [];
  for await (const row of file.reading.rows) rows.push(row);
  return { ...file, rows };
}

const rows = [{ ids: ['a'] }, { ids: ['7'] }];

test.for([
  ['JSON Lines', 'x.jsonl', '{"id":"a"}\n{"id":7}\n'],
  ['JSON Lines without a last line feed, with blank lines', 'x.jsonl', '{"id":"a"}\n\n{"id":7}'],
  ['JSON Lines with Windows line ends and a byte order mark', 'x.jsonl', '\uFEFF{"id":"a"}\r\n{"id":7}\r\n'],
  ['JSON Lines under another name', 'x.json', '{"id":"a"}\n{"id":7}\n'],
  ['a JSON array', 'x.json', '[{"id":"a"},{"id":7}]'],
  ['a JSON array with a byte order mark', 'x.txt', '\uFEFF[{"id":"a"},{"id":7}]'],
  ['other names for the id', 'x.jsonl', '{"question_id":"a"}\n{"pid":7}\n'],
  ['one row on one line', 'x.json', '{"id":"a"}\n', [{ ids: ['a'] }]],
  ['a CSV table', 'x.csv', 'id,response\r\na,"x, ""y""\n"\r\n7,\r\n'],
  ['a TSV table under another name', 'x.jsonl', '\uFEFFid\tresponse\na\t1\n7\t2'],
  ['numbers that are none', 'x.json', '[{"id":"a","score":NaN},{"id":7,"response":"NaN \\" Infinity"}]'],
  ['our own journals and grades', 'x.jsonl', '{"problem":"a"}\n{"problem":"7"}\n'],
] as [string, string, string, object[]?][])('%s is read as rows', async ([, name, content, expected = rows]) => {
  expect(await read(name, content)).toMatchObject({ kind: 'rows', form: 'rows', rows: expected });
});

test('verdicts by model are read as tables', async () => {
  expect(await read('x.json', '{"m":[[1,0],[0,0]],"__proto__":[[1]]}')).toEqual({
    kind: 'matrix',
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

const known = /inspect: .*lmms-eval: .*vlmevalkit: .*matrix: /;

test.for([
  ['no JSON', 'x.json', 'rubbish', /x\.json is not JSON, a table or an archive: it begins with "rubbish"/],
  ['an empty file', 'x.json', '', /x\.json is empty/],
  ['blanks', 'x.json', ' \n\n', /x\.json is not JSON/],
  ['a bare value', 'x.json', '3', /is not JSON, a table or an archive/],
  ['half a JSON value', 'x.json', '[{"id":"a"},\n{"id":"b","resp', /x\.json is not JSON: it stops being so on line 2/],
  ['a line that is no JSON', 'x.jsonl', '{"id":"a"}\nrubbish\n{"id":"b"}\n', /x\.jsonl:2 is not a line of JSON/],
  ['a torn last line', 'x.jsonl', '{"id":"a"}\n{"id":"b","resp', /x\.jsonl:2 is not a line of JSON/],
  ['a torn only line', 'x.jsonl', '{"id":"b","resp', /x\.jsonl:1 is not a line of JSON/],
  ['a torn last line under another name', 'x.txt', '{"id":"a"}\n{"id":"b","resp', /x\.txt:2 is not a line of JSON/],
  ['a list of no objects', 'x.jsonl', '[1]\n', /x\.jsonl\[0\] is not an object with an id/],
  ['a line that is no object', 'x.jsonl', '{"id":1}\n[1]\n', /x\.jsonl:2 is not an object with an id/],
  ['a row without an id', 'x.json', '[{"id":"a"},{"response":"b"}]', /x\.json\[1\] has no id/],
  ['an id that is no text', 'x.jsonl', '{"id":{"a":1}}\n{"id":1}\n', /x\.jsonl:1 has no id/],
  ['a null row', 'x.json', '[null]', /x\.json\[0\] is not an object with an id/],
  ['no rows', 'x.json', '[]', /x\.json holds no rows/],
  ['a table of a first line only', 'x.csv', 'id,response\n', /x\.csv holds no rows/],
  ['a table with other numbers', 'x.json', '{"m":[[1,0.5]]}', /x\.json: m is not a table of 0 and 1/],
  [
    'an object that is none of ours',
    'x.json',
    '{"m":{"a":1}}',
    /in no form that is known: it is an object with m, and in "m" a\./,
  ],
  ['rows that are none of ours', 'x.json', '[{"a":1,"b":2}]', /in no form that is known: its rows have a, b\./],
  [
    'a row of another width',
    'x.csv',
    'id,response\n1,2\n1,2,3\n',
    /x\.csv:3 has 3 fields where the first line names 2/,
  ],
  ['a quote that never ends', 'x.csv', 'id,response\n1,"2\n3,4\n', /x\.csv:2 has a quote that is never closed/],
  ['a Python pickle', 'x.xlsx', '\u0080\u0004abc', /a Python pickle/],
  ['gzip', 'x.jsonl', '\u001f\u008b\u0008', /compressed with gzip/],
  ['Parquet', 'x.jsonl', 'PAR1....', /a Parquet file/],
  ['UTF-16', 'x.csv', 'i\0d\0,\0', /not UTF-8 text/],
  ['a workbook that is none', 'x.xlsx', 'PK\u0003\u0004rubbish', /x\.xlsx cannot be read as a zip archive/],
] as const)('%s is refused with its place', async ([, name, content, message]) => {
  const bytes = /[\u0080-\u00ff]/.test(content) ? Buffer.from(content, 'latin1') : content;
  await expect(read(name, bytes)).rejects.toMatchObject({
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

test('an unknown form is told with what was found and what is known', async () => {
  await expect(read('x.json', '[{"a":1}]')).rejects.toMatchObject({ hint: expect.stringMatching(known) });
  await expect(read('x.json', '[{"id":1}]', 'nonsense')).rejects.toMatchObject({
    message: expect.stringMatching(/not in the form nonsense: its rows have id/),
    hint: expect.stringMatching(known),
  });
});

test('a form that is asked for is taken where the file can be of it', async () => {
  const rows = '[{"index":1,"prediction":"a","id":"x"}]';
  expect(await read('x.json', rows)).toMatchObject({ form: 'vlmevalkit', rows: [{ ids: ['1'] }] });
  expect(await read('x.json', rows, 'rows')).toMatchObject({ form: 'rows', rows: [{ ids: ['x'] }] });
  await expect(read('x.json', '{"m":[[1]]}', 'mathvista')).rejects.toThrow(/not in the form mathvista/);
});
