import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadVerdicts } from '../../src/cli/load-verdicts.ts';
import { RunDirectory } from '../../src/core/run-directory.ts';
import { importVerdicts } from '../difficulty/responses/import-verdicts.ts';
import { root } from '../end-to-end/run-cli.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sample = join(root, 'benchmarks/mathvision/sample');
const ids = readFileSync(join(sample, 'test.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { id: string }).id);
const settings = { 'data-root': '/nowhere', data: undefined };

async function importedRun(folder: string, checkpoints: readonly string[]): Promise<RunDirectory> {
  for (const checkpoint of checkpoints) {
    const verdicts = new Map(ids.slice(1).map((id, index) => [id, index % 2 === 0]));
    const where = { run: 'r', checkpoint, selection: 'mathvision', data: `mathvision=${sample}` };
    await importVerdicts(folder, where, verdicts);
  }
  return new RunDirectory(join(folder, 'runs'), 'r');
}

test('verdicts of every checkpoint by step, with the problems from where the data lay', async () => {
  using folder = temporaryFolder();
  const run = await importedRun(folder.path, ['global_step_16', 'global_step_8', 'base']);
  const found = await loadVerdicts(run, settings);
  expect(found).toMatchObject({ mode: 'imported', grader: 'imported' });
  expect(found.checkpoints.map(({ name, step, fingerprint }) => [name, step, fingerprint])).toEqual([
    ['base', null, null],
    ['global_step_8', 8, null],
    ['global_step_16', 16, null],
  ]);
  expect(found.benchmarks).toMatchObject([{ name: 'mathvision', selection: 'test', repeat: 1 }]);
  expect(found.benchmarks[0]?.problems.map(({ id }) => id)).toEqual(ids);
  const verdicts = found.checkpoints[0]?.verdicts.get('mathvision');
  expect([...(verdicts?.values() ?? [])].slice(0, 3)).toEqual(['failed', 'correct', 'incorrect']);
  expect(verdicts?.get(`0/${ids[1]}`)).toBe('correct');
});

test('problems that no checkpoint has a grade of are left out', async () => {
  using folder = temporaryFolder();
  const run = await importedRun(folder.path, ['a', 'b']);
  for (const [name, lines] of [
    ['a', 3],
    ['b', 5],
  ] as const) {
    const path = run.checkpoint(name).grades('imported', 'mathvision');
    writeFileSync(path, `${readFileSync(path, 'utf8').split('\n').slice(0, lines).join('\n')}\n`);
  }
  const { benchmarks, checkpoints } = await loadVerdicts(run, settings);
  expect(benchmarks[0]?.problems.map(({ id }) => id)).toEqual(ids.slice(0, 5));
  expect(checkpoints.map(({ verdicts }) => verdicts.get('mathvision')?.size)).toEqual([3, 5]);
});

test('grades that are not there, damaged, or of several graders are refused', async () => {
  using folder = temporaryFolder();
  const run = await importedRun(folder.path, ['a', 'b']);
  const [a, b] = ['a', 'b'].map((name) => run.checkpoint(name).grades('imported', 'mathvision')) as [string, string];
  await expect(loadVerdicts(run, settings, { mode: 'judge' })).rejects.toMatchObject({
    code: 'GRADES_NOT_FOUND',
    hint: expect.stringContaining('synthrl grade r'),
  });
  const before = readFileSync(a, 'utf8');
  writeFileSync(a, before.replaceAll('"grader":"imported"', '"grader":"rules/9"'));
  await expect(loadVerdicts(run, settings)).rejects.toMatchObject({
    code: 'GRADES_MIXED',
    message: expect.stringMatching(/rules\/9 .*imported those in/),
  });
  writeFileSync(a, before);
  appendFileSync(a, '{"problem":"1","sample":0,"verdict":"splendid","grader":"imported"}\n');
  await expect(loadVerdicts(run, settings)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: expect.stringContaining(`mathvision.jsonl:${ids.length + 1} is not a grade`),
  });
  rmSync(a);
  rmSync(b);
  await expect(loadVerdicts(run, settings)).rejects.toMatchObject({ code: 'GRADES_NOT_FOUND' });
});
