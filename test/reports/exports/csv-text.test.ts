import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDelimited } from '../../../src/core/delimited-text.ts';
import { csvLine } from '../../../src/reports/exports/csv-text.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

test('a text that a spreadsheet would run is text; numbers stay numbers', () => {
  const formulas = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '＝1+1',
    '=HYPERLINK("http://x","y")',
  ];
  for (const formula of formulas) {
    const line = csvLine([formula]);
    expect(line).toMatch(/^"?'/);
    expect(line.slice(0, -2)).not.toMatch(/[\r\n\t]/);
  }
  expect(csvLine(['a-b', 'global_step_8', -0.25, 3, true, null])).toBe('a-b,global_step_8,-0.25,3,true,\r\n');
});

test('quotes, commas and line ends follow RFC 4180, and nothing steers a terminal', () => {
  expect(csvLine(['a "b", c', 'x\ny'])).toBe('"a ""b"", c",x\ufffdy\r\n');
  expect(csvLine(['\u001b[31mred\u202e \ud800'])).toBe('"\ufffd[31mred\ufffd \ufffd"\r\n');
});

test('any cells are read back as many, none of which begins a formula', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'any.csv');
  const columns = ['first', 'second', 'third'];
  const start = fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', ' =', '"', ',');
  const cell = fc.tuple(start, fc.string({ unit: 'binary' })).map((parts) => parts.join(''));
  const rows = fc.sample(fc.array(cell, { minLength: 3, maxLength: 3 }), 300);
  writeFileSync(path, [columns, ...rows].map((cells) => csvLine(cells.map((text) => `${text}.`))).join(''));
  let count = 0;
  for await (const { value } of readDelimited(path, ',', 'DATA_INVALID')) {
    count += 1;
    for (const text of Object.values(value)) expect(text).not.toMatch(/^[=+\-@\t\r]/);
  }
  expect(count).toBe(rows.length);
});
