import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunComparison } from '../../src/analysis/compare/run-comparison.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { root, runCli, sampleData } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthrl-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = async (...words: string[]) => {
  const { status, stdout, stderr } = await runCli(words, { cwd: folder });
  return { status, stdout, stderr };
};
const compared = async (...words: string[]): Promise<RunComparison> => {
  const { status, stdout, stderr } = await cli('compare', ...words, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
};
const page = (run: string) => readFileSync(join(folder, 'evaluation/runs', run, 'report/index.html'), 'utf8');

interface SampleRow {
  readonly id: string;
  readonly answer: string;
}

function wrong(answer: string): string {
  if (!/^[A-E]$/.test(answer)) return '987654';
  return answer === 'A' ? 'B' : 'A';
}

/** Imports a checkpoint that has the first `right` problems of MATH-Vision's sample right. */
async function importCheckpoint(run: string, checkpoint: string, right: number, ...more: string[]): Promise<void> {
  const rows = readFileSync(join(root, 'benchmarks/mathvision/sample/testmini.jsonl'), 'utf8').trim().split('\n');
  const file = join(folder, `${run}-${checkpoint}.jsonl`);
  const lines = rows.map((line, at) => {
    const { id, answer } = JSON.parse(line) as SampleRow;
    return JSON.stringify({ id, response: at < right ? `\\boxed{${answer}}` : `\\boxed{${wrong(answer)}}` });
  });
  writeFileSync(file, lines.join('\n'));
  const words = ['import', 'mathvision:testmini', file, '--run', run, '--checkpoint', checkpoint];
  const { status, stderr } = await cli(...words, ...sampleData('mathvision'), ...more);
  expect(status, stderr).toBe(0);
}

describe('compare', () => {
  beforeAll(async () => {
    for (const [step, right] of [
      [16, 2],
      [32, 9],
      [48, 10],
    ] as const)
      await importCheckpoint('small', `global_step_${step}`, right);
  }, 60_000);

  test('says which checkpoint is best, keeps that in the run, and the report shows it without the data', async () => {
    const { status, stdout, stderr } = await cli('compare', 'small');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^small: 3 checkpoints compared, rules\/\d+$/m);
    expect(stdout).toMatch(/^global_step_48 is best on mathvision: \+\d+\.\d points \[/m);
    expect(stdout).toContain('global_step_32\ncannot be told apart from it');
    expect(existsSync(join(folder, 'evaluation/runs/small/comparison.rules.json'))).toBe(true);
    expect((await cli('report', 'small')).status).toBe(0);
    expect(page('small')).toContain('Which checkpoint is best');
    expect(page('small')).toContain('global_step_48 is best on mathvision');
  });

  test('--json gives every pair, the base is chosen by name or step, and equal commands give equal results', async () => {
    const comparison = await compared('small', '--base', '48', '--facet', 'level');
    expect(comparison).toMatchObject({
      run: 'small',
      base: 'global_step_48',
      highest: 'global_step_48',
      mode: 'rules',
    });
    expect(comparison.pairs).toHaveLength(3);
    expect(comparison.overBase.map(({ newer }) => newer)).toEqual(['global_step_16', 'global_step_32']);
    expect(comparison.parts.map(({ by }) => by)).toEqual(['level']);
    const [one] = comparison.trajectories?.benchmarks ?? [];
    expect(one?.counts).toMatchObject({ always_right: 2, learned: 8, flipping: 0, forgotten: 0 });
    expect(await compared('small', '--base', 'global_step_48', '--facet', 'level')).toEqual(comparison);
    const kept = readFileSync(join(folder, 'evaluation/runs/small/comparison.rules.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(comparison);
    expect((await compared('small', '--steps', '32-48')).checkpoints.map(({ step }) => step)).toEqual([16, 32, 48]);
    expect((await compared('small', '--steps', '32', '--base', '48')).checkpoints.map(({ step }) => step)).toEqual([
      32, 48,
    ]);
    expect((await cli('compare', 'small', '--problems')).stdout).toMatch(/^mathvision learned \(8\): \d+(, \d+){7}$/m);
  });

  test('an outdated comparison is not shown, and --fresh deletes it', async () => {
    for (const checkpoint of ['step_1', 'step_2']) await importCheckpoint('fresh', checkpoint, 5);
    const { notes, bestSet } = await compared('fresh');
    expect(notes).toEqual([]);
    expect(bestSet).toEqual(['step_1', 'step_2']);
    await importCheckpoint('fresh', 'step_3', 8);
    expect((await cli('report', 'fresh')).status).toBe(0);
    expect(page('fresh')).not.toContain('Which checkpoint is best');
    expect(page('fresh')).toContain('is of other grades and is not shown');
    await importCheckpoint('fresh', 'step_1', 5, '--fresh');
    expect(existsSync(join(folder, 'evaluation/runs/fresh/comparison.rules.json'))).toBe(false);
    const { status, stderr } = await cli('compare', 'fresh');
    expect(status).toBe(2);
    expect(stderr).toContain(
      'COMPARISON_IMPOSSIBLE: A comparison needs two graded checkpoints, and there is only step_1.',
    );
  });

  test('what is wrong with the command is said with its code', async () => {
    for (const [code, ...words] of [
      ['RUN_NOT_FOUND', 'nowhere'],
      ['USAGE', 'small', '--base', 'step_7'],
      ['USAGE', 'small', '--facet', 'colour'],
      ['GRADES_NOT_FOUND', 'small', '--grades', 'judge'],
      ['COMPARISON_IMPOSSIBLE', 'small', '--steps', '16'],
    ]) {
      const { status, stderr } = await cli('compare', ...words.slice(0));
      expect([status, stderr.split(':')[0]], words.join(' ')).toEqual([2, code]);
    }
  });
});

describeShared(
  'compare over published verdicts',
  ['corpus/dynamath_verdicts.json', 'data/dynamath/10trials/trial10/dataset.json'],
  () => {
    test('of seven models on DynaMath: the best two cannot be told apart, and all are better than the weakest', async () => {
      const file = sharedPath('corpus/dynamath_verdicts.json');
      const models = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
      expect(models).toHaveLength(7);
      const data = ['--data', `dynamath=${sharedPath('data/dynamath')}`];
      for (const model of models) {
        const words = [
          'import',
          'dynamath',
          file,
          '--verdicts',
          '--model',
          model,
          '--checkpoint',
          model,
          '--run',
          'models',
        ];
        const { status, stderr } = await cli(...words, ...data);
        expect(status, stderr).toBe(0);
      }
      const comparison = await compared('models', '--base', 'llava1.5-7B', '--facet', 'level');
      expect(comparison).toMatchObject({ mode: 'imported', highest: 'claude3.5', bestSet: ['claude3.5', 'GPT4o'] });
      expect(comparison).toMatchObject({ trajectories: null, simulated: false, complete: true });
      for (const { average } of comparison.overBase) expect(average).toMatchObject({ n: 5010, mcnemar: null });
      expect(comparison.overBase.every(({ average }) => average.adjusted < 0.001 && average.difference > 0.2)).toBe(
        true,
      );
      expect(comparison.pairs).toHaveLength(21);
      const [low, high] = comparison.estimate.gain?.interval ?? [9, 9];
      expect([low < 0.484, high > 0.484, low > 0.4]).toEqual([true, true, true]);
    }, 120_000);
  },
);
