import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/statistics/random.ts';
import { describeShared, isRequired, sharedPath } from '../shared-data.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { journalRecords, runCli, startCli } from './run-cli.ts';

const files = [
  'data/mathvision/testmini.jsonl',
  'data/wemath/testmini.json',
  'data/dynamath/10trials/trial1/dataset.json',
  'data/mathverse/testmini_subset.json',
];
const problems = { mathverse: 480, mathvision: 304, wemath: 1740, dynamath: 501 };
const steps = [16, 32, 64];
const greatestMemoryBytes = 600 * 1024 * 1024;

/** Everything where the reference data is required; a part of it elsewhere, so that the suite stays quick. */
const limit = isRequired('shared') ? undefined : 40;

function evalAll(folder: string, runsRoot: string): string[] {
  for (const step of steps) {
    mkdirSync(join(folder, `checkpoints/r/global_step_${step}`), { recursive: true });
    writeFileSync(join(folder, `checkpoints/r/global_step_${step}/config.json`), '{}');
  }
  const data = [
    '--data-root',
    sharedPath('data'),
    '--data',
    `mathverse=${sharedPath('data/mathverse/testmini_subset.json')}`,
  ];
  const benchmarks = 'mathverse,mathvision:testmini,wemath,dynamath:variant=1';
  const cut = limit === undefined ? [] : ['--limit', String(limit)];
  return [
    'eval-all',
    'r',
    '--engine',
    'simulator',
    '--benchmarks',
    benchmarks,
    '--runs-root',
    runsRoot,
    ...data,
    ...cut,
    '--json',
  ];
}

function summaries(run: string): string[] {
  return readdirSync(join(run, 'checkpoints')).map((name) =>
    readFileSync(join(run, 'checkpoints', name, 'summary.rules.json'), 'utf8'),
  );
}

/** Peak memory of a process so far, in bytes; 0 once it is gone. */
function peakMemory(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

describeShared('real benchmark data, three simulated checkpoints', files, () => {
  test('one final record per problem and checkpoint; killed five times, it ends in the same summaries and asks nothing twice', async () => {
    using folder = temporaryFolder();
    const straight = startCli(evalAll(folder.path, 'straight'), { cwd: folder.path });
    let memory = 0;
    const watch = setInterval(() => {
      memory = Math.max(memory, peakMemory(straight.child.pid ?? 0));
    }, 100);
    const ended = await straight.ended;
    clearInterval(watch);
    expect(ended.status, ended.stderr).toBe(0);
    expect(memory).toBeGreaterThan(0);
    expect(memory).toBeLessThan(greatestMemoryBytes);

    const words = evalAll(folder.path, 'killed');
    const run = join(folder.path, 'killed/r');
    const random = createRandom('when to kill');
    const share = journalRecords(join(folder.path, 'straight/r')).length / 6;
    for (let round = 0; round < 5; round += 1) {
      const { child, ended: killed } = startCli(words, { cwd: folder.path });
      const wanted = (round + random()) * share;
      while (child.exitCode === null && countRecords(run) < wanted) await sleep(20);
      child.kill('SIGKILL');
      await killed;
    }
    const last = await runCli(words, { cwd: folder.path });
    expect(last.status, last.stderr).toBe(0);
    const answered = journalRecords(run).filter(({ record }) => record.status === 'answered');
    const keys = answered.map(
      ({ path, record }) =>
        `${path.split('/responses/')[0]} ${path.split('/').at(-1)?.split('.')[0]} ${record.problem}`,
    );
    const perCheckpoint = Object.values(problems).reduce((sum, count) => sum + Math.min(count, limit ?? count), 0);
    expect(keys.length).toBe(steps.length * perCheckpoint);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(answered.map(({ record }) => record.session)).size).toBeGreaterThan(3);
    expect(summaries(run)).toEqual(summaries(join(folder.path, 'straight/r')));
    expect(last.stdout).toBe(ended.stdout);
  }, 900_000);
});

/** Journal lines so far; 0 before the run's folder is there. */
function countRecords(run: string): number {
  try {
    return journalRecords(run).length;
  } catch {
    return 0;
  }
}
