import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunSummary } from '../../src/core/summary.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runCli } from './run-cli.ts';

test('the demo evaluates three checkpoints that get better on all five benchmarks, and writes a report that says simulated', async () => {
  using folder = temporaryFolder();
  const { status, stdout, stderr } = await runCli(['demo', '--json'], { cwd: folder.path });
  expect(stderr).toContain('simulated');
  expect(status).toBe(0);
  const summary = JSON.parse(stdout) as RunSummary;
  expect(summary).toMatchObject({ run: 'demo', complete: true });
  expect(summary.checkpoints.map(({ name, step }) => [name, step])).toEqual([
    ['global_step_20', 20],
    ['global_step_60', 60],
    ['global_step_180', 180],
  ]);
  const overall = summary.checkpoints.map(({ benchmarks }) => {
    expect(Object.keys(benchmarks)).toEqual(['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath']);
    const tallies = Object.values(benchmarks);
    for (const t of tallies) {
      expect(t.asked).toBe(t.correct + t.incorrect + t.no_answer + t.undecided + t.timeout + t.failed);
      expect(t.failed).toBe(0);
    }
    return tallies.reduce((sum, { correct }) => sum + correct, 0) / tallies.reduce((sum, { asked }) => sum + asked, 0);
  });
  expect(overall[0]).toBeLessThan(overall[1] ?? 0);
  expect(overall[1]).toBeLessThan(overall[2] ?? 0);
  for (const { benchmarks } of summary.checkpoints) {
    for (const { difficulty, asked } of Object.values(benchmarks)) {
      const tallies = Object.values(difficulty?.buckets ?? {});
      expect(tallies.reduce((sum, tally) => sum + tally.asked, 0)).toBe(asked);
      expect(difficulty?.source).toMatch(/^battles by simulated-judge \(simulated\), cycles/);
    }
  }
  const page = join(folder.path, 'evaluation/runs/demo/report/index.html');
  expect(existsSync(page)).toBe(true);
  expect(readFileSync(page, 'utf8').toLowerCase()).toContain('simulated');
}, 120_000);

test('it ends with the best checkpoint, a gate that passes and one that fails', async () => {
  using folder = temporaryFolder();
  const { status, stdout, stderr } = await runCli(['demo'], { cwd: folder.path });
  expect(status, stderr).toBe(0);
  expect(stderr).toMatch(/dynamath: \d+ problems rated, ±\d+ Elo; \d+ easy, \d+ medium, \d+ hard/);
  expect(stdout).toContain('global_step_180 is best on average');
  expect(stdout).toMatch(
    /PASS: every rule holds\.[\s\S]*exit status 0[\s\S]*REGRESSION: at least one rule is broken\.[\s\S]*exit status 4/,
  );
}, 120_000);
