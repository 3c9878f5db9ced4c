import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDelimited } from '../../src/core/delimited-text.ts';
import { matchResponses } from '../../src/importing/match-import.ts';
import { readImport } from '../../src/importing/read-import.ts';
import { parseTolerantJson } from '../../src/importing/tolerant-json.ts';
import { type MadeMember, makeZip } from '../problems/zip/make-zip.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Reads all rows of a file. */
async function readAll(content: string | Uint8Array, name = 'x.dat'): Promise<unknown[]> {
  using folder = temporaryFolder();
  const path = join(folder.path, name);
  writeFileSync(path, content);
  const file = await readImport(path);
  return file.kind === 'rows' ? await listOf(file.reading.rows) : [];
}

async function listOf<Item>(items: AsyncIterable<Item> | Iterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const refused = (message: RegExp) => ({ code: 'IMPORT_INVALID', message: expect.stringMatching(message) });

test('tables: what is written comes back, whatever the fields hold', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'x');
  const field = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\t', '\n', '\r', ' ', '=') });
  const rows = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom(',' as const, '\t' as const),
      fc.boolean(),
      async (body, delimiter, crlf) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const lines = [['p', 'q', 'r'], ...body].map((cells) => cells.map(quoted).join(delimiter));
        writeFileSync(path, lines.join(crlf ? '\r\n' : '\n'));
        const read = await listOf(readDelimited(path, delimiter, 'IMPORT_INVALID'));
        expect(read.map(({ value }) => Object.values(value))).toEqual(body);
      },
    ),
    { numRuns: 300 },
  );
});

test('numbers that are none become null, in values only', () => {
  const value = fc.jsonValue({ stringUnit: fc.constantFrom('NaN', 'Infinity', '"', '\\', '-', ' ', 'x') });
  fc.assert(
    fc.property(value, (written) => {
      const text = JSON.stringify([written, 'mark'], null, 1).replace('"mark"', '[NaN, -Infinity, Infinity]');
      expect(parseTolerantJson(text)).toEqual(JSON.parse(JSON.stringify([written, [null, null, null]])));
    }),
  );
  expect(() => parseTolerantJson('[NaN')).toThrow(SyntaxError);
  expect(() => parseTolerantJson('{NaN: 1}')).toThrow(SyntaxError);
});

test('megabytes of escaped quotes and of brackets are read or refused at once', async () => {
  const quotes = `[NaN,"${'\\"'.repeat(2_000_000)}`;
  expect(() => parseTolerantJson(quotes)).toThrow(SyntaxError);
  await expect(readAll('['.repeat(1_000_000))).rejects.toMatchObject(refused(/is not JSON/));
  const wide = `id,response\n1,${'"'.repeat(3_000_001)}`;
  await expect(readAll(wide)).rejects.toMatchObject(refused(/quote that is never closed/));
});

const sheetMembers = (sheet: MadeMember): MadeMember[] => [
  { name: '[Content_Types].xml', content: '<Types/>' },
  { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>' },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
  },
  sheet,
];

test.for([
  ['states more than a sheet may have', { bytes: 500 * 1024 * 1024 }, /too large/],
  ['turns into more than it states', { bytes: 60_000 }, /inflates to more/],
] as const)('a workbook whose sheet %s is refused before it is read', async ([, lie, message]) => {
  const compressed = deflateRawSync(Buffer.alloc(50 * 1024 * 1024));
  const archive = makeZip(sheetMembers({ name: 'xl/worksheets/sheet1.xml', content: 'x', compressed, ...lie }));
  await expect(readAll(archive)).rejects.toMatchObject(refused(message));
});

test.for([
  ['no sheet', { name: 'xl/other.xml', content: '<x/>' }],
  ['a sheet that is no XML', { name: 'xl/worksheets/sheet1.xml', content: 'rubbish' }],
  ['a sheet without rows', { name: 'xl/worksheets/sheet1.xml', content: '<worksheet><sheetData/></worksheet>' }],
] as [string, MadeMember][])('a workbook with %s is refused', async ([, member]) => {
  await expect(readAll(makeZip(sheetMembers(member)))).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
});

test('an archive that is none of ours is told by its members', async () => {
  await expect(readAll(makeZip([{ name: 'a.txt', content: 'a' }]))).rejects.toMatchObject(
    refused(/in no form that is known: it is a zip archive with a\.txt/),
  );
});

/** One frame of Zstandard with blocks of one byte repeated: `times` blocks of `size` bytes. */
function repeated(times: number, size: number): Buffer {
  const blocks = Array.from({ length: times }, (_, index) => {
    const block = Buffer.alloc(4);
    block.writeUIntLE(((size << 3) | (1 << 1) | (index === times - 1 ? 1 : 0)) >>> 0, 0, 3);
    return block;
  });
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]), ...blocks]);
}

test.for([
  ['turns into more than it states', repeated(10_000, 128 * 1024), /turns into more than the bytes that it states/],
  ['is no Zstandard', Buffer.from('rubbish!'), /not Zstandard/],
  ['ends too soon', repeated(3, 10).subarray(0, 11), /is damaged/],
  ['wants a window of gigabytes', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 1, 0, 0]), /window above 128 MiB/],
] as const)('a log whose sample %s is refused with the way out', async ([, compressed, message]) => {
  const archive = makeZip([
    { name: 'header.json', content: '{"eval":{}}' },
    { name: 'samples/1_epoch_1.json', content: Buffer.alloc(40_000), compressed, method: 93 },
  ]);
  await expect(readAll(archive)).rejects.toMatchObject({
    ...refused(message),
    hint: expect.stringContaining('inspect log convert'),
  });
});

test('a log with samples that are none, or of wrong types, names the sample', async () => {
  const log = (sample: string) =>
    makeZip([
      { name: '_journal/start.json', content: '{}' },
      { name: 'samples/1_epoch_1.json', content: sample },
    ]);
  await expect(readAll(log('[1]'))).rejects.toMatchObject(refused(/samples\/1_epoch_1\.json is not an object/));
  await expect(readAll(log('{"id"'))).rejects.toMatchObject(refused(/samples\/1_epoch_1\.json is not JSON/));
  expect(await readAll(log('{"id":[1],"output":{"choices":[{"message":7}]},"scores":[],"epoch":"x"}'))).toMatchObject([
    { ids: [undefined], replies: [{ text: '' }], verdict: undefined, sample: 0 },
  ]);
});

test.for([
  ['vlmevalkit', '[{"index":{"a":1},"prediction":["x"]}]'],
  ['lmms-eval', '[{"doc_id":"x","filtered_resps":{"a":1},"input":7}]'],
  ['lm-eval', '[{"doc_id":0,"doc":7,"arguments":null,"resps":[[[-1.5,false]]]}]'],
  ['mathvista', '{"1":{"pid":{},"response":{}},"2":null}'],
  ['dynamath-report', '{"1":{"Ground truth":[],"response":7e999},"2":3}'],
  ['wemath', '[{"ID":1,"key":null,"response":{}}]'],
  ['synthrl', '{"results":[1,{"id":{},"prediction":[]}],"config":{}}'],
  ['inspect', '{"status":"success","eval":{},"samples":[3,{"id":null}]}'],
] as const)('rows of %s with wrong types are nobody’s, not a crash', async ([form, content]) => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'x');
  writeFileSync(path, content);
  const file = await readImport(path);
  expect(file.form).toBe(form);
  await expect(matchResponses(file, [], { asked: undefined, checkpoint: 'c' })).rejects.toMatchObject(
    refused(/None of the|holds no rows/),
  );
});
