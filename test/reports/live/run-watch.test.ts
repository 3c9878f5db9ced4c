import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownIdentity } from '../../../src/core/process-identity.ts';
import { RunDirectory } from '../../../src/core/run-directory.ts';
import { acquireRunLock } from '../../../src/core/run-lock.ts';
import { RunWatch, type RunWatchOptions } from '../../../src/reports/live/run-watch.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { hostileText } from '../make-run.ts';
import { addSession, answer, appendAttempts, beginRun, failure, lockBy } from './write-run.ts';

const here = { checkpoint: 'global_step_8', benchmark: 'mathverse' };

async function look(watch: RunWatch, nowMs = 0) {
  await watch.poll();
  return watch.state(nowMs);
}

function watchOf(run: RunDirectory, more: Partial<RunWatchOptions> = {}): RunWatch {
  return new RunWatch({ run, titles: { mathverse: 'MathVerse' }, ...more });
}

test('a run that is not there is waited for; then it is shown as it grows', async () => {
  using folder = temporaryFolder();
  const watch = watchOf(new RunDirectory(folder.path, 'r'));
  expect(await look(watch)).toMatchObject({ phase: 'waiting', checkpoints: [], session: null });
  const run = beginRun(folder.path, 'r', { mathverse: 5, wemath: 3 });
  const lock = acquireRunLock(run.lock);
  expect(await look(watch)).toMatchObject({
    phase: 'working',
    checkpoints: [],
    benchmarks: [{ title: 'MathVerse' }, { title: 'wemath' }],
    session: { engine: 'vllm 0.11.0' },
    holder: { pid: process.pid, alive: true },
  });
  appendAttempts(run, here, [answer('1'), failure('2', { final: false }), failure('3')]);
  appendAttempts(run, { ...here, benchmark: 'wemath' }, [answer('1')]);
  const state = await look(watch);
  expect(state.checkpoints).toMatchObject([
    {
      name: 'global_step_8',
      wanted: true,
      all: { answered: 2, failed: 1, total: 8 },
      counts: [
        { answered: 1, failed: 1, total: 5 },
        { answered: 1, failed: 0, total: 3 },
      ],
    },
  ]);
  expect(state.failures).toEqual([{ code: 'timeout', attempts: 2, message: 'The server took too long.' }]);
  expect(state.servers).toMatchObject([{ label: 'slot-0', answered: 2, failed: 2, medianSeconds: 1.5 }]);
  lock.release();
  expect(await look(watch)).toMatchObject({ phase: 'stopped', holder: null });
  const rest = ['2', '3', '4', '5'].map((id) => answer(id));
  appendAttempts(run, here, [...rest, answer('3')]);
  appendAttempts(run, { ...here, benchmark: 'wemath' }, [answer('2'), answer('3')]);
  expect(await look(watch)).toMatchObject({ phase: 'finished', all: { answered: 8, failed: 0, total: 8 } });
});

test('rates and the time left are those since watching began, not of what was there', async () => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 1000 });
  const lock = acquireRunLock(run.lock);
  appendAttempts(
    run,
    here,
    Array.from({ length: 400 }, (_, at) => answer(`old-${at}`)),
  );
  const watch = watchOf(run);
  // A page that asks before anything was read.
  expect(watch.state(-5000).rate).toBeNull();
  expect(await look(watch, 0)).toMatchObject({ rate: null, secondsLeft: null, all: { answered: 400 } });
  for (let second = 1; second <= 10; second += 1) {
    appendAttempts(run, here, [answer(`${second}a`), answer(`${second}b`)]);
    const state = await look(watch, second * 1000);
    expect(state.rate === null).toBe(second < 2);
  }
  const state = await look(watch, 10_000);
  expect(state.rate).toEqual({ responses: 2, tokens: 200 });
  expect(state.secondsLeft).toBe(580 / 2);
  expect(state.servers).toMatchObject([{ perSecond: 2 }]);
  // Three minutes in which nothing came.
  for (let second = 20; second <= 200; second += 10) await look(watch, second * 1000);
  expect(await look(watch, 200_000)).toMatchObject({ rate: { responses: 0 }, secondsLeft: null });
  lock.release();
});

test('a dead owner of the lock is gone, another host’s is alive while its heartbeat is', async () => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 5 });
  lockBy(run, { ...ownIdentity(), pid: 2 ** 22 + 1, startTime: '1' });
  expect(await look(watchOf(run))).toMatchObject({ phase: 'gone', holder: { pid: 2 ** 22 + 1, alive: false } });
  lockBy(run, { ...ownIdentity(), host: 'elsewhere' });
  expect(await look(watchOf(run))).toMatchObject({ phase: 'working', holder: { host: 'elsewhere', alive: true } });
});

test('a run that is begun anew is forgotten and read again', async () => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 5 });
  appendAttempts(run, here, [answer('1'), answer('2'), failure('3')]);
  const watch = watchOf(run);
  expect(await look(watch)).toMatchObject({ all: { answered: 2, failed: 1 } });
  rmSync(join(run.path, 'checkpoints'), { recursive: true });
  rmSync(run.sessions);
  await look(watch);
  appendAttempts(run, { ...here, session: '20261122T201012Z-000000' }, [answer('1')]);
  expect(await look(watch)).toMatchObject({ all: { answered: 1, failed: 0, total: 5 }, failures: [] });
  rmSync(run.record);
  expect(await look(watch)).toMatchObject({ phase: 'waiting' });
  beginRun(folder.path, 'r', { wemath: 7 });
  expect(await look(watch)).toMatchObject({ benchmarks: [{ name: 'wemath' }] });
});

test('what the last session leaves out is not waited for', async () => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 5 });
  appendAttempts(run, here, [answer('1'), answer('2'), answer('3')]);
  appendAttempts(run, { ...here, checkpoint: 'global_step_16' }, [answer('1'), answer('2')]);
  addSession(run, { session: '20261123T000000Z-000000', settings: { limit: 2, steps: '16' } });
  const watch = watchOf(run, { takesIn: ({ settings }, name) => name.endsWith(`_${settings['steps']}`) });
  const state = await look(watch);
  expect(state).toMatchObject({ phase: 'finished', all: { answered: 2, total: 2 }, session: { limit: 2 } });
  expect(state.checkpoints).toMatchObject([
    // More than the limit was answered before there was one.
    { name: 'global_step_8', wanted: false, all: { answered: 3, total: 3 } },
    { name: 'global_step_16', wanted: true },
  ]);
  // `eval` asks one checkpoint of a run.
  addSession(run, { session: '20261124T000000Z-000000', command: 'eval' });
  appendAttempts(run, { ...here, checkpoint: 'other', session: '20261124T000000Z-000000' }, [answer('1')]);
  expect((await look(watchOf(run))).checkpoints.map(({ wanted }) => wanted)).toEqual([false, false, true]);
});

test('files that are none of ours, broken lines and hostile texts do no harm', async () => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 5 });
  const hostile = `${hostileText}\u001b[2J\u202e${'long '.repeat(1000)}`;
  appendAttempts(run, { ...here, checkpoint: `${hostileText}\u202e` }, [
    failure(hostile, { error: { code: hostile, message: hostile }, server: hostile }),
    ...Array.from({ length: 60 }, (_, at) => failure(`${at}`, { error: { code: `kind-${at}`, message: '' } })),
    { problem: '__proto__', sample: 0, status: 'answered' },
  ]);
  const journal = run.checkpoint(`${hostileText}\u202e`).journal('mathverse', 'x');
  appendFileSync(journal, 'no json\n[1]\nnull\n{"problem":1}\n{"torn');
  writeFileSync(
    run.checkpoint(`${hostileText}\u202e`).summary('rules'),
    '{"benchmarks":{"mathverse":null,"wemath":{"asked":"x"}}}',
  );
  const state = await look(watchOf(run));
  expect(state.all).toEqual({ answered: 1, failed: 61, total: 62 });
  expect(state.notes).toEqual(['4 lines of journals could not be read.']);
  expect(state.failures.length).toBeLessThanOrEqual(41);
  expect(state.failures[0]?.code).toBe('other');
  const texts = JSON.stringify(state);
  expect(texts).not.toMatch(/\\u001b|\u202e/);
  expect(texts.length).toBeLessThan(20_000);

  writeFileSync(run.record, '{"schema":1}');
  expect(await look(watchOf(run))).toMatchObject({ phase: 'unreadable', notes: [expect.stringContaining('run.json')] });
  writeFileSync(run.sessions, 'no session\n');
});

test('accuracies of summaries come with their intervals, by grading mode', async () => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 5, wemath: 5 });
  appendAttempts(run, here, [answer('1')]);
  const tally = { asked: 5, accuracy: 0.4, upper: 0.6, interval: [0.1, 0.8] };
  const watch = watchOf(run);
  expect((await look(watch)).checkpoints).toMatchObject([{ results: [] }]);
  const path = run.checkpoint('global_step_8').summary('rules');
  writeFileSync(path, JSON.stringify({ benchmarks: { mathverse: tally } }));
  expect((await look(watch)).checkpoints).toMatchObject([{ results: [{ mode: 'rules', accuracies: [tally, null] }] }]);
  rmSync(path);
  expect((await look(watch)).checkpoints).toMatchObject([{ results: [] }]);
});
