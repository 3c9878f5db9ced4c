import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { journalRecords, root, runCli, sampleData } from './run-cli.ts';

function checkpoints(folder: string, ...steps: number[]): void {
  for (const step of steps) {
    mkdirSync(join(folder, `checkpoints/r/global_step_${step}`), { recursive: true });
    writeFileSync(join(folder, `checkpoints/r/global_step_${step}/config.json`), '{}');
  }
}

/** How many images each session of a run decoded, oldest first. */
function decodedImages(run: string): number[] {
  return readFileSync(join(run, 'log.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { images?: { decoded: number } })
    .flatMap(({ images }) => images?.decoded ?? []);
}

test('the second checkpoint decodes no image', async () => {
  using folder = temporaryFolder();
  checkpoints(folder.path, 1, 2);
  const words = ['eval-all', 'r', '--engine', 'simulator', '--benchmarks', 'mathvision', ...sampleData('mathvision')];
  expect((await runCli([...words, '--steps', '1'], { cwd: folder.path })).status).toBe(0);
  expect((await runCli([...words, '--steps', '2'], { cwd: folder.path })).status).toBe(0);
  const images = readdirSync(join(root, 'benchmarks/mathvision/sample/images')).length;
  const [first = 0, second] = decodedImages(join(folder.path, 'evaluation/runs/r'));
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(images);
  expect(second).toBe(0);
}, 60_000);

test('a corrupt and a missing image are failure records, not wrong answers; mended, only they are asked again', async () => {
  using folder = temporaryFolder();
  checkpoints(folder.path, 1);
  const sample = join(root, 'benchmarks/mathvision/sample');
  const data = join(folder.path, 'data/mathvision');
  cpSync(sample, data, { recursive: true });
  const [first = '', second = ''] = readFileSync(join(sample, 'test.jsonl'), 'utf8')
    .split('\n')
    .map((line) => (line === '' ? '' : (JSON.parse(line) as { image: string }).image));
  writeFileSync(join(data, first), 'not an image');
  rmSync(join(data, second));
  const words = [
    'eval-all',
    'r',
    '--engine',
    'simulator',
    '--benchmarks',
    'mathvision',
    '--data-root',
    'data',
    '--json',
  ];
  const broken = await runCli(words, { cwd: folder.path });
  expect(broken.status).toBe(3);
  expect(broken.stderr).toContain('INCOMPLETE: ');
  const summary = JSON.parse(broken.stdout);
  expect(summary).toMatchObject({ complete: false });
  const tally = summary.checkpoints[0].benchmarks.mathvision;
  expect(tally.failed).toBe(2);
  expect(tally.upper - tally.accuracy).toBeCloseTo((2 + tally.undecided) / tally.asked, 10);
  const run = join(folder.path, 'evaluation/runs/r');
  const failures = journalRecords(run).filter(({ record }) => record.status === 'failed');
  expect(failures.map(({ record }) => (record as unknown as { error: { code: string } }).error.code).sort()).toEqual([
    'image_missing',
    'image_unreadable',
  ]);

  cpSync(sample, data, { recursive: true });
  const before = journalRecords(run).length;
  const mended = await runCli(words, { cwd: folder.path });
  expect(mended.status).toBe(0);
  expect(journalRecords(run).length).toBe(before + 2);
  expect(JSON.parse(mended.stdout).checkpoints[0].benchmarks.mathvision.failed).toBe(0);
}, 60_000);
