import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../../src/problems/forms/list-files.ts';
import type { LoadedBenchmark } from '../../../src/problems/load-problems.ts';
import { dataFolder } from '../temporary-data.ts';
import { tinyRows } from '../tiny-benchmark.ts';
import { cachedFiles, load, noPlaces, official, parquetBytes, picture, tsvText } from './tiny-forms.ts';

function below(folder: string, files: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

async function asOfficial(): Promise<LoadedBenchmark> {
  return load('tiny', { dataRoot: dataFolder(below('tiny', official)) });
}

/** The beginning of every picture, in order. */
function pictures({ problems }: LoadedBenchmark): string[] {
  return problems.flatMap(({ images }) => images.map(({ path }) => readFileSync(path).toString('latin1', 8, 9)));
}

async function expectSame(loaded: LoadedBenchmark): Promise<void> {
  const same = await asOfficial();
  const said = ({ problems }: LoadedBenchmark) => problems.map(({ images: _images, ...rest }) => rest);
  expect(said(loaded)).toEqual(said(same));
  expect([loaded.dataHash, loaded.selection]).toEqual([same.dataHash, same.selection]);
  expect(pictures(loaded)).toEqual(['a', 'b', 'c']);
}

describe('Parquet', () => {
  test('in pieces gives the same problems and pictures; each picture is kept once', async () => {
    const cacheRoot = dataFolder();
    const twin = tinyRows.map((row) => ({
      ...row,
      picture: { bytes: picture(row.id === 'b' ? 'a' : row.id), path: null },
    }));
    const dataRoot = dataFolder({
      'tiny/data/test-00001-of-00002-abcdef0123.parquet': parquetBytes(twin.slice(2)),
      'tiny/data/test-00000-of-00002-0123abcdef.parquet': parquetBytes(twin.slice(0, 2)),
    });
    const loaded = await load('tiny', { dataRoot, cacheRoot });
    expect(loaded.dataHash).toBe((await asOfficial()).dataHash);
    expect(pictures(loaded)).toEqual(['a', 'a', 'c']);
    expect([loaded.dataPath, loaded.notes]).toEqual([join(dataRoot, 'tiny'), []]);
    const kept = readdirSync(join(cacheRoot, 'embedded'));
    expect(kept).toHaveLength(2);
    const states = kept.map((name) => statSync(join(cacheRoot, 'embedded', name)).mtimeMs);
    await load('tiny', { dataRoot, cacheRoot });
    expect(kept.map((name) => statSync(join(cacheRoot, 'embedded', name)).mtimeMs)).toEqual(states);
    // A file that a crash cut off is written again.
    writeFileSync(join(cacheRoot, 'embedded', kept[0] ?? ''), '');
    expect(pictures(await load('tiny', { dataRoot, cacheRoot }))).toEqual(['a', 'a', 'c']);
  });

  test('as one file, in a folder that says the split, and by numbers alone', async () => {
    for (const name of ['test.parquet', 'default/test/0000.parquet', 'test/whatever.parquet', 'TEST.PARQUET']) {
      const dataRoot = dataFolder({ [`tiny/${name}`]: parquetBytes() });
      const loaded = await load('tiny', { dataRoot });
      await expectSame(loaded);
      await expectSame(await load('tiny:test', { named: loaded.dataPath }));
    }
  });

  test('with a piece missing is refused, unless the rows are all there', async () => {
    const name = 'test-00001-of-00002.parquet';
    const dataRoot = dataFolder({ [`tiny/${name}`]: parquetBytes(tinyRows.slice(1)) });
    const refused = { code: 'DATA_INVALID', message: expect.stringContaining('00000-of-00002 beside test-00001') };
    await expect(load('tiny', { dataRoot })).rejects.toMatchObject(refused);
    await expect(load('tiny', { named: join(dataRoot, 'tiny', name) })).rejects.toMatchObject(refused);
    const gap = dataFolder({ 'tiny/test/0000.parquet': parquetBytes(), 'tiny/test/0002.parquet': parquetBytes() });
    await expect(load('tiny', { dataRoot: gap })).rejects.toMatchObject({ message: expect.stringContaining('0001') });
    await expectSame(
      await load('tiny', { dataRoot: dataFolder({ 'tiny/test-00000-of-00003.parquet': parquetBytes() }) }),
    );
  });

  test('of which one piece was named brings the others', async () => {
    const folder = dataFolder({
      'x-00000-of-00002.parquet': parquetBytes(tinyRows.slice(0, 2)),
      'x-00001-of-00002.parquet': parquetBytes(tinyRows.slice(2)),
      'x-00000-of-00001.parquet': parquetBytes(tinyRows.slice(0, 1)),
    });
    const loaded = await load('tiny:test', { named: join(folder, 'x-00001-of-00002.parquet') });
    await expectSame(loaded);
    expect(loaded.dataPath).toBe(join(folder, 'x-00001-of-00002.parquet'));
  });

  test('that is cut off, or only points at the file, is named', async () => {
    const cut = dataFolder({ 'tiny/test.parquet': parquetBytes().slice(0, -40) });
    const where = { message: expect.stringContaining('tiny/test.parquet') };
    await expect(load('tiny', { dataRoot: cut })).rejects.toMatchObject({ code: 'DATA_INVALID', ...where });
    const pointer = dataFolder({ 'tiny/test.parquet': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\n' });
    await expect(load('tiny', { dataRoot: pointer })).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('begins with "version https://git-lfs'),
    });
  });

  test('without the pictures wanted writes nothing', async () => {
    const cacheRoot = dataFolder();
    const dataRoot = dataFolder({ 'tiny/test.parquet': parquetBytes() });
    const { problems, dataHash } = await load('tiny', { dataRoot, cacheRoot, requireImages: false });
    expect(dataHash).toBe((await asOfficial()).dataHash);
    expect([problems.length, existsSync(join(cacheRoot, 'embedded'))]).toEqual([3, false]);
  });
});

describe('tables', () => {
  test('are looked for where VLMEvalKit keeps them, and that is said', async () => {
    const tables = dataFolder({ 'Tiny.tsv': tsvText(), 'Other.tsv': 'a\tb\n1\t2\n' });
    const loaded = await load('tiny', { environment: { ...noPlaces, LMUData: tables } });
    await expectSame(loaded);
    expect(loaded.notes).toEqual([`tiny is read from ${join(tables, 'Tiny.tsv')}.`]);
    await expectSame(await load('tiny', { named: tables }));
  });

  test('whose pictures were moved beside them are read, but not from elsewhere', async () => {
    const folder = dataFolder(
      below('images/Tiny', { 'a.png': picture('a'), 'b.png': picture('b'), 'c.png': picture('c') }),
    );
    const path = join(folder, 'Tiny_local.tsv');
    writeFileSync(path, tsvText(tinyRows, { paths: (id) => join(folder, `images/Tiny/${id}.png`) }));
    const environment = { ...noPlaces, LMUData: folder };
    await expectSame(await load('tiny', { environment }));
    writeFileSync(path, tsvText(tinyRows, { paths: (id) => (id === 'a' ? '/etc/passwd' : `images/Tiny/${id}.png`) }));
    const { problems } = await load('tiny', { environment });
    expect(problems.map(({ images }) => existsSync(images[0]?.path ?? ''))).toEqual([false, true, true]);
    // The whole table is taken where both are there.
    writeFileSync(join(folder, 'Tiny.tsv'), tsvText());
    const whole = await load('tiny', { environment });
    expect(whole.dataPath).toBe(join(folder, 'Tiny.tsv'));
    await expectSame(whole);
  });
});

describe('the hub cache', () => {
  const files = { 'data/test-00000-of-00001.parquet': parquetBytes(), 'README.md': 'about', '.gitattributes': '' };

  test('is the last place, by the snapshot that is main, through its links', async () => {
    const cache = dataFolder();
    const repository = cachedFiles(cache, 'abc123', files);
    cachedFiles(cache, 'def456', { 'data/test-00000-of-00001.parquet': parquetBytes(tinyRows.slice(0, 1)) });
    mkdirSync(join(repository, 'refs'));
    writeFileSync(join(repository, 'refs/main'), 'abc123');
    const environment = { ...noPlaces, HF_HUB_CACHE: cache };
    const loaded = await load('tiny', { environment });
    await expectSame(loaded);
    const path = join(repository, 'snapshots/abc123/data/test-00000-of-00001.parquet');
    expect(loaded.notes).toEqual([`tiny is read from ${path}.`]);
    await expectSame(await load('tiny', { named: repository }));
    await expectSame(await load('tiny', { named: join(repository, 'snapshots/abc123') }));
    const root = dataFolder(below('tiny', official));
    expect((await load('tiny', { dataRoot: root, environment })).dataPath).toBe(join(root, 'tiny/test.jsonl'));
  });

  test('with one snapshot needs no main; with several it is not guessed', async () => {
    const home = dataFolder();
    const repository = cachedFiles(join(home, 'hub'), 'abc123', files);
    await expectSame(await load('tiny', { environment: { LMUData: '/nowhere', HF_HOME: home } }));
    const second = cachedFiles(join(home, 'hub'), 'def456', files);
    const choices = ['abc123', 'def456'].map((one) => `--data tiny=${join(second, 'snapshots', one)}`);
    await expect(load('tiny', { named: repository })).rejects.toMatchObject({
      code: 'DATA_AMBIGUOUS',
      exitStatus: 2,
      hint: `Choose with ${choices.join(' or ')}.`,
    });
  });

  test('links in a circle or to nothing are passed over', async () => {
    const folder = dataFolder({ 'test.parquet': parquetBytes() });
    symlinkSync(folder, join(folder, 'circle'));
    symlinkSync(folder, join(folder, 'second circle'));
    expect(listFiles(folder).map(({ name }) => name)).toEqual(['test.parquet']);
    symlinkSync('/nowhere/at/all', join(folder, 'mini.parquet'));
    symlinkSync(join(folder, 'self.parquet'), join(folder, 'self.parquet'));
    await expectSame(await load('tiny', { named: folder }));
  });
});

describe('what a folder holds', () => {
  test('in two forms is ambiguous; what the error says chooses', async () => {
    const dataRoot = dataFolder(below('tiny', { ...official, 'data/test.parquet': parquetBytes() }));
    const [json, parquet] = ['test.jsonl', 'data/test.parquet'].map((name) => join(dataRoot, 'tiny', name));
    await expect(load('tiny', { dataRoot })).rejects.toMatchObject({
      code: 'DATA_AMBIGUOUS',
      message: `${join(dataRoot, 'tiny')} holds the data of tiny (test) more than once: ${json} (the official files); ${parquet} (Parquet, 3 rows).`,
      hint: `Choose with --data tiny=${json} or --data tiny=${parquet}.`,
    });
    for (const named of [json ?? '', parquet ?? '']) await expectSame(await load('tiny:test', { named }));
  });

  test('as rows without their pictures gives way to a form that has them', async () => {
    const rows = { 'test.jsonl': official['test.jsonl'] };
    const dataRoot = dataFolder(below('tiny', { ...rows, 'test.parquet': parquetBytes() }));
    await expectSame(await load('tiny', { dataRoot }));
    const alone = dataFolder(below('tiny', rows));
    await expect(load('tiny', { dataRoot: alone })).rejects.toMatchObject({ code: 'IMAGES_NOT_FOUND' });
  });

  test('twice with the same bytes is read once; with others it is ambiguous', async () => {
    const twice = dataFolder(below('tiny', { ...official, 'data/test.jsonl': official['test.jsonl'] }));
    expect((await load('tiny', { dataRoot: twice })).dataPath).toBe(join(twice, 'tiny/test.jsonl'));
    const changed = JSON.stringify({ ...tinyRows[0], gold: '3' });
    const differing = dataFolder(below('tiny', { ...official, 'data/test.jsonl': changed }));
    await expect(load('tiny', { dataRoot: differing })).rejects.toMatchObject({ code: 'DATA_AMBIGUOUS' });
    const tables = { 'Tiny.tsv': tsvText(), 'more/Tiny.tsv': tsvText(tinyRows.slice(1)) };
    await expect(load('tiny', { named: dataFolder(tables) })).rejects.toMatchObject({
      code: 'DATA_AMBIGUOUS',
      message: expect.stringContaining('more/Tiny.tsv'),
    });
  });

  test('under a name that says nothing is taken where there is only one, and noted', async () => {
    const named = dataFolder({ 'download.parquet': parquetBytes(), 'notes.json': { about: 'this' }, 'x.bin': 'PAR' });
    const loaded = await load('tiny', { named });
    await expectSame(loaded);
    expect(loaded.notes).toEqual([
      `${join(named, 'download.parquet')} is read as tiny:test; its name does not say what it is.`,
    ]);
    await expectSame(await load('tiny:test', { named: loaded.dataPath }));
    writeFileSync(join(named, 'again.tsv'), tsvText());
    await expect(load('tiny', { named })).rejects.toMatchObject({
      code: 'DATA_AMBIGUOUS',
      hint: expect.stringMatching(
        /again\.tsv or --data tiny=.*download\.parquet|download\.parquet or --data tiny=.*again\.tsv/,
      ),
    });
    // A file of another split is not taken for the wanted one.
    const other = dataFolder({ 'mini.parquet': parquetBytes() });
    await expect(load('tiny', { named: other })).rejects.toMatchObject({
      code: 'DATA_NOT_FOUND',
      hint: expect.stringContaining('can be selected as tiny:mini.'),
    });
  });

  test('of another form than any is said with the columns that it lacks', async () => {
    const folder = dataFolder({
      'test.parquet': parquetBytes(tinyRows, 'thumbnail'),
      'Tiny.tsv': 'index\tquestion\n1\twhy\n',
      'zip.parquet': 'PK\u0003\u0004',
    });
    await expect(load('tiny', { named: join(folder, 'test.parquet') })).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('has not the columns "picture"'),
      hint: expect.stringContaining('"thumbnail"'),
    });
    await expect(load('tiny', { named: join(folder, 'Tiny.tsv') })).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('"image", "answer", "topic"'),
    });
    await expect(load('tiny', { named: folder })).rejects.toMatchObject({ code: 'DATA_INVALID' });
    await expect(load('tiny', { named: join(folder, 'zip.parquet') })).rejects.toMatchObject({ code: 'DATA_INVALID' });
  });

  test('is told by content: any name will do for a named file', async () => {
    const folder = dataFolder({
      'mini.json': parquetBytes(),
      'test.txt': tsvText(),
      'rows.parquet': official['test.jsonl'],
    });
    for (const name of ['mini.json', 'test.txt', 'rows.parquet']) {
      const loaded = await load('tiny:test', { named: join(folder, name), requireImages: false });
      expect([name, loaded.dataHash]).toEqual([name, (await asOfficial()).dataHash]);
    }
  });
});

test('data that is nowhere names every place and how to get it', async () => {
  const dataRoot = dataFolder();
  const error = await load('tiny', { dataRoot }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'DATA_NOT_FOUND', hint: expect.stringContaining('synthrl data fetch tiny') });
  const places = ['tiny/test.jsonl', 'tiny/data/test.jsonl'].map((name) => join(dataRoot, name));
  expect((error as Error).message).toBe(
    `The data of tiny (test) was not found. Looked at: ${[...places, '/nowhere/tables/Tiny.tsv', '/nowhere/hub/datasets--someone--Tiny'].join(', ')}.`,
  );
});
