import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { drawSamples } from '../../scripts/draw-samples/draw-samples.ts';
import type { Problem } from '../../src/core/problem.ts';
import { type LoadedBenchmark, loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';

const samplesRoot = join(import.meta.dirname, '../../benchmarks');
const sampleOf = (name: string): string => join(samplesRoot, name, 'sample');

async function load(text: string): Promise<LoadedBenchmark> {
  const [chosen] = parseSelections(text, benchmarks);
  if (chosen === undefined) throw new Error(`nothing selected by ${text}`);
  const { benchmark, selection } = chosen;
  return loadProblems(benchmark, selection, { dataRoot: tmpdir(), named: sampleOf(benchmark.name) });
}

/** Files below a folder, as sorted relative paths. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const defaults = [
  ...['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath'],
  ...['geometry3k', 'logicvista', 'olympiadbench', 'hallusionbench'],
];
const loaded = new Map<string, readonly Problem[]>();
const problemsOf = (name: string): readonly Problem[] => loaded.get(name) ?? [];
const values = (name: string, facet: string): string[] =>
  [...new Set(problemsOf(name).flatMap((problem) => problem.facets[facet] ?? []))].sort();

beforeAll(async () => {
  for (const text of [...defaults, 'mathverse:text-only', 'mathvision:testmini']) {
    loaded.set(text, (await load(text)).problems);
  }
});

describe('rows', () => {
  test.for([
    ['mathverse', 30],
    ['mathverse:text-only', 6],
    ['mathvision', 32],
    ['mathvision:testmini', 16],
    ['mathvista', 31],
    ['wemath', 30],
    ['dynamath', 40],
    ['geometry3k', 12],
    ['logicvista', 12],
    ['olympiadbench', 16],
    ['hallusionbench', 20],
  ] as const)('%s has %i problems with ids of their own', ([name, count]) => {
    expect(problemsOf(name)).toHaveLength(count);
    expect(new Set(problemsOf(name).map(({ id }) => id)).size).toBe(count);
  });

  test.for(defaults)('%s: a choice has a gold letter, and the letter an option where options are text', (name) => {
    for (const { id, policy, choices } of problemsOf(name)) {
      if (policy.type !== 'choice') continue;
      expect(policy.letters.length, id).toBeGreaterThan(0);
      for (const letter of policy.letters) {
        if (choices.length > 0) expect(choices[letter.charCodeAt(0) - 65], `${id} ${letter}`).toBeTruthy();
      }
    }
  });

  test('groups hold the rows that are one problem', () => {
    const sizes = (name: string): number[] => {
      const counts = new Map<string, number>();
      for (const { group } of problemsOf(name)) counts.set(group, (counts.get(group) ?? 0) + 1);
      return [...counts.values()];
    };
    expect(sizes('mathverse')).toEqual([5, 5, 5, 5, 5, 5]);
    expect(sizes('dynamath')).toEqual([10, 10, 10, 10]);
    expect(sizes('wemath')).toEqual([3, 3, 3, 3, 3, 3, 4, 4, 4]);
  });
});

describe('facets', () => {
  test('mathverse: all five versions and all three subjects', () => {
    expect(values('mathverse', 'version')).toEqual([
      'Text Dominant',
      'Text Lite',
      'Vision Dominant',
      'Vision Intensive',
      'Vision Only',
    ]);
    expect(values('mathverse', 'subject')).toEqual(['Functions', 'Plane Geometry', 'Solid Geometry']);
  });

  test('mathvision: all five levels, 16 subjects, options in text and in the picture, free answers', () => {
    expect(values('mathvision', 'level')).toEqual(['1', '2', '3', '4', '5']);
    expect(values('mathvision', 'subject')).toHaveLength(16);
    const kinds = problemsOf('mathvision').map(
      ({ policy, choices }) => `${policy.type}${choices.length > 0 ? ' in text' : ''}`,
    );
    expect([...new Set(kinds)].sort()).toEqual(['choice', 'choice in text', 'free']);
  });

  test('mathvista: every task, skill, category, grade, language and answer type', () => {
    expect(values('mathvista', 'task')).toHaveLength(5);
    expect(values('mathvista', 'skills')).toHaveLength(7);
    expect(values('mathvista', 'category')).toHaveLength(2);
    expect(values('mathvista', 'grade')).toHaveLength(4);
    expect(values('mathvista', 'context')).toHaveLength(16);
    expect(values('mathvista', 'language')).toEqual(['chinese', 'english', 'persian']);
    expect(values('mathvista', 'answer-type')).toEqual(['float', 'integer', 'list', 'text']);
    const decimals = problemsOf('mathvista').flatMap(({ policy }) =>
      policy.type === 'number' ? [policy.decimals] : [],
    );
    expect(decimals).toEqual(expect.arrayContaining([1, 2, undefined]));
  });

  test('wemath: one, two and three steps, answers A to E', () => {
    expect(values('wemath', 'step')).toEqual(['one-step', 'three-step', 'two-step']);
    expect([...new Set(problemsOf('wemath').map(({ answer }) => answer))].sort()).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  test('olympiadbench: every kind of answer, both subjects and languages, none to three pictures', () => {
    expect(values('olympiadbench', 'answer-type')).toEqual([
      'Equation',
      'Expression',
      'Interval',
      'Numerical',
      'Tuple',
    ]);
    expect(values('olympiadbench', 'subject')).toEqual(['Math', 'Physics']);
    expect(values('olympiadbench', 'language')).toEqual(['Chinese', 'English']);
    expect(values('olympiadbench', 'images')).toEqual(['0', '1', '2', '3']);
    const policies = problemsOf('olympiadbench').map(({ policy }) => JSON.stringify(policy));
    for (const part of ['"several":true', '"unit":', '"tolerances":']) {
      expect(policies.some((policy) => policy.includes(part))).toBe(true);
    }
  });

  test('hallusionbench: both categories, with and without a picture; logicvista: every skill and two letters', () => {
    expect(values('hallusionbench', 'category')).toEqual(['VD', 'VS']);
    expect(values('hallusionbench', 'input')).toEqual(['image', 'no image']);
    expect(values('logicvista', 'skill')).toEqual(['deductive', 'inductive', 'mechanical', 'numerical', 'spatial']);
    expect(problemsOf('logicvista').map(({ answer }) => answer)).toContain('B, D');
  });

  test('dynamath: float, choice and text, three levels, ten variants', () => {
    expect(values('dynamath', 'answer-type')).toEqual(['float', 'multiple choice', 'text']);
    expect(values('dynamath', 'level')).toHaveLength(3);
    expect(values('dynamath', 'variant')).toHaveLength(10);
  });
});

describe('quirks of the published data', () => {
  test.for([
    ['mathverse', '045掳T'],
    ['mathverse', '45\\pi '],
    ['mathverse', '(C)'],
    ['mathverse', 'A\nC'],
    ['mathvision', '$\frac{3}{4}$'],
    ['mathvision', '$\\boxed{\\frac{12}{5}}$'],
    ['mathvision', '36{degrees}'],
    ['mathvision', '7 '],
    ['mathvision', '3:2'],
    ['mathvista', '[2017, 2020]'],
  ] as const)('%s has the gold %j', ([name, gold]) => {
    expect(problemsOf(name).map(({ answer }) => answer)).toContain(gold);
  });

  test('dynamath has golds with the noise of binary fractions', () => {
    expect(problemsOf('dynamath').some(({ answer }) => /\.\d{12,}$/.test(answer))).toBe(true);
  });

  test('mathvista has equal wrong choices beside one right choice', () => {
    const repeated = problemsOf('mathvista').filter(({ choices }) => new Set(choices).size < choices.length);
    expect(repeated.map(({ answer, choices }) => choices.filter((choice) => choice === answer).length)).toEqual([1]);
  });

  test('wemath breaks options before a letter that ends a sentence, and jumps letters', async () => {
    const text = await readFile(join(sampleOf('wemath'), 'testmini.json'), 'utf8');
    expect(text).toContain('north to ;C.');
    expect(text).toContain('F. No correct answer');
    expect(text).toContain('A. 70\\u00b0 B. 60\\u00b0 ;C.');
  });
});

describe('pictures', () => {
  interface Picture {
    readonly path: string;
    readonly format: string;
    readonly pixels: number;
    readonly side: number;
    readonly orientation: number;
    readonly transparent: boolean;
  }
  const pictures: Picture[] = [];

  beforeAll(async () => {
    // Every picture is decoded: seconds of work, more on a busy machine.
    const paths = new Set([...loaded.values()].flat().flatMap(({ images }) => images.map(({ path }) => path)));
    for (const path of paths) {
      const image = sharp(path);
      const { format, width, height, orientation = 1 } = await image.metadata();
      const { isOpaque } = await image.stats();
      pictures.push({
        path,
        format: format ?? '',
        pixels: width * height,
        side: Math.min(width, height),
        orientation,
        transparent: !isOpaque,
      });
    }
  }, 60_000);

  test('every picture named exists and decodes, and none is stored without a problem', async () => {
    const stored = (await Promise.all(defaults.map((name) => filesBelow(sampleOf(name)))))
      .flat()
      .filter((path) => /\.(png|jpg)$/.test(path));
    expect(pictures).toHaveLength(stored.length);
  });

  test.for([
    ['a .png that is JPEG data', ({ path, format }: Picture) => path.endsWith('.png') && format === 'jpeg'],
    ['a .jpg that is PNG data', ({ path, format }: Picture) => path.endsWith('.jpg') && format === 'png'],
    ['a transparent picture', ({ transparent }: Picture) => transparent],
    ['a picture under 28 pixels', ({ side }: Picture) => side < 28],
    ['a picture above 1,003,520 pixels', ({ pixels }: Picture) => pixels > 1_003_520],
    ['a picture turned by EXIF', ({ orientation }: Picture) => orientation !== 1],
  ] as const)('has %s', ([, holds]) => {
    expect(pictures.filter(holds).length).toBeGreaterThan(0);
  });

  test('mathvista tells the true size of its pictures', async () => {
    const rows: Record<string, { image: string; metadata: { img_width: number; img_height: number } }> = JSON.parse(
      await readFile(join(sampleOf('mathvista'), 'testmini.json'), 'utf8'),
    );
    for (const { image, metadata } of Object.values(rows)) {
      const { width, height } = await sharp(join(sampleOf('mathvista'), image)).metadata();
      expect([metadata.img_width, metadata.img_height], image).toEqual([width, height]);
    }
  });

  test('all samples together are under 1.5 MB', async () => {
    let bytes = 0;
    for (const name of defaults) {
      for (const path of await filesBelow(sampleOf(name))) bytes += (await stat(join(sampleOf(name), path))).size;
    }
    expect(bytes).toBeLessThan(1_500_000);
  });
});

// Encoders round differently from one processor family to another; the committed bytes are of this one.
describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the generator', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'synthrl-samples-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('writes the committed samples again, byte for byte', { timeout: 120_000 }, async () => {
    await drawSamples(folder);
    const digest = async (path: string): Promise<string> =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    for (const name of defaults) {
      const written = join(folder, name, 'sample');
      const files = await filesBelow(written);
      expect(files).toEqual(await filesBelow(sampleOf(name)));
      for (const file of files) {
        expect(await digest(join(written, file)), `${name}/${file}`).toBe(await digest(join(sampleOf(name), file)));
      }
    }
  });
});
