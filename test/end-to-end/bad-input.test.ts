import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { runCli, sampleData } from './run-cli.ts';

function checkpoint(folder: string, name: string, files: Record<string, string>): void {
  const path = join(folder, 'checkpoints/r', name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
}

const simulated = ['--engine', 'simulator', '--benchmarks', 'wemath', ...sampleData('wemath')];

test.for<
  readonly [what: string, words: readonly string[], code: string, status: number, prepare?: (folder: string) => void]
>([
  ['no command', [], 'USAGE', 2],
  ['an unknown command', ['evaluate'], 'USAGE', 2],
  ['an unknown option', ['eval-all', 'r', '--tempreature', '1'], 'USAGE', 2],
  ['a missing word', ['eval-all'], 'USAGE', 2],
  ['a missing data root', ['eval-all', 'r', '--engine', 'simulator', '--data-root', 'nowhere'], 'DATA_NOT_FOUND', 2],
  ['an unknown benchmark', ['eval-all', 'r', '--benchmarks', 'mathvison'], 'BENCHMARK_UNKNOWN', 2],
  ['an unknown split', ['eval-all', 'r', '--benchmarks', 'mathvision:tset'], 'SELECTION_UNKNOWN', 2],
  ['a run that does not exist', ['eval-all', 'absent', ...simulated], 'CHECKPOINTS_NOT_FOUND', 2],
  [
    'a run without checkpoints',
    ['eval-all', 'r', ...simulated],
    'CHECKPOINTS_NOT_FOUND',
    2,
    (folder) => mkdirSync(join(folder, 'checkpoints/r/logs'), { recursive: true }),
  ],
  ['steps that are not there', ['eval-all', 'r', '--steps', '99', ...simulated], 'CHECKPOINTS_NOT_FOUND', 2],
  [
    'a checkpoint without config.json',
    ['eval-all', 'r', ...simulated],
    'CHECKPOINT_INCOMPLETE',
    2,
    (folder) => checkpoint(folder, 'global_step_1', { 'notes.txt': '' }),
  ],
  [
    'a truncated safetensors header',
    ['eval-all', 'r', ...simulated],
    'CHECKPOINT_INCOMPLETE',
    2,
    (folder) => checkpoint(folder, 'global_step_1', { 'config.json': '{}', 'model.safetensors': 'abc' }),
  ],
  [
    'a wrong suite key',
    ['eval-all', 'r', '--suite', 'my.yaml'],
    'SUITE_INVALID',
    2,
    (folder) => writeFileSync(join(folder, 'my.yaml'), 'temprature: 0\n'),
  ],
  ['a suite that is not there', ['eval-all', 'r', '--suite', 'mine'], 'SUITE_NOT_FOUND', 2],
  ['greedy repeats', ['eval-all', 'r', '--repeat', '4', ...simulated], 'USAGE', 2],
  [
    'a program that is not installed',
    [
      'eval-all',
      'r',
      '--vllm-command',
      'no-such-vllm',
      '--gpus',
      '1',
      '--benchmarks',
      'wemath',
      ...sampleData('wemath'),
    ],
    'ENGINE_NOT_FOUND',
    2,
    (folder) => checkpoint(folder, 'global_step_1', { 'config.json': '{}', 'pytorch_model.bin': 'x' }),
  ],
  [
    'an endpoint that does not answer',
    ['eval', 'm', '--server', 'http://127.0.0.1:9', '--benchmarks', 'wemath', ...sampleData('wemath')],
    'SERVER_UNREACHABLE',
    2,
  ],
  ['grading a run that is not there', ['grade', 'absent'], 'RUN_NOT_FOUND', 2],
  ['reporting a run that is not there', ['report', 'absent'], 'RUN_NOT_FOUND', 2],
  ['an import without a run', ['import', 'wemath', 'x.jsonl'], 'USAGE', 2],
  [
    'an import of nothing',
    ['import', 'wemath', 'x.jsonl', '--run', 'i', '--checkpoint', 'c', ...sampleData('wemath')],
    'IMPORT_INVALID',
    2,
  ],
  [
    'an import of rubbish',
    ['import', 'wemath', 'x.jsonl', '--run', 'i', '--checkpoint', 'c', ...sampleData('wemath')],
    'IMPORT_INVALID',
    2,
    (folder) => writeFileSync(join(folder, 'x.jsonl'), 'rubbish\n{}\n'),
  ],
])('%s ends with %s', async ([, words, code, status, prepare]) => {
  using folder = temporaryFolder();
  if (prepare) prepare(folder.path);
  else checkpoint(folder.path, 'global_step_1', { 'config.json': '{}' });
  const ended = await runCli([...words, '--json'], { cwd: folder.path });
  expect(ended.stderr).not.toMatch(/\n\s+at .*:\d+/);
  expect(ended.stderr).toContain(`${code}: `);
  expect(ended.status).toBe(status);
  expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code } });
});

test('two processes on one run: the second is told who has it', async () => {
  using folder = temporaryFolder();
  checkpoint(folder.path, 'global_step_1', { 'config.json': '{}' });
  const words = ['eval-all', 'r', ...simulated];
  const slow = { cwd: folder.path, env: { SYNTHRL_SIMULATOR_STARTUP_MS: '3000' } };
  const first = runCli(words, slow);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const second = await runCli(words, slow);
  expect(second.stderr).toContain('RUN_LOCKED: ');
  expect(second.status).toBe(2);
  expect((await first).status).toBe(0);
}, 60_000);

test('another question in the same run is a conflict; --fresh begins anew; other files there are not deleted', async () => {
  using folder = temporaryFolder();
  checkpoint(folder.path, 'global_step_1', { 'config.json': '{}' });
  const words = ['eval-all', 'r', '--limit', '3', ...simulated];
  expect((await runCli(words, { cwd: folder.path })).status).toBe(0);
  const conflict = await runCli([...words, '--max-tokens', '99'], { cwd: folder.path });
  expect(conflict.stderr).toContain('RUN_CONFLICT: ');
  expect(conflict.stderr).toContain('sampling.maxTokens was 2048 and is now 99');
  expect(conflict.status).toBe(2);
  expect((await runCli([...words, '--max-tokens', '99', '--fresh'], { cwd: folder.path })).status).toBe(0);
  writeFileSync(join(folder.path, 'evaluation/runs/r/notes.txt'), 'mine');
  const refused = await runCli([...words, '--fresh'], { cwd: folder.path });
  expect(refused.stderr).toContain('notes.txt');
  expect(refused.status).toBe(2);
}, 60_000);

test('other weights at the same path are noticed', async () => {
  using folder = temporaryFolder();
  checkpoint(folder.path, 'global_step_1', { 'config.json': '{}' });
  const words = ['eval-all', 'r', '--limit', '3', ...simulated];
  expect((await runCli(words, { cwd: folder.path })).status).toBe(0);
  checkpoint(folder.path, 'global_step_1', { 'config.json': '{"other":1}' });
  const changed = await runCli(words, { cwd: folder.path });
  expect(changed.stderr).toContain('CHECKPOINT_CHANGED: ');
  expect(changed.status).toBe(2);
}, 60_000);

test('one half-written checkpoint does not stop the others: they are evaluated and the run is incomplete', async () => {
  using folder = temporaryFolder();
  checkpoint(folder.path, 'global_step_1', { 'config.json': '{}' });
  checkpoint(folder.path, 'global_step_2', { 'config.json': '{}', 'model.safetensors': 'abc' });
  const ended = await runCli(['eval-all', 'r', '--limit', '3', '--json', ...simulated], { cwd: folder.path });
  expect(ended.stderr).toContain('CHECKPOINT_INCOMPLETE: ');
  expect(ended.status).toBe(3);
  expect(JSON.parse(ended.stdout)).toMatchObject({ complete: false, checkpoints: [{ name: 'global_step_1' }] });
}, 60_000);
