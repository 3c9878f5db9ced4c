import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTsv, tsvColumns } from '../../../src/problems/tsv/read-tsv.ts';
import { dataFolder } from '../temporary-data.ts';
import { keepInMemory, tableFile } from './table-file.ts';

const header = 'index\tquestion\timage\n';

test.for<[string, string | Buffer, string, string?]>([
  ['nothing', '', ' is empty.'],
  ['only empty lines', '\n \r\n\n', ' is empty.'],
  ['only a header', header, ' holds no rows.'],
  [
    'no tab',
    'index,question,image\n1,a,b\n',
    ':1 is no row of column names between tabs.',
    'begins with "index,question,image"',
  ],
  ['a download page', '<!DOCTYPE html>\n<html>\n', ':1 is no row of column names between tabs.', '<!DOCTYPE html>'],
  ['a long line', '{'.repeat(5000), ':1 column 1 of the header is longer than 4096 bytes.', 'name the columns'],
  ['many columns', '\t'.repeat(5000), ':1 has more than 4096 columns.'],
  ['a name twice', 'index\ta\tindex\n1\t2\t3\n', ':1 names the column "index" twice.'],
  ['an empty name', '\n\tquestion\n0\tx\n', ':2 has no name for column 1.'],
  ['a blank name', 'index\t \n', ':1 has no name for column 2.'],
  ['too few fields', `${header}1\ta\t\n2\tb\n`, ':3 has 2 of the 3 fields that the header names.'],
  ['too many fields', `${header}1\t"a\n"\t\n2\tb\t\tc\n`, ':4 has more than the 3 fields that the header names.'],
  [
    'a row cut in quotes',
    `${header}1\ta\t\n\n2\t"b\nc`,
    ':4 begins a field with a quotation mark, and the file ends',
    'cut off',
  ],
  ['a row cut behind a quoted field', `${header}1\t"b"`, ':2 has 2 of the 3 fields that the header names.'],
  ['a header cut in quotes', '"index\tquestion', ':1 begins a field with a quotation mark, and the file ends'],
  ['a zero byte', `${header}1\t"${'x\n'.repeat(99)}\0"\t\n`, ':101 has a zero byte; the file is no text, or damaged.'],
  ['UTF-16', Buffer.from(`\uFEFF${header}`, 'utf16le'), ' is not UTF-8 text; it looks like UTF-16.'],
  ['UTF-16 without mark', Buffer.from(header, 'utf16le'), ' is not UTF-8 text; it looks like UTF-16.'],
  [
    'UTF-16, big end first',
    Buffer.from(`\uFEFF${header}`, 'utf16le').swap16(),
    ' is not UTF-8 text; it looks like UTF-16.',
  ],
  ['Latin-1', Buffer.from(`${header}1\ta\t\n2\t"\né"\t\n`, 'latin1'), ':3 column "question" is not UTF-8 text.'],
  ['Latin-1 in the header', Buffer.from('index\té\n', 'latin1'), ':1 column 2 of the header is not UTF-8 text.'],
  [
    'half a pair',
    Buffer.from([...Buffer.from(`${header}1\t`), 0xed, 0xa0, 0x80]),
    ':2 column "question" is not UTF-8 text.',
  ],
])('%s is named', async ([, content, message, hint]) => {
  const path = tableFile(content);
  const error = await readTsv(path, { images: 'image' }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'DATA_INVALID', hint: expect.stringContaining(hint ?? '') });
  expect((error as Error).message.slice(path.length)).toContain(message);
  expect((error as Error).message.startsWith(path)).toBe(true);
});

test('a file that is not there, or a folder, is named', async () => {
  for (const path of [join(dataFolder(), 'gone.tsv'), dataFolder()]) {
    await expect(tsvColumns(path)).rejects.toMatchObject({ code: 'DATA_INVALID' });
    await expect(readTsv(path, { images: 'image' })).rejects.toThrow(`${path} cannot be read: E`);
  }
});

test('columns are told from the beginning, whatever follows', async () => {
  expect(await tsvColumns(tableFile(`\uFEFF\n"index"\t"a ""b"""\r\n"`))).toEqual(['index', 'a "b"']);
  await expect(tsvColumns(tableFile('x'))).rejects.toMatchObject({ code: 'DATA_INVALID' });
  await expect(tsvColumns(tableFile(''))).rejects.toMatchObject({ code: 'DATA_INVALID' });
});

test('a quotation mark that is never closed is found before it fills the memory', async () => {
  for (const [column, limit] of [
    ['question', 16],
    ['image', 64],
  ] as const) {
    const lead = column === 'question' ? '1\t"' : '1\ta\t"';
    const path = largeFile(`${header}\n${lead}`, 80 << 20);
    for (const keepImage of column === 'image' ? [undefined, keepInMemory().keepImage] : [undefined]) {
      await expect(readTsv(path, { images: 'image', ...(keepImage ? { keepImage } : {}) })).rejects.toMatchObject({
        message: `${path}:3 column "${column}" is longer than ${limit} MiB.`,
        hint: expect.stringContaining('quotation mark'),
      });
    }
  }
});

test('text of all rows is bounded', { timeout: 30_000 }, async () => {
  const row = `1\t${'x'.repeat(1 << 20)}\t\n`;
  const path = tableFile(header + row.repeat(140));
  await expect(readTsv(path, { images: 'image' })).rejects.toMatchObject({
    message: expect.stringMatching(/:1\d\d is beyond the 128 MiB of text that a table may hold beside its images\.$/),
  });
  await expect(readTsv(tableFile(header + '\t\t\n'.repeat(300_000)), { images: 'image' })).rejects.toThrow('128 MiB');
});

test('memory stays flat while images of a large table pass', { timeout: 30_000 }, () => {
  const image = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(3 << 20, 7)]).toString(
    'base64',
  );
  const path = tableFile(header + Array.from({ length: 60 }, (_, at) => `${at}\tq\t${image}\n`).join(''));
  const module = join(import.meta.dirname, '../../../src/problems/tsv/read-tsv.ts');
  const code = `
    const { readTsv } = await import(${JSON.stringify(module)});
    const before = process.resourceUsage().maxRSS;
    const rows = await readTsv(${JSON.stringify(path)}, { images: 'image', keepImage: (bytes) => ({ path: String(bytes.length) }) });
    console.log(JSON.stringify([rows.length, rows.at(-1).images, (process.resourceUsage().maxRSS - before) / 1024]));
  `;
  const words = ['--import', 'tsx', '--input-type=module', '-e', code];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const [count, images, megabytes] = JSON.parse(stdout);
  expect([count, images]).toEqual([60, [{ path: String((3 << 20) + 8) }]]);
  // All images together have 180 MiB, and 240 as text.
  expect(megabytes).toBeLessThan(150);
});

/** A file that begins with a text and goes on with one letter. */
function largeFile(beginning: string, bytes: number): string {
  const path = join(dataFolder(), 'table.tsv');
  const file = openSync(path, 'w');
  writeSync(file, beginning);
  const block = Buffer.alloc(1 << 20, 'A');
  for (let written = 0; written < bytes; written += block.length) writeSync(file, block);
  closeSync(file);
  return path;
}
