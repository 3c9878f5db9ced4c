import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ownIdentity } from '../../src/core/process-identity.ts';
import { LocalLauncher } from '../../src/serving/local-launcher.ts';
import { fakeCommand, isRunning, until } from './fake-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const launcher = new LocalLauncher({ graceMs: 500 });

/** A program of its own that started a server; the pids are the engine's, then its children's. */
async function startHarness(script: Record<string, unknown>, graceMs: number) {
  const folder = temporaryFolder();
  const logFile = join(folder, 'servers', 'slot-0.log');
  const pidsFile = join(folder, 'pids.json');
  const program = join(import.meta.dirname, 'fixtures/harness.ts');
  const harness: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', program, logFile, String(graceMs), ...fakeCommand],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, FAKE_ENGINE: JSON.stringify({ ...script, pids: pidsFile }) },
    },
  );
  onTestFinished(() => void harness.kill('SIGKILL'));
  await once(harness.stdout!, 'data');
  const pids = JSON.parse(readFileSync(pidsFile, 'utf8')) as number[];
  onTestFinished(() => {
    for (const pid of pids.filter(isRunning)) process.kill(pid, 'SIGKILL');
  });
  expect(pids.map(isRunning)).not.toContain(false);
  return { harness, folder, logFile, pids };
}

test('servers of a program that is killed end by themselves, even those that ignore SIGTERM', async () => {
  const { harness, folder, logFile, pids } = await startHarness({ ignoreTerm: true, children: ['group'] }, 1000);
  harness.kill('SIGKILL');
  await until(() => !pids.some(isRunning), 'all processes are gone');
  expect(readFileSync(logFile, 'utf8')).toContain('the program that started this server is gone');
  const [left] = await launcher.leftovers(folder);
  expect(left).toMatchObject({ label: 'slot-0', pidFile: `${logFile}.pid`, pids: [] });
  await launcher.reap(left!);
  expect(existsSync(`${logFile}.pid`)).toBe(false);
});

test('what is left over from a dead program is found by its pid file and ended, in other groups too', async () => {
  const { harness, folder, pids } = await startHarness({ ignoreTerm: true, children: ['group', 'own'] }, 60_000);
  expect(await launcher.leftovers(folder)).toEqual([]);
  harness.kill('SIGKILL');
  await once(harness, 'exit');
  const [left, ...more] = await launcher.leftovers(folder);
  expect(more).toEqual([]);
  expect(left!.pids).toEqual(expect.arrayContaining(pids));
  await launcher.reap(left!);
  expect(pids.map(isRunning)).toEqual(pids.map(() => false));
  expect(await launcher.leftovers(folder)).toEqual([]);
  await launcher.reap(left!);
});

test('a process that merely got the pid of a dead one is left alone', async () => {
  const folder = temporaryFolder();
  const bystander = spawn('sleep', ['60']);
  onTestFinished(() => void bystander.kill('SIGKILL'));
  const dead = { ...ownIdentity(), pid: 2 ** 22 - 1, startTime: '1' };
  const name = { pid: bystander.pid!, startTime: '1' };
  const path = join(folder, 'slot-0.log.pid');
  writeFileSync(path, JSON.stringify({ label: 'slot-0', owner: dead, leader: name, recorded: [name] }));
  const [left] = await launcher.leftovers(folder);
  expect(left).toMatchObject({ pids: [] });
  await launcher.reap(left!);
  expect(existsSync(path)).toBe(false);
  expect(isRunning(bystander.pid!)).toBe(true);
});

test('files of other hosts, of living programs and of other kinds are not touched', async () => {
  const folder = temporaryFolder();
  const name = { pid: process.pid, startTime: '1' };
  const write = (file: string, content: unknown) => writeFileSync(join(folder, file), JSON.stringify(content));
  const owner = { ...ownIdentity(), pid: 2 ** 22 - 1 };
  write('a.log.pid', { label: 'a', owner: { ...owner, host: 'elsewhere' }, leader: name, recorded: [] });
  write('b.log.pid', { label: 'b', owner: ownIdentity(), leader: name, recorded: [] });
  write('c.log.pid', [1, 2, 3]);
  write('d.pid', { label: 'd', owner, leader: name, recorded: [] });
  expect(await launcher.leftovers(folder)).toEqual([]);
  expect(await launcher.leftovers(join(folder, 'absent'))).toEqual([]);
});
