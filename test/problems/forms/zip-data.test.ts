import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { ZipFile } from '../../../src/problems/zip/zip-file.ts';
import { dataFolder } from '../temporary-data.ts';
import { tinyBenchmark, tinyRows } from '../tiny-benchmark.ts';
import { load, noPlaces, official, picture, tiny, tsvText } from './tiny-forms.ts';

async function zipOf(members: Readonly<Record<string, unknown>>): Promise<string> {
  const path = join(dataFolder(), 'data.zip');
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(members)) {
    zip.addBuffer(Buffer.isBuffer(content) ? content : Buffer.from(String(content)), name);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

function below(folder: string, files: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}${name}`, content]));
}

const ratings = { 'samples_with_ratings.json': '[]' };

describe('a zip file of several benchmarks', () => {
  test('as data root or named is read without unpacking', async () => {
    const path = await zipOf({
      ...below('data/tiny/', { ...official, ...ratings }),
      ...below('data/other/', official),
    });
    const same = await load('tiny', { dataRoot: dataFolder(below('tiny/', official)) });
    for (const where of [{ dataRoot: path }, { named: path }]) {
      const loaded = await load('tiny', where);
      expect([loaded.dataHash, loaded.selection, loaded.dataPath]).toEqual([same.dataHash, 'test', path]);
      expect(loaded.problems[0]?.images).toEqual([{ path, member: 'data/tiny/images/a.png' }]);
      expect([loaded.ratingsPath, loaded.ratingsMember]).toEqual([path, 'data/tiny/samples_with_ratings.json']);
      const zip = await ZipFile.open(path);
      expect(await zip.read(loaded.problems[2]?.images[0]?.member ?? '', 100)).toEqual(picture('c'));
      zip.close();
      await expect(load('tiny:mini', where)).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
    }
  });

  test('may be that of one repository where it was named', async () => {
    const path = await zipOf({ ...below('Tiny-main/', official), ...below('copy/', official) });
    await expect(load('tiny', { dataRoot: path })).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
    const [where, other] = [{ named: path }, { named: await zipOf(official) }];
    await expect(load('tiny', where)).rejects.toMatchObject({ code: 'DATA_AMBIGUOUS' });
    expect((await load('tiny', other)).problems[1]?.images[0]?.member).toBe('images/b.png');
  });

  test('with rows that are none names the member; pictures that are all missing are an error', async () => {
    const path = await zipOf(below('data/tiny/', { ...official, 'test.jsonl': '{"id": 1}\n' }));
    await expect(load('tiny', { dataRoot: path })).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining(`${path}: data/tiny/test.jsonl:1 is not a row`),
    });
    const bare = await zipOf(below('tiny/', { 'test.jsonl': official['test.jsonl'] }));
    await expect(load('tiny', { dataRoot: bare })).rejects.toMatchObject({ code: 'IMAGES_NOT_FOUND' });
    const climbing = JSON.stringify({ ...tinyRows[0], image: '../../other/images/a.png' });
    const other = await zipOf(below('data/tiny/', { 'test.jsonl': climbing }));
    await expect(load('tiny', { dataRoot: other })).rejects.toMatchObject({
      message: expect.stringContaining('leads out of the data folder'),
    });
  });

  test('that is no zip file is refused', async () => {
    const dataRoot = join(dataFolder({ 'data.zip': '<html>' }), 'data.zip');
    await expect(load('tiny', { dataRoot })).rejects.toMatchObject({
      code: 'DATA_NOT_FOUND',
      message: expect.stringContaining('begins with "<html>"'),
    });
    const cut = await zipOf(below('data/tiny/', official));
    const bytes = readFileSync(cut);
    const named = join(dataFolder({ 'cut.zip': bytes.subarray(0, bytes.length - 30) }), 'cut.zip');
    await expect(load('tiny', { named })).rejects.toMatchObject({ code: 'DATA_INVALID' });
  });
});

describe('pictures and ratings without rows', () => {
  const rowless = { 'images/a.jpg': picture('a'), ...ratings };

  test('are said, with the files that have the rows', async () => {
    const zip = await zipOf(below('data/tiny/', rowless));
    const folder = dataFolder(below('tiny/', rowless));
    for (const [dataRoot, place] of [
      [zip, `${zip}/data/tiny`],
      [folder, join(folder, 'tiny')],
    ] as const) {
      await expect(load('tiny', { dataRoot })).rejects.toMatchObject({
        code: 'DATA_NOT_FOUND',
        hint: expect.stringMatching(
          new RegExp(
            `^${place}/? has images and ratings, but no rows\\. The rows are in Tiny\\.tsv .*, or the hub's someone/Tiny\\.`,
          ),
        ),
      });
    }
  });

  test('are kept in mind where the rows are found elsewhere', async () => {
    const tables = dataFolder({ 'Tiny.tsv': tsvText() });
    const dataRoot = await zipOf(below('data/tiny/', rowless));
    const loaded = await load('tiny', { dataRoot, environment: { ...noPlaces, LMUData: tables } });
    expect([loaded.dataPath, loaded.ratingsPath]).toEqual([join(tables, 'Tiny.tsv'), dataRoot]);
    expect(loaded.notes).toHaveLength(1);
    expect((await load('tiny', { dataRoot: dataFolder(below('tiny/', official)) })).ratingsPath).toBeUndefined();
  });
});

describe('rows with a folder each', () => {
  const part = { files: ['test', 'tiny/test'], shape: 'folder' as const, rows: 11 };
  const foldered = { ...tinyBenchmark({ test: { parts: [part] } }), forms: tiny.forms ?? [] };
  const rows = Array.from({ length: 11 }, (_, index) => String(index));
  const files = Object.fromEntries(
    rows.flatMap((name) => [
      [`test/${name}/data.json`, JSON.stringify({ ...tinyRows[0], id: name, image: `${name}/picture.png` })],
      [`test/${name}/picture.png`, picture(name)],
    ]),
  );
  const inOrder = { ...foldered, imageFolders: ['.'] };

  test('are read in the order of their numbers, from a folder, a folder above, and a zip file', async () => {
    const dataRoot = dataFolder(below('tiny/', files));
    const zip = await zipOf(below('data/tiny/', files));
    for (const where of [{ dataRoot }, { named: join(dataRoot, 'tiny/test') }, { named: dataRoot }, { named: zip }]) {
      const loaded = await load('tiny', where, inOrder);
      expect(loaded.problems.map(({ id }) => id)).toEqual(rows);
      expect(loaded.notes).toEqual([]);
      expect(loaded.problems[10]?.images[0]?.member ?? loaded.problems[10]?.images[0]?.path).toMatch(
        /test\/10\/picture\.png$/,
      );
      const again = await load(`tiny:${loaded.selection}`, { named: loaded.dataPath }, inOrder);
      expect(again.dataHash).toBe(loaded.dataHash);
    }
  });
});
