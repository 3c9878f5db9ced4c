import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { isImage, openEmbeddedImages } from '../../../src/problems/embedded-images.ts';
import { dataFolder, jsonLines } from '../temporary-data.ts';
import { tinyBenchmark, tinyRows } from '../tiny-benchmark.ts';
import { load, official, parquetBytes, picture } from './tiny-forms.ts';

const [a] = tinyRows;

test('a row without its picture is left for asking time, in words', async () => {
  const rows = tinyRows.map((row) => (row.id === 'b' ? { ...row, picture: null } : row));
  const dataRoot = dataFolder({ 'tiny/test.parquet': parquetBytes(rows) });
  const { problems } = await load('tiny', { dataRoot });
  const path = problems[1]?.images[0]?.path ?? '';
  expect(path).toContain('tiny/test.parquet');
  expect([path.endsWith('(no image in the row)'), existsSync(path)]).toEqual([true, false]);
  // One that lies beside the table by its official name is taken.
  const beside = dataFolder({ 'tiny/test.parquet': parquetBytes(rows), 'tiny/images/b.png': picture('b') });
  const found = await load('tiny', { dataRoot: beside });
  expect(found.problems[1]?.images).toEqual([{ path: join(beside, 'tiny/images/b.png') }]);
  const none = dataFolder({ 'tiny/test.parquet': parquetBytes(tinyRows.map((row) => ({ ...row, picture: null }))) });
  await expect(load('tiny', { dataRoot: none })).rejects.toMatchObject({ code: 'IMAGES_NOT_FOUND' });
});

test('bytes that are no image, and more images than belong to a row, are named by their row', async () => {
  const rubbish = [{ ...a, picture: { bytes: Buffer.from('rubbish'), path: null } }];
  await expect(
    load('tiny', { dataRoot: dataFolder({ 'tiny/test.parquet': parquetBytes(rubbish) }) }),
  ).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringMatching(/tiny\/test\.parquet.*no image/),
  });
  const textOnly = [{ ...a, image: null }];
  const benchmark = { ...tinyBenchmark(), forms: [formWithout()] };
  const dataRoot = dataFolder({ 'tiny/test.parquet': parquetBytes(textOnly) });
  await expect(load('tiny', { dataRoot }, benchmark)).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringMatching(/tiny\/test\.parquet.*has 1 images, and 0 belong to it/),
  });
});

function formWithout() {
  return {
    kind: 'parquet' as const,
    columns: ['id', 'picture'],
    images: ['picture'],
    labels: [{ label: 'test', split: 'test' }],
    toOfficial: (row: Readonly<Record<string, unknown>>) => ({ ...row }),
  };
}

test('file addresses are names where they stay in the data folder', async () => {
  const folder = dataFolder(official);
  const row = (image: string) => jsonLines([{ ...a, image }]);
  const rows = dataFolder({ 'test.jsonl': '' });
  const inside = pathToFileURL(join(folder, 'images/a.png')).href;
  const same = await load('tiny', { named: dataFolder({ ...official, 'test.jsonl': jsonLines([a]) }) });
  const named = dataFolder({ ...official });
  const own = row(pathToFileURL(join(named, 'images/a.png')).href);
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(named, 'test.jsonl'), own);
  const loaded = await load('tiny', { named });
  expect(loaded.problems[0]?.images).toEqual([{ path: join(named, 'images/a.png') }]);
  expect(loaded.dataHash).toBe(same.dataHash);
  for (const image of [
    inside,
    'file:///etc/passwd',
    'file://elsewhere/images/a.png',
    'file:images/../../x',
    `${inside}%00`,
  ]) {
    writeFileSync(join(rows, 'test.jsonl'), row(image));
    await expect(load('tiny', { named: rows })).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('leads out of the data folder'),
    });
  }
});

test('rows of another benchmark under the expected name are recognised', async () => {
  const other = { ...tinyBenchmark(), name: 'other', title: 'Other', columns: ['pid', 'query'] };
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines([{ pid: '1', query: 'Why?' }]) });
  await expect(load('tiny', { dataRoot, registry: [tinyBenchmark(), other] })).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringContaining('tiny/test.jsonl:1 is not a row of Tiny'),
    hint: 'It looks like a row of Other: put the file where that data belongs, or name it with --data.',
  });
});

test('images are told by their beginnings and kept by content', async () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const images = [
    '\x89PNG\r\n\x1a\n',
    '\xff\xd8\xff\xe0',
    'GIF89a',
    'BM6',
    'RIFF\0\0\0\0WEBPVP8 ',
    'II*\0',
    'MM\0*',
    '\0\0\0\x1cftypavif',
  ];
  expect(images.map((text) => isImage(latin(text)))).toEqual(images.map(() => true));
  const others = ['', 'RIFF\0\0\0\0WAVE', '<svg>', '%PDF', '\0\0\0\x1cftypmp42', 'PNG', '\xff\xd8'];
  expect(others.map((text) => isImage(latin(text)))).toEqual(others.map(() => false));
  const folder = join(dataFolder(), 'not/made/yet');
  const keep = openEmbeddedImages(folder);
  const [one, two] = [await keep(picture('x'), 'here'), await keep(Buffer.from(picture('x')), 'there')];
  expect(one).toEqual(two);
  expect(one.path).toMatch(new RegExp(`^${folder}/[0-9a-f]{64}$`));
  expect(() => keep(latin('rubbish'), 'the row')).toThrow(/^the row has bytes/);
});
