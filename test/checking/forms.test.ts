import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { rowsOf, sampleSources } from '../benchmarks/forms/form-sources.ts';
import { writeParquetForm, writeTsvForm } from '../benchmarks/forms/write-forms.ts';
import { parquetBytes, tiny, tsvText } from '../problems/forms/tiny-forms.ts';
import { dataFolder } from '../problems/temporary-data.ts';
import { tinyRows } from '../problems/tiny-benchmark.ts';
import { check, checkOne, folderForTest, notes, publishedAsSample, sampleRoot, wrong } from './check-kit.ts';

const registry = [{ ...tiny, published: { test: { rows: 3, ids: ['a', 'b', 'c'], facets: {}, copies: [] } } }];

async function drawing(colour: string): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 40, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

test.for(['wemath', 'mathvision'])(
  'the sample of %s in other forms: the same data hash, nothing wrong',
  async (name) => {
    const { registry: declared, published } = await publishedAsSample(name);
    const source =
      sampleSources.find(({ benchmark, split }) => benchmark.name === name && split !== 'testmini') ??
      sampleSources.find(({ benchmark }) => benchmark.name === name)!;
    const rows = await rowsOf(source, true);
    const dataRoot = folderForTest();
    writeParquetForm(source, rows, join(dataRoot, name));
    const word = `${name}:${source.split}`;
    const parquet = await checkOne(word, { dataRoot, registry: declared, images: 'decode' });
    const slips = name === 'mathvision' ? ['golds'] : [];
    expect(wrong(parquet).map(({ subject }) => subject)).toEqual(slips);
    const images = { images: published.rows, missing: 0, unreadable: 0 };
    expect(parquet).toMatchObject({ form: 'parquet', rows: published.rows, images });
    const official = await checkOne(word, { dataRoot: sampleRoot(name), registry: declared, images: 'none' });
    expect(parquet.dataHash).toBe(official.dataHash);

    const tables = folderForTest();
    writeTsvForm(source, rows, tables);
    const options = { dataRoot: folderForTest(), registry: declared, environment: { LMUData: tables } };
    const table = await checkOne(word, options);
    expect(table).toMatchObject({ form: 'tsv', rows: published.rows, images });
    expect(wrong(table).map(({ subject }) => subject)).toEqual(slips);
    const details = notes(table).map(({ detail }) => detail);
    expect(details[0]).toBe(`${name} is read from ${table.path}.`);
    // VLMEvalKit's tables leave the level out.
    if (name === 'mathvision') expect(details).toContain('the data does not state the level of its rows');
  },
);

test('Parquet: pictures that are none, that are cut, and that are not there', async () => {
  const whole = await drawing('red');
  const pictures = [Buffer.from('rubbish that is no picture'), whole.subarray(0, whole.length - 40), undefined];
  const rows = tinyRows.map((row, index) => {
    const bytes = pictures[index];
    return { ...row, picture: bytes === undefined ? null : { bytes, path: null } };
  });
  const dataRoot = dataFolder({ 'tiny/test.parquet': parquetBytes(rows) });
  const checked = await checkOne('tiny:test', { dataRoot, registry, images: 'decode' });
  expect(checked).toMatchObject({ form: 'parquet', rows: 3, images: { images: 3, missing: 1, unreadable: 2 } });
  const [missing, unreadable] = wrong(checked);
  expect(missing).toMatchObject({ detail: '1 of 3 images are missing', count: 1 });
  expect(missing?.examples[0]).toContain('test.parquet');
  expect(unreadable?.examples).toEqual([
    expect.stringContaining('has bytes where an image should be that are no image'),
    expect.stringContaining('cannot be decoded'),
  ]);
  expect(missing?.mend).toBe(`Move ${checked.path} away, then run: synthrl data fetch tiny`);
  // Pictures that nobody opens are not said to be missing.
  const unopened = await checkOne('tiny:test', { dataRoot, registry, images: 'none' });
  expect([unopened.images, wrong(unopened)]).toEqual([undefined, []]);
});

test('a table with a cell that ends its reading: the rows are checked without their pictures', async () => {
  const lines = tsvText().split('\n');
  const dataRoot = dataFolder({ 'tiny/Tiny.tsv': lines.map((line, at) => (at === 2 ? spoil(line) : line)).join('\n') });
  const checked = await checkOne('tiny:test', { dataRoot, registry });
  expect(wrong(checked)).toMatchObject([
    { subject: 'rows', count: 1, examples: [expect.stringContaining('not base64')] },
  ]);
  expect([checked.rows, checked.images]).toEqual([3, undefined]);
});

function spoil(line: string): string {
  return line.replace(/^("b"\t")(.{80})/, `$1${'*'.repeat(80)}`);
}

test('equal pictures under two names make a copy; the same words with another picture do not', async () => {
  const [red, blue] = [await drawing('red'), await drawing('blue')];
  const [first] = tinyRows;
  const rows = ['a', 'b', 'c'].map((id) => JSON.stringify({ ...first, id, image: `images/${id}.png` }));
  const dataRoot = dataFolder({ 'tiny/test.jsonl': rows.join('\n'), 'tiny/images/a.png': red });
  writeFileSync(join(dataRoot, 'tiny/images/b.png'), blue);
  writeFileSync(join(dataRoot, 'tiny/images/c.png'), red);
  const unknown = await checkOne('tiny:test', { dataRoot, registry, images: 'decode' });
  expect(wrong(unknown)).toMatchObject([{ subject: 'copies', count: 1, examples: ['a = c'] }]);
  const known = registry.map((one) => ({
    ...one,
    published: { test: { ...one.published.test, copies: [['a', 'c']] } },
  }));
  const noted = await checkOne('tiny:test', { dataRoot, registry: known, images: 'decode' });
  expect(wrong(noted)).toEqual([]);
  expect(notes(noted)).toMatchObject([{ subject: 'copies', examples: ['a = c'] }]);
  const [never] = await check(['tiny:test'], { dataRoot, registry: [tiny], images: 'decode' });
  expect(notes(never!)).toMatchObject([{ subject: 'copies' }]);
});
