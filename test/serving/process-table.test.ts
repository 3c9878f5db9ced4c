import { execFileSync, spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { parsePs, processesOf, psColumns, readProcessTable } from '../../src/serving/process-table.ts';
import { describeNeeding } from '../shared-data.ts';

test('a living process is in the table with its parent; a dead one is not', () => {
  const child = spawn('sleep', ['60'], { detached: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  const entry = readProcessTable().find(({ pid }) => pid === child.pid);
  expect(entry).toMatchObject({ parent: process.pid, group: child.pid });
  expect(entry!.startTime).not.toBe('');
  expect(readProcessTable().some(({ pid }) => pid === 2 ** 22 - 1)).toBe(false);
});

const ps = (() => {
  try {
    return execFileSync('ps', ['-A', '-o', psColumns], { encoding: 'utf8' });
  } catch {
    return '';
  }
})();

describeNeeding('ps', ps !== '', 'no ps program', 'where there is no /proc', () => {
  test('what ps prints gives the same processes', () => {
    const own = parsePs(ps).find(({ pid }) => pid === process.pid);
    const { parent, group } = readProcessTable().find(({ pid }) => pid === process.pid)!;
    expect(own).toMatchObject({ parent, group });
    expect(own!.startTime).toMatch(/\d\d:\d\d:\d\d \d{4}$/);
  });
});

test('zombies are left out', () => {
  expect(parsePs('   7   1   7 Z+   Sun Nov 22 20:00:00 2026\n   8   1   8 Ss   Sun Nov 22 20:00:00 2026\n')).toEqual([
    { pid: 8, parent: 1, group: 8, startTime: 'Sun Nov 22 20:00:00 2026' },
  ]);
});

test('a server is its group and all descendants of it', () => {
  const entry = (pid: number, parent: number, group: number) => ({ pid, parent, group, startTime: '1' });
  const table = [
    entry(1, 0, 1),
    entry(5, 1, 5),
    entry(6, 5, 5),
    entry(7, 6, 7),
    entry(8, 1, 5),
    entry(9, 1, 9),
    entry(10, 9, 9),
  ];
  const pids = (roots: number[], group: number) =>
    processesOf(roots, group, table)
      .map(({ pid }) => pid)
      .sort((a, b) => a - b);
  expect(pids([], 5)).toEqual([5, 6, 7, 8]);
  expect(pids([9], 0)).toEqual([9, 10]);
  expect(pids([], 0)).toEqual([]);
});
