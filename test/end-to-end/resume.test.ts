import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { journalRecords, root, runCli, sampleData, startCli } from './run-cli.ts';

const steps = [8, 16];

function evalAll(folder: string, runsRoot: string): string[] {
  for (const step of steps) {
    const model = join(folder, `checkpoints/INFO/tag/global_step_${step}/actor/huggingface`);
    mkdirSync(model, { recursive: true });
    writeFileSync(join(model, 'config.json'), '{}');
  }
  const data = sampleData('wemath', 'mathvision', 'dynamath');
  return [
    'eval-all',
    'INFO/tag',
    '--engine',
    'simulator',
    '--benchmarks',
    'wemath,mathvision,dynamath',
    '--runs-root',
    runsRoot,
    '--max-connections',
    '2',
    '--json',
    ...data,
  ];
}

function summaries(run: string): string[] {
  return readdirSync(join(run, 'checkpoints')).map((name) =>
    readFileSync(join(run, 'checkpoints', name, 'summary.rules.json'), 'utf8'),
  );
}

test('killed five times and started again: nothing answered is asked again, and the summaries equal an uninterrupted run byte for byte', async () => {
  using folder = temporaryFolder();
  const slow = { SYNTHRL_SIMULATOR_TOKEN_MS: '0.3' };
  const straight = await runCli(evalAll(folder.path, 'straight'), { cwd: folder.path });
  expect(straight.stderr).not.toContain('bug');
  expect(straight.status).toBe(0);

  const words = evalAll(folder.path, 'killed');
  const run = join(folder.path, 'killed/INFO/tag');
  let kills = 0;
  for (let round = 0; round < 5; round += 1) {
    const before = round === 0 ? 0 : journalRecords(run).length;
    const { child, ended } = startCli(words, { cwd: folder.path, env: slow });
    // Kills once a few more answers than before are journaled, at a moment that the round chooses.
    while (child.exitCode === null) {
      await sleep(5);
      try {
        if (journalRecords(run).length > before + 3 + round * 4) break;
      } catch {
        // The run's folder is not there yet.
      }
    }
    if (child.exitCode === null) kills += 1;
    child.kill('SIGKILL');
    await ended;
  }
  expect(kills).toBeGreaterThan(2);
  const last = await runCli(words, { cwd: folder.path });
  expect(last.status).toBe(0);

  const answered = journalRecords(run).filter(({ record }) => record.status === 'answered');
  const keys = answered.map(
    ({ path, record }) =>
      `${path.split('/responses/')[0]} ${path.split('/').at(-1)?.split('.')[0]} ${record.problem} ${record.sample}`,
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(answered.map(({ record }) => record.session)).size).toBeGreaterThan(kills);
  expect(summaries(run)).toEqual(summaries(join(folder.path, 'straight/INFO/tag')));
  expect(last.stdout).toBe(straight.stdout);
}, 180_000);

test('Ctrl-C stops with 130, says that it can go on, and leaves no server behind', async () => {
  using folder = temporaryFolder();
  const { child, ended } = startCli(evalAll(folder.path, 'runs'), {
    cwd: folder.path,
    env: { SYNTHRL_SIMULATOR_TOKEN_MS: '5' },
  });
  let seen = '';
  child.stderr?.on('data', (text: string) => (seen += text));
  while (!seen.includes('serving with') && child.exitCode === null) await sleep(20);
  child.kill('SIGINT');
  const { status, stderr } = await ended;
  expect(stderr).toContain('INTERRUPTED: ');
  expect(status).toBe(130);
  const again = await runCli(evalAll(folder.path, 'runs'), { cwd: folder.path });
  expect(again.status).toBe(0);
}, 120_000);

test('the script under the original’s name takes the original’s argument', async () => {
  using folder = temporaryFolder();
  const [, run = '', ...rest] = evalAll(folder.path, 'runs');
  const { spawnSync } = await import('node:child_process');
  const ended = spawnSync('bash', [join(root, 'scripts/run_eval_vlm_all.sh'), run, ...rest, '--limit', '4'], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  expect(ended.stderr).not.toContain('bug');
  expect(ended.status).toBe(0);
  expect(JSON.parse(ended.stdout).checkpoints).toHaveLength(2);
}, 60_000);
