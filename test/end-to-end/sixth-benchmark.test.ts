import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package-root.ts';
import type { RunSummary } from '../../src/core/summary.ts';
import { writeSimulatedCheckpoint } from '../../src/simulator/write-checkpoint.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const declaration = `
import { z } from 'zod';
import { defineBenchmark, singleFile } from '../../src/problems/define-benchmark.ts';

export const sums = defineBenchmark({
  name: 'sums',
  title: 'Sums',
  source: { url: 'https://example.org/sums', revision: 'abc', license: 'CC0' },
  splits: { test: singleFile({ files: ['test.jsonl'], shape: 'jsonl', rows: 24 }) },
  defaultSplit: 'test',
  imageFolders: ['.'],
  facets: ['pictures'],
  metrics: [],
  crossFacets: [],
  row: z.object({ id: z.string(), text: z.string(), gold: z.string(), images: z.array(z.string()) }),
  problem: (row) => ({
    id: row.id,
    group: row.id,
    question: row.text,
    prompt: row.text,
    images: row.images,
    choices: [],
    answer: row.gold,
    policy: { type: 'number', integer: true },
    facets: { pictures: String(row.images.length) },
  }),
});
`;

/** 24 problems: with no picture, with one, and with two of different sizes. */
async function writeSample(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const draw = (name: string, width: number, background: string) =>
    sharp({ create: { width, height: 90, channels: 3, background } }).toFile(join(folder, name));
  await draw('one.png', 90, '#204080');
  await draw('two.png', 180, '#802040');
  const rows = Array.from({ length: 24 }, (_, index) => ({
    id: String(index),
    text: `How much is ${index} + ${index}?`,
    gold: String(2 * index),
    images: ['one.png', 'two.png'].slice(0, index % 3),
  }));
  writeFileSync(join(folder, 'test.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** A copy of the program with one folder and two lines of the registry (import and entry) more. */
async function extendedProgram(folder: string): Promise<void> {
  for (const name of ['package.json', 'tsconfig.json', 'src', 'benchmarks', 'reports', 'evaluation/suites']) {
    cpSync(join(packageRoot, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  await writeSample(join(folder, 'benchmarks/sums/sample'));
  writeFileSync(join(folder, 'benchmarks/sums/benchmark.ts'), declaration);
  const registry = join(folder, 'benchmarks/index.ts');
  const extended = readFileSync(registry, 'utf8').replace(/,?\s*\];\n$/, ', sums];\n');
  writeFileSync(registry, `import { sums } from './sums/benchmark.ts';\n${extended}`);
}

async function run(folder: string, words: readonly string[]): Promise<{ status: number; stdout: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  const [status] = await once(child, 'close');
  return { status: Number(status), stdout };
}

test('a sixth benchmark is a folder and its entry in the registry: no, one and two pictures are asked and graded', {
  timeout: 60_000,
}, async () => {
  using temporary = temporaryFolder();
  const folder = temporary.path;
  await extendedProgram(folder);
  writeSimulatedCheckpoint(join(folder, 'checkpoints/one/global_step_180'), 1);
  const flags = [
    '--checkpoints-root',
    'checkpoints',
    '--engine',
    'simulator',
    '--gpus',
    '1',
    '--benchmarks',
    'sums',
    '--json',
  ];
  const { status, stdout } = await run(folder, [
    ...['eval-all', 'one', '--data', 'sums=benchmarks/sums/sample'],
    ...flags,
  ]);
  expect(status).toBe(0);
  const [checkpoint] = (JSON.parse(stdout) as RunSummary).checkpoints;
  const sums = checkpoint?.benchmarks['sums'];
  expect(sums).toMatchObject({ asked: 24, undecided: 0, timeout: 0, failed: 0 });
  expect(sums?.correct).toBeGreaterThan(0);
  expect(Object.keys(sums?.facets['pictures'] ?? {})).toEqual(['0', '1', '2']);
  const journals = join(folder, 'evaluation/runs/one/checkpoints/global_step_180/responses');
  const tokens: number[][] = [[], [], []];
  for (const name of readdirSync(journals)) {
    for (const line of readFileSync(join(journals, name), 'utf8').trim().split('\n')) {
      const record = JSON.parse(line) as { problem: string; usage: { promptTokens: number } };
      tokens[Number(record.problem) % 3]?.push(record.usage.promptTokens);
    }
  }
  const [none = [], one = [], two = []] = tokens;
  expect([none.length, one.length, two.length]).toEqual([8, 8, 8]);
  // Each picture, scaled up to 262,144 pixels, takes more than 300 tokens.
  expect(Math.min(...one) - Math.max(...none)).toBeGreaterThan(300);
  expect(Math.min(...two) - Math.max(...one)).toBeGreaterThan(300);
});
