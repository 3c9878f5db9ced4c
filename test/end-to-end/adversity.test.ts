import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { journalRecords, runCli, sampleData, startCli } from './run-cli.ts';

const words = ['eval-all', 'r', '--engine', 'simulator', '--benchmarks', 'wemath', ...sampleData('wemath')];

function checkpoint(folder: string, name: string, config = '{}'): void {
  mkdirSync(join(folder, 'checkpoints/r', name), { recursive: true });
  writeFileSync(join(folder, 'checkpoints/r', name, 'config.json'), config);
}

/** Pids of the simulator processes that serve a run, by what their `.pid` files record. */
function serverPids(run: string): number[] {
  return readdirSync(run, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.log.pid'))
    .flatMap((path) => {
      const { leader, recorded } = JSON.parse(readFileSync(join(run, path), 'utf8'));
      const pids = (recorded as { pid: number }[]).map(({ pid }) => pid).filter((pid) => pid !== leader.pid);
      return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('serve'));
    });
}

test('names with spaces, other letters and dashes in front are served and kept', async () => {
  using folder = temporaryFolder();
  const names = ['модель ü', '--flag', 'a b', '%41'];
  for (const name of names) checkpoint(folder.path, name);
  const ended = await runCli([...words, '--limit', '2', '--json'], { cwd: folder.path });
  expect(ended.status).toBe(0);
  const { checkpoints } = JSON.parse(ended.stdout) as { checkpoints: { name: string }[] };
  expect(checkpoints.map(({ name }) => name).sort()).toEqual([...names].sort());
}, 60_000);

test('servers that are killed are started again, and the run ends whole', async () => {
  using folder = temporaryFolder();
  checkpoint(folder.path, 'global_step_1');
  const { child, ended } = startCli([...words, '--gpus', '1', '--max-connections', '2', '--json'], {
    cwd: folder.path,
    env: { SYNTHRL_SIMULATOR_TOKEN_MS: '2' },
  });
  const run = join(folder.path, 'evaluation/runs/r');
  const answers = () => {
    try {
      return journalRecords(run).filter(({ record }) => record.status === 'answered').length;
    } catch {
      return 0;
    }
  };
  while (answers() < 3 && child.exitCode === null) await sleep(20);
  const victims = serverPids(run);
  expect(victims.length).toBeGreaterThan(0);
  for (const pid of victims) process.kill(pid, 'SIGKILL');
  const { status, stdout, stderr } = await ended;
  expect(stderr).toContain('starting them again');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ complete: true });
  const finals = journalRecords(run).filter(({ record }) => record.status === 'answered');
  expect(new Set(finals.map(({ record }) => record.problem)).size).toBe(finals.length);
}, 60_000);

test('a summary that cannot be written is said at the end, when what was under way beside it is done', async () => {
  using folder = temporaryFolder();
  for (const name of ['global_step_1', 'global_step_2']) checkpoint(folder.path, name);
  const run = join(folder.path, 'evaluation/runs/r');
  mkdirSync(join(run, 'checkpoints/global_step_1/summary.rules.json/x'), { recursive: true });
  const ended = await runCli([...words, '--limit', '3', '--gpus', '2'], { cwd: folder.path });
  expect(ended.stderr).toContain('WRITE_FAILED: ');
  expect(ended.status).toBe(3);
  expect(ended.stderr).toContain('global_step_2: all 3 asked');
}, 60_000);

test('answers of the simulator and of a model do not mix in a run', async () => {
  using folder = temporaryFolder();
  checkpoint(folder.path, 'global_step_1');
  expect((await runCli([...words, '--limit', '2'], { cwd: folder.path })).status).toBe(0);
  const sessions = join(folder.path, 'evaluation/runs/r/sessions.jsonl');
  writeFileSync(sessions, readFileSync(sessions, 'utf8').replace('"simulated":true', '"simulated":false'));
  const mixed = await runCli([...words, '--limit', '4'], { cwd: folder.path });
  expect(mixed.stderr).toContain('RUN_CONFLICT: ');
  expect(mixed.stderr).toContain('come from a model, and now the simulator would answer');
  expect(mixed.status).toBe(2);
}, 60_000);

test('--fresh deletes only what a run wrote, though a folder of weights be called checkpoints', async () => {
  using folder = temporaryFolder();
  checkpoint(folder.path, 'global_step_1');
  const fresh = [...words, '--limit', '2', '--fresh'];
  // The runs root is where the training runs' folder lies, so that the run's folder holds `checkpoints` with weights.
  const inside = ['--run-name', 'here', '--runs-root', join(folder.path, '..'), '--checkpoints-root', 'checkpoints'];
  const name = folder.path.split('/').at(-1) ?? '';
  const ended = await runCli([...fresh, ...inside.map((word) => (word === 'here' ? name : word))], {
    cwd: folder.path,
  });
  expect(ended.stderr).toContain('USAGE: --fresh would delete');
  expect(ended.status).toBe(2);
  expect(readdirSync(join(folder.path, 'checkpoints/r/global_step_1'))).toEqual(['config.json']);

  expect((await runCli(fresh, { cwd: folder.path })).status).toBe(0);
  const run = join(folder.path, 'evaluation/runs/r');
  writeFileSync(join(run, 'run.json.12-0a1b2c3d.tmp'), 'left by a killed process');
  expect((await runCli(fresh, { cwd: folder.path })).status).toBe(0);
  expect(readdirSync(run).sort()).toEqual(['checkpoints', 'log.jsonl', 'report', 'run.json', 'sessions.jsonl']);
}, 60_000);

test.for<readonly [file: string, content: string]>([
  ['sessions.jsonl', '{"a":1}\n'],
  ['checkpoints/global_step_1/checkpoint.json', '{'],
  ['checkpoints/global_step_1/checkpoint.json', '{}'],
  ['run.json', '[]'],
])('%s with rubbish in it is named', { timeout: 60_000 }, async ([file, content]) => {
  using folder = temporaryFolder();
  checkpoint(folder.path, 'global_step_1');
  expect((await runCli([...words, '--limit', '2'], { cwd: folder.path })).status).toBe(0);
  const path = join(folder.path, 'evaluation/runs/r', file);
  rmSync(path);
  writeFileSync(path, content);
  for (const command of [
    [...words, '--limit', '2'],
    ['grade', 'r'],
  ]) {
    const ended = await runCli(command, { cwd: folder.path });
    expect(ended.stderr).toContain('RECORD_INVALID: ');
    expect(ended.stderr).toContain(file);
    expect(ended.status).toBe(2);
  }
});

test('`simulate` alone and its help say how to use it', async () => {
  using folder = temporaryFolder();
  const bare = await runCli(['simulate'], { cwd: folder.path });
  expect(bare).toMatchObject({ status: 2, stdout: '' });
  expect(bare.stderr).toContain('synthrl simulate serve my-model --port 8000');
  const help = await runCli(['simulate', '--help'], { cwd: folder.path });
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toContain('synthrl simulate serve my-model --port 8000');
});
