import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunSummary } from '../../src/core/summary.ts';
import { writeSimulatedCheckpoint } from '../../src/simulator/write-checkpoint.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runCli, sampleData } from './run-cli.ts';

const names = ['geometry3k', 'logicvista', 'olympiadbench', 'hallusionbench'];

test('benchmarks that must be named: asked with no, one and several pictures, graded, graded again, and in the report', {
  timeout: 120_000,
}, async () => {
  using temporary = temporaryFolder();
  const folder = temporary.path;
  for (const step of [20, 180]) writeSimulatedCheckpoint(join(folder, `checkpoints/one/global_step_${step}`), step);
  const data = names.flatMap((name) => sampleData(name));
  const asked = await runCli(
    ['eval-all', 'one', '--engine', 'simulator', '--gpus', '1', '--benchmarks', names.join(','), ...data, '--json'],
    { cwd: folder },
  );
  expect(asked.stderr).not.toContain('Error');
  expect(asked.status).toBe(0);
  const { checkpoints } = JSON.parse(asked.stdout) as RunSummary;
  const counts = { geometry3k: 12, logicvista: 12, olympiadbench: 16, hallusionbench: 20 };
  const right = checkpoints.map(({ benchmarks }) => {
    for (const [name, count] of Object.entries(counts)) {
      expect(benchmarks[name], name).toMatchObject({ asked: count, failed: 0, timeout: 0 });
    }
    return Object.values(benchmarks).reduce((sum, { correct }) => sum + correct, 0);
  });
  expect(right[1]).toBeGreaterThan(right[0] ?? 0);
  const last = checkpoints[1]?.benchmarks;
  expect(last?.['hallusionbench']?.metrics).toMatchObject({
    question_pair: expect.any(Number),
    figure: expect.any(Number),
  });
  expect(Object.keys(last?.['olympiadbench']?.facets['images'] ?? {})).toEqual(['0', '1', '2', '3']);

  const again = await runCli(['grade', 'one', ...data, '--json'], { cwd: folder });
  expect(again.status).toBe(0);
  expect((JSON.parse(again.stdout) as RunSummary).checkpoints).toEqual(checkpoints);
  const officially = await runCli(['grade', 'one', '--grading', 'official', ...data, '--json'], { cwd: folder });
  for (const { benchmarks } of (JSON.parse(officially.stdout) as RunSummary).checkpoints) {
    for (const one of Object.values(benchmarks)) expect(one).toMatchObject({ correct: 0, incorrect: 0 });
  }
  const page = readFileSync(join(folder, 'evaluation/runs/one/report/index.html'), 'utf8');
  for (const title of ['Geometry3K', 'LogicVista', 'OlympiadBench', 'HallusionBench', 'Question pairs']) {
    expect(page).toContain(title);
  }
});

test('answers from elsewhere are imported for a benchmark that is named', { timeout: 60_000 }, async () => {
  using temporary = temporaryFolder();
  const folder = temporary.path;
  writeFileSync(
    join(folder, 'answers.jsonl'),
    [
      { id: '3002', response: 'So the final answer is \\boxed{2, -3}.' },
      { id: '3008', response: 'So the final answer is \\boxed{2}(s).' },
      { id: '3016', response: '\\boxed{4}' },
    ]
      .map((row) => JSON.stringify(row))
      .join('\n'),
  );
  const words = ['import', 'olympiadbench', 'answers.jsonl', '--run', 'elsewhere', '--checkpoint', 'one', '--json'];
  const { status, stdout } = await runCli([...words, ...sampleData('olympiadbench')], { cwd: folder });
  const [checkpoint] = (JSON.parse(stdout) as RunSummary).checkpoints;
  expect(checkpoint?.benchmarks['olympiadbench']).toMatchObject({ asked: 16, correct: 2, incorrect: 1 });
  expect(status).toBe(3);
});
