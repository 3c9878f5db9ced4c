import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCheckpoints } from '../../src/sweep/find-checkpoints.ts';
import { parseSteps, stepOf } from '../../src/sweep/step-of.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function layOut(root: string, ...files: string[]): void {
  for (const file of files) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), '{}');
  }
}

test('the layouts of trainers are found, by step as a number', () => {
  using folder = temporaryFolder();
  layOut(
    folder.path,
    'INFO/tag/global_step_16/actor/huggingface/config.json',
    'INFO/tag/global_step_8/actor/huggingface/config.json',
    'INFO/tag/global_step_100/config.json',
    'INFO/tag/checkpoint-32/config.json',
    'INFO/tag/base/config.json',
    'INFO/tag/logs/out.txt',
    'INFO/tag/latest.txt',
  );
  const found = findCheckpoints(folder.path, 'INFO/tag');
  expect(found.map(({ name, step, model }) => [name, step, model.slice(folder.path.length)])).toEqual([
    ['base', null, '/INFO/tag/base'],
    ['global_step_8', 8, '/INFO/tag/global_step_8/actor/huggingface'],
    ['global_step_16', 16, '/INFO/tag/global_step_16/actor/huggingface'],
    ['checkpoint-32', 32, '/INFO/tag/checkpoint-32'],
    ['global_step_100', 100, '/INFO/tag/global_step_100'],
  ]);
});

test('a plain model folder is one checkpoint', () => {
  using folder = temporaryFolder();
  layOut(folder.path, 'qwen/config.json', 'qwen/global_step_1/config.json');
  expect(findCheckpoints(folder.path, 'qwen')).toMatchObject([{ name: 'qwen', step: null }]);
});

test('a step that holds only shards is listed, so that it can be said that it is not merged', () => {
  using folder = temporaryFolder();
  layOut(folder.path, 'r/global_step_4/actor/model_world_size_8_rank_0.pt');
  expect(findCheckpoints(folder.path, 'r')).toMatchObject([{ name: 'global_step_4' }]);
});

test('what is not there is said with what is', () => {
  using folder = temporaryFolder();
  layOut(folder.path, 'INFO/x.txt', 'empty/x.txt');
  expect(() => findCheckpoints(folder.path, 'INF')).toThrow(/no training run at/);
  expect(() => findCheckpoints(folder.path, 'empty')).toThrow(/holds no checkpoint/);
  try {
    findCheckpoints(folder.path, 'INF');
  } catch (error) {
    expect(error).toMatchObject({ code: 'CHECKPOINTS_NOT_FOUND', exitStatus: 2 });
    expect((error as { hint: string }).hint).toContain('INFO');
  }
});

test.for([
  ['global_step_16', 16],
  ['checkpoint-2000', 2000],
  ['my-step7', 7],
  ['qwen2_5_vl_7b', null],
  ['sidestep_7', null],
  ['base', null],
] as const)('the step of %s is %s', ([name, step]) => {
  expect(stepOf(name)).toBe(step);
});

test('steps are chosen by number and range', () => {
  const wanted = parseSteps('16, 32-64');
  expect([16, 31, 32, 64, 65, null].map(wanted)).toEqual([true, false, true, true, false, false]);
  expect(() => parseSteps('16;32')).toThrow(/--steps/);
});
