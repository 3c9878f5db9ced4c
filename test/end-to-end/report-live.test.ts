import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LiveState } from '../../src/reports/live/live-state.ts';
import { followEvents } from '../reports/live/follow-events.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { journalRecords, runCli, type Started, sampleData, startCli } from './run-cli.ts';

const benchmarks = ['wemath', 'dynamath'];

function evaluation(folder: string): string[] {
  for (const step of [8, 16]) {
    const model = join(folder, `checkpoints/INFO/tag/global_step_${step}`);
    mkdirSync(model, { recursive: true });
    writeFileSync(join(model, 'config.json'), '{}');
  }
  const words = ['eval-all', 'INFO/tag', '--engine', 'simulator', '--tp', '1', '--max-connections', '2'];
  return [...words, '--benchmarks', benchmarks.join(','), ...sampleData(...benchmarks)];
}

/** The first line that a program prints. */
function firstLine({ child, ended }: Started): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    void ended.then(({ stderr }) => reject(new Error(stderr)));
  });
}

/** Samples with an answer by checkpoint and benchmark, as the journals have them. */
function answeredIn(run: string): Record<string, number> {
  const keys = new Set<string>();
  for (const { path, record } of journalRecords(run)) {
    if (record.status !== 'answered') continue;
    const [, checkpoint, , file = ''] = path.split('/');
    keys.add(`${checkpoint} ${file.split('.')[0]} ${record.problem} ${record.sample}`);
  }
  const counts: Record<string, number> = {};
  for (const key of keys) {
    const place = key.split(' ').slice(0, 2).join(' ');
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

function answeredOf(state: LiveState): Record<string, number> {
  const counts = state.checkpoints.flatMap(({ name, counts: figures }) =>
    state.benchmarks.map((benchmark, at) => [`${name} ${benchmark.name}`, figures[at]?.answered ?? 0] as const),
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

test('an evaluation is followed from before its first file, through kill -9, to its end', async () => {
  using folder = temporaryFolder();
  const run = join(folder.path, 'evaluation/runs/INFO/tag');
  const words = [...evaluation(folder.path), '--gpus', '2'];
  const live = startCli(['report', '--live', 'INFO/tag', '--json'], { cwd: folder.path });
  onTestFinished(() => void live.child.kill('SIGKILL'));
  const { url } = JSON.parse(await firstLine(live)) as { url: string };
  const events = await followEvents(url);
  await events.until(({ phase }) => phase === 'waiting');

  const first = startCli(words, { cwd: folder.path, env: { SYNTHRL_SIMULATOR_TOKEN_MS: '1' } });
  onTestFinished(() => void first.child.kill('SIGKILL'));
  const going = await events.until(({ phase, all }) => phase === 'working' && all.answered >= 10);
  expect(going).toMatchObject({
    simulated: true,
    all: { total: 140 },
    session: { command: 'eval-all' },
    holder: { pid: first.child.pid, alive: true },
  });
  expect(going.servers.map(({ label }) => label).sort()).toEqual(['slot-0', 'slot-1']);
  await events.until(({ rate, secondsLeft }) => rate !== null && rate.tokens > 0 && secondsLeft !== null);
  first.child.kill('SIGKILL');
  await first.ended;
  const gone = await events.until(({ phase, holder }) => phase === 'gone' && holder?.pid === first.child.pid);
  expect(gone).toMatchObject({ secondsLeft: null, holder: { alive: false } });
  const counted = answeredIn(run);
  expect(
    answeredOf(await events.until((state) => state.phase === 'gone' && sum(answeredOf(state)) === sum(counted))),
  ).toEqual(counted);

  const second = await runCli(words, { cwd: folder.path });
  expect(second.status).toBe(0);
  const end = await events.until(
    ({ phase, checkpoints }) => phase === 'finished' && checkpoints.every((one) => one.results.length > 0),
  );
  expect(answeredOf(end)).toEqual(answeredIn(run));
  expect(end.all).toEqual({ answered: 140, failed: 0, total: 140 });
  for (const { name, results } of end.checkpoints) {
    const summary = JSON.parse(readFileSync(join(run, 'checkpoints', name, 'summary.rules.json'), 'utf8'));
    const accuracies = benchmarks.map((benchmark) => summary.benchmarks[benchmark].accuracy);
    expect(results[0]?.accuracies.map((figure) => figure?.accuracy)).toEqual(accuracies);
  }
  expect(await (await fetch(`${url}report/`)).text()).toContain('INFO/');

  live.child.kill('SIGINT');
  expect(await live.ended).toMatchObject({ status: 0, stderr: expect.stringContaining('There is no run at') });
}, 120_000);

test('the report is written after a checkpoint while the next one is asked', async () => {
  using folder = temporaryFolder();
  const live = startCli(['report', 'INFO/tag', '--live'], { cwd: folder.path });
  onTestFinished(() => void live.child.kill('SIGKILL'));
  const url = (await firstLine(live)).replace('Live at ', '');
  const events = await followEvents(url);
  const words = [...evaluation(folder.path), '--gpus', '1', '--limit', '12'];
  const evaluating = startCli(words, { cwd: folder.path, env: { SYNTHRL_SIMULATOR_TOKEN_MS: '0.3' } });
  onTestFinished(() => void evaluating.child.kill('SIGKILL'));
  const state = await events.until(({ phase, reportWritten }) => phase === 'working' && reportWritten !== null);
  expect(state.all.answered).toBeLessThan(state.all.total ?? 0);
  const page = await (await fetch(`${url}report/`)).text();
  expect(page).toContain('global_step_');
  expect((await evaluating.ended).status).toBe(0);
}, 60_000);

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

test('one run is shown at a time', async () => {
  using folder = temporaryFolder();
  const ended = await runCli(['report', '--live', 'a', 'b'], { cwd: folder.path });
  expect(ended.status).toBe(2);
  expect(ended.stderr).toMatch(/^USAGE: `--live` shows one run, and 2 are named\./);
});
