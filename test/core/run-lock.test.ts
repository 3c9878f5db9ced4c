import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownIdentity } from '../../src/core/process-identity.ts';
import { acquireRunLock } from '../../src/core/run-lock.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('a living owner keeps its run; releasing frees it', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.lock');
  const lock = acquireRunLock(path);
  expect(() => acquireRunLock(path)).toThrow(/being worked on by process/);
  lock.release();
  acquireRunLock(path).release();
  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that was killed is taken over', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.lock');
  const holder = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '-e',
      `import('${join(import.meta.dirname, '../../src/core/run-lock.ts')}').then(({acquireRunLock}) => { acquireRunLock(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000); })`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(holder.stdout, 'data');
  expect(() => acquireRunLock(path)).toThrow(/being worked on/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  acquireRunLock(path).release();
});

test('a pid that was used again is not its old owner', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.lock');
  writeFileSync(path, JSON.stringify({ ...ownIdentity(), startTime: '1' }));
  acquireRunLock(path).release();
});

test('another host is believed while its heartbeat goes on', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.lock');
  writeFileSync(path, JSON.stringify({ ...ownIdentity(), host: 'elsewhere' }));
  expect(() => acquireRunLock(path)).toThrow(/on elsewhere/);
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(path, longAgo, longAgo);
  const lock = acquireRunLock(path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(ownIdentity());
  lock.release();
});

test('a file that nobody named himself in is a dead process’s; one that is being made is waited for', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.lock');
  writeFileSync(path, '');
  acquireRunLock(path).release();
  expect(existsSync(path)).toBe(false);

  writeFileSync(path, '');
  const late = spawn('sh', ['-c', 'sleep 0.3; cp "$1" "$2"', 'sh', join(folder.path, 'owner'), path]);
  writeFileSync(join(folder.path, 'owner'), JSON.stringify({ ...ownIdentity() }));
  expect(() => acquireRunLock(path)).toThrow(/being worked on by process/);
  await once(late, 'exit');
});

test('releasing leaves a lock alone that another process has taken over', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.lock');
  const lock = acquireRunLock(path);
  writeFileSync(path, JSON.stringify({ ...ownIdentity(), pid: 1 }));
  lock.release();
  expect(existsSync(path)).toBe(true);
});
