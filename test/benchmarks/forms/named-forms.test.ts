import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchmarks } from '../../../benchmarks/index.ts';
import { packageRoot } from '../../../src/core/package-root.ts';
import type { Problem } from '../../../src/core/problem.ts';
import { type LoadedBenchmark, loadProblems } from '../../../src/problems/load-problems.ts';
import { parseSelections } from '../../../src/problems/selection.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { type ColumnType, writeParquet } from './to-parquet.ts';

const sampleOf = (name: string): string => join(packageRoot, 'benchmarks', name, 'sample');

async function load(selection: string, named: string, cacheRoot: string): Promise<LoadedBenchmark> {
  const [selected] = parseSelections(selection, benchmarks);
  if (selected === undefined) throw new Error('nothing selected');
  return loadProblems(selected.benchmark, selected.selection, { dataRoot: '/nowhere', named, cacheRoot });
}

interface Row {
  readonly [name: string]: unknown;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

const imageOf = (path: string) => ({ bytes: readFileSync(path), path: null });
const bytesOf = ({ images }: Problem): Buffer[] => images.map(({ path }) => readFileSync(path));
const texts: Readonly<Record<string, ColumnType>> = Object.fromEntries(
  [
    'category',
    'subcategory',
    'visual_input',
    'set_id',
    'figure_id',
    'question_id',
    'question',
    'gt_answer',
    'filename',
  ].map((name) => [name, 'text']),
);

test('geometry3k from Parquet: the same but for the kinds of problem, which are not in it', async () => {
  using folder = temporaryFolder();
  const test = join(sampleOf('geometry3k'), 'test');
  const rows = readdirSync(test)
    .sort((one, two) => Number(one) - Number(two))
    .map((name) => {
      const row = readJson(join(test, name, 'data.json')) as { answer: string; choices: string[] } & Row;
      const text = row.choices['ABCD'.indexOf(row.answer)] ?? '';
      return {
        images: imageOf(join(test, name, 'img_diagram.png')),
        problem: `<image>${String(row['annotat_text'])}`,
        answer: text,
        id: BigInt(Number(row['id'])),
        choices: row.choices,
        ground_truth: Number(name) % 2 === 0 ? row.answer : text,
      };
    });
  mkdirSync(join(folder.path, 'data'));
  const columns = {
    images: 'image',
    problem: 'text',
    answer: 'text',
    id: 'int64',
    choices: 'texts',
    ground_truth: 'text',
  } as const;
  writeParquet(join(folder.path, 'data/test-00000-of-00001.parquet'), { columns, rows }, 5);
  const [official, table] = [
    await load('geometry3k', sampleOf('geometry3k'), folder.path),
    await load('geometry3k', folder.path, folder.path),
  ];
  expect(table.selection).toBe('test');
  const said = ({ images: _images, facets: _facets, ...rest }: Problem) => rest;
  expect(table.problems.map(said)).toEqual(official.problems.map(said));
  expect(table.problems.map(bytesOf)).toEqual(official.problems.map(bytesOf));
  expect(table.problems[0]?.facets).toEqual({ graph: ['not stated'], goal: ['not stated'] });
});

test('hallusionbench from Parquet: both tables together say what the official file says', async () => {
  using folder = temporaryFolder();
  const sample = sampleOf('hallusionbench');
  const rows = readJson(join(sample, 'HallusionBench.json')) as Row[];
  const pictured = rows.filter((row) => typeof row['filename'] === 'string');
  const bare = rows.filter((row) => typeof row['filename'] !== 'string');
  mkdirSync(join(folder.path, 'data'));
  writeParquet(
    join(folder.path, 'data/image-00000-of-00001.parquet'),
    {
      columns: { ...texts, image: 'image' },
      rows: pictured.map((row) => ({ ...row, image: imageOf(join(sample, 'images', String(row['filename']))) })),
    },
    6,
  );
  writeParquet(
    join(folder.path, 'data/non_image-00000-of-00001.parquet'),
    { columns: texts, rows: bare.map((row) => ({ ...row, filename: null })) },
    6,
  );
  const [official, table] = [
    await load('hallusionbench', sample, folder.path),
    await load('hallusionbench', folder.path, folder.path),
  ];
  const byId = (problems: readonly Problem[]) =>
    [...problems].sort((one, two) => (one.id < two.id ? -1 : 1)).map(({ images: _images, ...rest }) => rest);
  expect(byId(table.problems)).toEqual(byId(official.problems));
  const only = await load('hallusionbench:input=image', folder.path, folder.path);
  expect(only.problems).toHaveLength(pictured.length);
});

test('olympiadbench from Parquet: one folder per piece, pictures where the text marks them', async () => {
  using folder = temporaryFolder();
  const piece = join(folder.path, 'OlympiadBench/OE_MM_maths_en_COMP');
  mkdirSync(piece, { recursive: true });
  const picture = imageOf(join(sampleOf('olympiadbench'), 'images/3013_1.jpg'));
  const shared = {
    final_answer: ['$3,4$'],
    context: null,
    unit: '$\\mathrm{cm}$',
    answer_type: 'Numerical',
    error: '0.1',
    question_type: 'Open-ended',
    language: 'English',
    subject: 'Math',
    is_multiple_answer: 'true',
  };
  const rows = [
    { ...shared, id: 1n, question: 'Compare <image_1> with <image_2>.', image_1: picture, image_2: picture },
    { ...shared, id: 2n, question: 'How much is it?', image_1: null, image_2: null },
  ];
  const columns: Record<string, ColumnType> = Object.fromEntries(
    Object.keys(shared).map((name) => [name, name === 'final_answer' ? 'texts' : 'text'] as const),
  );
  const table = {
    columns: { id: 'int64', question: 'text', ...columns, image_1: 'image', image_2: 'image' } as const,
    rows,
  };
  writeParquet(join(piece, 'OE_MM_maths_en_COMP.parquet'), table, 5);
  const selection = 'olympiadbench:source=OE_MM_maths_en_COMP';
  const { problems } = await load(selection, folder.path, folder.path);
  expect(problems.map(({ images }) => images.length)).toEqual([2, 0]);
  expect(problems[0]).toMatchObject({
    answer: '$3,4$',
    policy: { type: 'values', several: true, unit: '$\\mathrm{cm}$', tolerances: [0.1] },
    facets: { modality: ['multimodal'], images: ['2'] },
  });
});
