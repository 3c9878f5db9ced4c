import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Benchmark } from '../../src/problems/define-benchmark.ts';
import { type DataLocation, loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { dataFolder, jsonLines } from './temporary-data.ts';
import { tinyBenchmark, tinyRows } from './tiny-benchmark.ts';

const tiny = tinyBenchmark();
const pictures = { 'tiny/images/a.png': 'a', 'tiny/images/b.png': 'b', 'tiny/images/c.png': 'c' };

function load(text: string, where: DataLocation, benchmark: Benchmark = tiny) {
  const [selected] = parseSelections(text, [benchmark]);
  if (!selected) throw new Error('nothing selected');
  return loadProblems(selected.benchmark, selected.selection, where);
}

test('a benchmark declared on the fly is read from a folder', async () => {
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines(tinyRows), ...pictures });
  const loaded = await load('tiny', { dataRoot });
  expect(loaded.selection).toBe('test');
  expect(loaded.notes).toEqual([]);
  expect(loaded.dataPath).toBe(join(dataRoot, 'tiny/test.jsonl'));
  expect(loaded.problems.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(loaded.problems[0]).toEqual({
    benchmark: 'tiny',
    id: 'a',
    group: 'a',
    question: 'What is 1 + 1?',
    prompt: 'What is 1 + 1?',
    images: [{ path: join(dataRoot, 'tiny/images/a.png') }],
    choices: [],
    answer: '2',
    policy: { type: 'free' },
    facets: { topic: ['Sums'], tags: ['easy', 'small'] },
  });
});

test('rows below data/ and images at the root of a cloned repository are found', async () => {
  const dataRoot = dataFolder({ 'tiny/data/test.jsonl': jsonLines(tinyRows), ...pictures });
  const { problems } = await load('tiny', { dataRoot });
  expect(problems[2]?.images[0]?.path).toBe(join(dataRoot, 'tiny/images/c.png'));
});

test('lists, keyed objects, byte order marks and line ends of other systems are read', async () => {
  const row = { ...tinyRows[0], image: undefined };
  const dataRoot = dataFolder({
    'tiny/mini.json': `\uFEFF${JSON.stringify([row])}`,
    'tiny/keyed.json': { k: row },
    'tiny/test.jsonl': `\uFEFF${jsonLines([row]).replace('\n', '\r\n')}\r\n`,
  });
  for (const split of ['test', 'mini', 'keyed']) {
    const { problems } = await load(`tiny:${split}`, { dataRoot });
    expect(problems.map(({ id }) => id)).toEqual(['a']);
  }
});

test('a named file is read whatever its name and row count, and can be named again by what was recorded', async () => {
  const folder = dataFolder({ 'mine.json': tinyRows.slice(0, 1), 'images/a.png': 'a' });
  const named = join(folder, 'mine.json');
  const loaded = await load('tiny', { dataRoot: '/nowhere', named });
  expect([loaded.selection, loaded.problems.length, loaded.notes]).toEqual(['file', 1, []]);
  const again = await load(`tiny:${loaded.selection}`, { dataRoot: '/elsewhere', named: loaded.dataPath });
  expect(again.dataHash).toBe(loaded.dataHash);
  const asSplit = await load('tiny:mini', { dataRoot: '/nowhere', named });
  expect(asSplit.selection).toBe('mini');
});

test('a named folder stands in place of the one below the data root', async () => {
  const folder = dataFolder({ 'test.jsonl': jsonLines(tinyRows), 'images/a.png': 'a' });
  const loaded = await load('tiny', { dataRoot: '/nowhere', named: folder });
  expect([loaded.selection, loaded.problems.length]).toEqual(['test', 3]);
});

test('facet values filter, in any case, over several labels, and reach a normal form that parses again', async () => {
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines(tinyRows), ...pictures });
  const ids = async (text: string) => (await load(text, { dataRoot })).problems.map(({ id }) => id).join('');
  expect(await ids('tiny:topic=sums')).toBe('ab');
  expect(await ids('tiny:test:tags=small|EASY')).toBe('ab');
  expect(await ids('tiny:topic=Products|Sums:tags=small')).toBe('a');
  expect(await ids('tiny:tags=x%2C y%3a z%7C50%25')).toBe('c');
  const loaded = await load('tiny:tags=x%2C y%3a z%7C50%25|easy:topic=sums|products', { dataRoot });
  expect(loaded.selection).toBe('test,tags=easy|x%2C y%3A z%7C50%25,topic=Products|Sums');
  const again = await load(`tiny:${loaded.selection}`, { dataRoot });
  expect([again.selection, again.dataHash]).toEqual([loaded.selection, loaded.dataHash]);
});

test('the hash holds content and image names, not places, image bytes or the way to write it', async () => {
  const one = dataFolder({ 'tiny/test.jsonl': jsonLines(tinyRows), ...pictures });
  const two = dataFolder({ 'tiny/data/test.jsonl': jsonLines(tinyRows), 'tiny/images/a.png': 'other' });
  const windows = tinyRows.map((row) => {
    const other = { ...row, image: row.image.replace('/', '\\') };
    return Object.fromEntries(Object.entries(other).reverse());
  });
  const three = dataFolder({ 'tiny/test.jsonl': jsonLines(windows), ...pictures });
  const hashes = await Promise.all(
    [one, two, three].map(async (dataRoot) => (await load('tiny', { dataRoot })).dataHash),
  );
  expect(new Set(hashes).size).toBe(1);
  expect(hashes[0]).toBe('6f737ff809e95650feb4f924a24a0bc546a9515695b378a4587f370edc2266cb');
  const changed = tinyRows.map((row) => (row.id === 'c' ? { ...row, gold: '7' } : row));
  const four = dataFolder({ 'tiny/test.jsonl': jsonLines(changed), ...pictures });
  expect((await load('tiny', { dataRoot: four })).dataHash).not.toBe(hashes[0]);
});

test('the hash does not hold how a gold is read, so that a run can be graded again by a better reading', async () => {
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines(tinyRows), ...pictures });
  const asNumber = tinyBenchmark(undefined, () => ({ type: 'number', integer: true }));
  const [free, number] = [await load('tiny', { dataRoot }), await load('tiny', { dataRoot }, asNumber)];
  expect(number.problems[0]?.policy).not.toEqual(free.problems[0]?.policy);
  expect(number.dataHash).toBe(free.dataHash);
});

test('several images of a row keep their order; one that climbs out is named', async () => {
  const several = { ...tinyRows[0], image: ['images/b.png', 'images/gone.png', './images/a.png'] };
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines([several]), ...pictures });
  const { problems } = await load('tiny', { dataRoot });
  const names = ['b', 'gone', 'a'].map((name) => ({ path: join(dataRoot, `tiny/images/${name}.png`) }));
  expect(problems[0]?.images).toEqual(names);
  const climbing = { ...several, image: ['images/a.png', '../../b.png'] };
  const other = dataFolder({ 'tiny/test.jsonl': jsonLines([climbing]), ...pictures });
  await expect(load('tiny', { dataRoot: other })).rejects.toMatchObject({ code: 'DATA_INVALID' });
});

test('another row count than the published one is noted', async () => {
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines(tinyRows.slice(0, 2)), ...pictures });
  const { notes } = await load('tiny', { dataRoot });
  expect(notes).toEqual([`${join(dataRoot, 'tiny/test.jsonl')} has 2 rows; 3 are published for Tiny.`]);
});

test('data that is not there names the places looked at, where to get it, and what is there instead', async () => {
  const dataRoot = dataFolder({ 'tiny/mini.json': [tinyRows[0]] });
  await expect(load('tiny', { dataRoot })).rejects.toMatchObject({
    code: 'DATA_NOT_FOUND',
    message: `The data of tiny (test) was not found. Looked at: ${join(dataRoot, 'tiny/test.jsonl')}, ${join(dataRoot, 'tiny/data/test.jsonl')}.`,
    hint: 'Run synthrl data fetch tiny, get it from https://example.org/tiny into <data root>/tiny, or name it with --data tiny=<file or folder>. What is there can be selected as tiny:mini.',
  });
  await expect(load('tiny', { dataRoot, named: join(dataRoot, 'gone') })).rejects.toMatchObject({
    code: 'DATA_NOT_FOUND',
    message: expect.stringContaining(join(dataRoot, 'gone')),
  });
  await expect(load('tiny', { dataRoot: join(dataRoot, 'tiny/mini.json') })).rejects.toMatchObject({
    code: 'DATA_NOT_FOUND',
  });
  await expect(load('tiny', { dataRoot: join(dataRoot, 'long'.repeat(100)) })).rejects.toMatchObject({
    code: 'DATA_NOT_FOUND',
  });
  await expect(load('tiny:file', { dataRoot })).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
});

test('a selection of nothing says which values there are', async () => {
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines(tinyRows), ...pictures });
  await expect(load('tiny:topic=Sum', { dataRoot })).rejects.toMatchObject({
    code: 'SELECTION_EMPTY',
    message: 'No problem of tiny has topic "Sum".',
    hint: 'Values of topic: Products, Sums.',
  });
  await expect(load('tiny:topic=Sums|Sum', { dataRoot })).rejects.toMatchObject({ code: 'SELECTION_UNKNOWN' });
  await expect(load('tiny:topic=Products:tags=easy', { dataRoot })).rejects.toMatchObject({ code: 'SELECTION_EMPTY' });
});

test.for([
  ['a missing field', { id: 'x', text: 'q', topic: 't' }, '"gold"'],
  ['a field of another type', { ...tinyRows[0], tags: [1] }, '"tags.0"'],
  ['an empty id', { ...tinyRows[0], id: '' }, '"id"'],
  ['no object', 'text', 'Tiny: Invalid input'],
  ['an image above the folder', { ...tinyRows[0], image: 'images/../../secret.png' }, 'leads out of the data folder'],
  ['an absolute image', { ...tinyRows[0], image: '/etc/passwd' }, 'leads out of the data folder'],
  ['an absolute image of Windows', { ...tinyRows[0], image: 'C:\\secret.png' }, 'leads out of the data folder'],
  ['a climb with backslashes', { ...tinyRows[0], image: '..\\secret.png' }, 'leads out of the data folder'],
] as const)('a row with %s is named by its place', async ([, row, reason]) => {
  const dataRoot = dataFolder({
    'tiny/test.jsonl': jsonLines([tinyRows[1], row]),
    'tiny/mini.json': [tinyRows[1], row],
    'tiny/keyed.json': { one: tinyRows[1], two: row },
    ...pictures,
  });
  const places = { test: 'test.jsonl:2 ', mini: 'mini.json, row 2 ', keyed: 'keyed.json, key "two" ' };
  for (const [split, place] of Object.entries(places)) {
    const error = await load(`tiny:${split}`, { dataRoot }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'DATA_INVALID', exitStatus: 2 });
    expect((error as Error).message).toContain(place);
    expect((error as Error).message).toContain(reason);
  }
});

test('duplicate ids are named with both places', async () => {
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines([...tinyRows, tinyRows[0]]), ...pictures });
  await expect(load('tiny', { dataRoot })).rejects.toMatchObject({
    code: 'DATA_DUPLICATE_ID',
    message: `${join(dataRoot, 'tiny/test.jsonl')}:4 has the id "a", as ${join(dataRoot, 'tiny/test.jsonl')}:1 has.`,
  });
});

test('images that are all missing are an error, unless none is needed; a single one is left for asking time', async () => {
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines(tinyRows) });
  await expect(load('tiny', { dataRoot })).rejects.toMatchObject({
    code: 'IMAGES_NOT_FOUND',
    message: expect.stringContaining(join(dataRoot, 'tiny/images/a.png')),
  });
  expect((await load('tiny', { dataRoot, requireImages: false })).problems).toHaveLength(3);
  mkdirSync(join(dataRoot, 'tiny/images'));
  writeFileSync(join(dataRoot, 'tiny/images/b.png'), 'b');
  const { problems } = await load('tiny', { dataRoot });
  expect(problems[0]?.images).toEqual([{ path: join(dataRoot, 'tiny/images/a.png') }]);
  await expect(load('tiny:topic=Products', { dataRoot })).rejects.toMatchObject({ code: 'IMAGES_NOT_FOUND' });
});

test('rows without pictures need no images', async () => {
  const rows = tinyRows.map((row) => ({ ...row, image: undefined }));
  const dataRoot = dataFolder({ 'tiny/test.jsonl': jsonLines(rows) });
  expect((await load('tiny', { dataRoot })).problems.every(({ images }) => images.length === 0)).toBe(true);
});

test('of a split in several files only those that are selected must be there', async () => {
  const part = (value: string, name = value) => ({
    files: [`part${name}.json`],
    shape: 'array' as const,
    rows: 1,
    facets: { topic: value },
  });
  const parted = tinyBenchmark({ all: { parts: [part('1'), part('2')] } });
  const dataRoot = dataFolder({ 'tiny/part2.json': [{ ...tinyRows[0], topic: '2', image: undefined }] });
  const loaded = await load('tiny:topic=2', { dataRoot }, parted);
  expect([loaded.selection, loaded.dataPath]).toEqual(['all,topic=2', join(dataRoot, 'tiny')]);
  await expect(load('tiny', { dataRoot }, parted)).rejects.toMatchObject({
    code: 'DATA_NOT_FOUND',
    message: expect.stringContaining('part1.json'),
    hint: expect.stringContaining('can be selected as tiny:topic=2.'),
  });
  await expect(load('tiny:topic=3', { dataRoot }, parted)).rejects.toMatchObject({
    code: 'SELECTION_EMPTY',
    hint: 'The data of tiny has topic=1; topic=2.',
  });
  const named = tinyBenchmark({ all: { parts: [part('One', '1'), part('2')] } });
  const one = dataFolder({ 'tiny/part1.json': [{ ...tinyRows[0], topic: 'One', image: undefined }] });
  expect((await load('tiny:topic=ONE', { dataRoot: one }, named)).selection).toBe('all,topic=One');
  renameSync(join(dataRoot, 'tiny/part2.json'), join(dataRoot, 'tiny/part1.json'));
  const again = await load('tiny', { dataRoot, named: join(dataRoot, 'tiny/part1.json') }, parted);
  expect(again.selection).toBe('file');
});
