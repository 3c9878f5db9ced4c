import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunSummary } from '../../src/core/summary.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { journalRecords, root, runCli, sampleData } from './run-cli.ts';

const rows = readFileSync(join(root, 'benchmarks/mathvision/sample/test.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; answer: string });

function jsonLines(path: string, values: readonly unknown[]): void {
  writeFileSync(path, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

function sessionsOf(run: string): unknown[] {
  const lines = readFileSync(join(run, 'sessions.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('responses: ids are matched, unmatched ones listed, missing ones counted as failed; grading again gives the same', async () => {
  using folder = temporaryFolder();
  const answers = rows.slice(1).map(({ id, answer }) => ({ id, response: `so \\boxed{${answer}}` }));
  jsonLines(join(folder.path, 'a.jsonl'), [...answers, { id: 'nobody', response: 'x' }]);
  const words = ['--run', 'r', '--checkpoint', 'global_step_5', '--json', ...sampleData('mathvision')];
  const first = await runCli(['import', 'mathvision', 'a.jsonl', ...words], { cwd: folder.path });
  expect(first.stderr).toContain('1 without a problem: nobody');
  expect(first.status).toBe(3);
  const summary = JSON.parse(first.stdout) as RunSummary;
  expect(summary.checkpoints).toMatchObject([{ name: 'global_step_5', step: 5 }]);
  const tally = summary.checkpoints[0]?.benchmarks['mathvision'];
  expect(tally).toMatchObject({ asked: rows.length, failed: 1, incorrect: 0 });
  const again = await runCli(['grade', 'r', '--json'], { cwd: folder.path });
  expect(again.stdout).toBe(first.stdout);

  jsonLines(join(folder.path, 'b.jsonl'), answers);
  const otherFile = await runCli(['import', 'mathvision', 'b.jsonl', ...words], {
    cwd: folder.path,
  });
  expect(otherFile.stderr).toContain('RUN_CONFLICT: ');
  expect(otherFile.status).toBe(2);
}, 60_000);

test('an import that names several models asks which', async () => {
  using folder = temporaryFolder();
  jsonLines(
    join(folder.path, 'a.jsonl'),
    rows.flatMap(({ id, answer }) => ['x', 'y'].map((model) => ({ id, model, response: model === 'x' ? answer : '' }))),
  );
  const words = [
    'import',
    'mathvision',
    'a.jsonl',
    '--run',
    'r',
    '--checkpoint',
    'c',
    '--json',
    ...sampleData('mathvision'),
  ];
  const vague = await runCli(words, { cwd: folder.path });
  expect(vague.stderr).toMatch(/IMPORT_INVALID: .*several models[\s\S]*--model: x, y/);
  const chosen = await runCli([...words, '--model', 'y'], { cwd: folder.path });
  expect(JSON.parse(chosen.stdout).checkpoints[0].benchmarks.mathvision).toMatchObject({ no_answer: rows.length });
  expect(chosen.status).toBe(0);
}, 60_000);

test('results of another program: the session says what they are, what has no problem is listed with the reason', async () => {
  using folder = temporaryFolder();
  const log = join(root, 'test/importing/fixtures/inspect-0.3.285.eval');
  const words = ['--run', 'r', '--checkpoint', 'a/b', '--json', ...sampleData('mathvision')];
  const first = await runCli(['import', 'mathvision', log, ...words], { cwd: folder.path });
  expect(first.stderr).toContain('3 rows imported (form: inspect)');
  expect(first.status).toBe(3);
  const run = join(folder.path, 'evaluation/runs/r');
  expect(sessionsOf(run)).toMatchObject([
    { imported: { form: 'inspect', maker: expect.stringMatching(/^inspect_ai 0\.3\.285/), rows: 3, unmatched: 0 } },
  ]);
  const answered = journalRecords(run).map(({ record }) => record as unknown as Record<string, unknown>);
  expect(answered).toMatchObject(Array(3).fill({ usage: { promptTokens: 11, completionTokens: 7 } }));
  expect(answered.map(({ finishReason }) => finishReason).sort()).toEqual(['length', 'stop', 'stop']);

  const rowsOfAll = rows.map(({ id, answer }) => ({
    index: id,
    question: 'Another question',
    answer,
    prediction: answer,
  }));
  const [one] = rows;
  const known = { index: one?.id, answer: one?.answer, prediction: 'kept' };
  writeFileSync(join(folder.path, 'b.json'), JSON.stringify([known, ...rowsOfAll.slice(1)]));
  const judged = ['--run', 's', '--checkpoint', 'a/b', ...sampleData('mathvision')];
  const second = await runCli(['import', 'mathvision', 'b.json', ...judged, '--form', 'vlmevalkit'], {
    cwd: folder.path,
  });
  expect(second.stderr).toMatch(/IMPORT_INVALID: None of the \d+ rows .*its question is not that of/);

  writeFileSync(
    join(folder.path, 'c.json'),
    JSON.stringify([
      ...rows.map(({ id, answer }) => ({ index: id, answer, prediction: answer })),
      { ...rowsOfAll[1], index: 'nobody' },
    ]),
  );
  const third = await runCli(['import', 'mathvision', 'c.json', ...judged], { cwd: folder.path });
  expect(third.stderr).toContain('1 without a problem: nobody. The first, ');
  const listed = readFileSync(join(folder.path, 'evaluation/runs/s/imports/mathvision.a%2Fb.unmatched.jsonl'), 'utf8');
  expect(
    listed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([{ id: 'nobody', why: 'no selected problem has this id' }]);
  const fresh = await runCli(['import', 'mathvision', 'c.json', ...judged, '--fresh'], { cwd: folder.path });
  expect(fresh.status).toBe(0);
}, 60_000);

describeShared(
  'published outputs',
  [
    'corpus/dynamath_verdicts.json',
    'data/dynamath/10trials/trial10/dataset.json',
    'corpus/mathvision_responses.jsonl',
    'data/mathvision/test.jsonl',
  ],
  () => {
    // The authors' result tables: average and worst case over 501 seeds of 10 variants.
    test.for([
      ['GPT4o', 0.6333, 0.3473],
      ['claude3.5', 0.6483, 0.3573],
      ['llava1.5-7B', 0.1639, 0.018],
    ] as const)('DynaMath verdicts of %s', async ([model, average, worstCase]) => {
      using folder = temporaryFolder();
      const words = [
        'import',
        'dynamath',
        sharedPath('corpus/dynamath_verdicts.json'),
        '--verdicts',
        '--run',
        'v',
        '--checkpoint',
        model,
      ];
      const ended = await runCli([...words, '--data-root', sharedPath('data'), '--json'], { cwd: folder.path });
      expect(ended.stderr).not.toContain('bug');
      const { metrics } = JSON.parse(ended.stdout).checkpoints[0].benchmarks.dynamath;
      expect(metrics.average).toBeCloseTo(average, 4);
      expect(metrics.worst_case).toBeCloseTo(worstCase, 4);
      expect(ended.status).toBe(0);
    });

    test('MathVision and MathVista responses into one run', async () => {
      using folder = temporaryFolder();
      const into = ['--run', 'published', '--checkpoint', 'model', '--data-root', sharedPath('data'), '--json'];
      const first = await runCli(
        ['import', 'mathvision', sharedPath('corpus/mathvision_responses.jsonl'), '--model', 'Random-Chance', ...into],
        { cwd: folder.path },
      );
      expect(JSON.parse(first.stdout).checkpoints[0].benchmarks.mathvision).toMatchObject({ asked: 3040, failed: 0 });
      const second = await runCli(
        ['import', 'mathvista', sharedPath('corpus/mathvista_responses.jsonl'), '--model', 'bard', ...into],
        { cwd: folder.path },
      );
      expect(Object.keys(JSON.parse(second.stdout).checkpoints[0].benchmarks)).toEqual(['mathvision', 'mathvista']);
      expect(second.status).toBe(0);
    }, 60_000);
  },
);
