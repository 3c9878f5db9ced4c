import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeShared, sharedPath } from '../shared-data.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { root, runCli } from './run-cli.ts';

interface Told {
  ok: boolean;
  checked: { benchmark: string; selection: string; rows: number; findings: { state: string; mend?: string }[] }[];
}

/** Other programs' data sets are nobody's business here. */
function quiet(folder: string): { cwd: string; env: Record<string, string> } {
  return { cwd: folder, env: { HF_HOME: join(folder, 'hf'), LMUData: join(folder, 'lmu') } };
}

test('data check on samples: status 2, a table with what mends it, one JSON object', { timeout: 60_000 }, async () => {
  using temporary = temporaryFolder();
  const folder = temporary.path;
  cpSync(join(root, 'benchmarks/wemath/sample'), join(folder, 'evaluation/data/wemath'), { recursive: true });
  const table = await runCli(['data', 'check', 'wemath'], quiet(folder));
  expect(table.status).toBe(2);
  expect(table.stdout).toMatch(/^WRONG {2}wemath:testmini {2}30 of 1,740 rows, 30 images, official files, data hash /);
  expect(table.stdout).toMatch(/→ Move .*testmini\.json away, then run: synthrl data fetch wemath\n/);
  expect(table.stdout.trim().split('\n').at(-1)).toBe('Something is wrong with wemath:testmini.');
  expect(table.stderr).toBe('Checking wemath.\n');
  const asJson = await runCli(
    ['data', 'check', '--json', '--images', 'none', '--data-root', 'other root'],
    quiet(folder),
  );
  expect(asJson.status).toBe(2);
  const told = JSON.parse(asJson.stdout) as Told;
  expect([told.ok, told.checked.map(({ benchmark }) => benchmark)]).toEqual([
    false,
    ['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath'],
  ]);
});

test('what does not exist is said as everywhere', async () => {
  using temporary = temporaryFolder();
  const unknown = await runCli(['data', 'check', 'mathworse'], quiet(temporary.path));
  expect([unknown.status, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toMatch(/^BENCHMARK_UNKNOWN: /);
  const empty = await runCli(['data', 'check', 'wemath:step=four-step', '--images', 'none'], {
    ...quiet(temporary.path),
  });
  expect(empty.status).toBe(2);
});

describeShared('data check of published data', ['data/wemath/testmini.json'], () => {
  test('status 0 where only notes are to be said; another form of damage is found', { timeout: 120_000 }, async () => {
    using temporary = temporaryFolder();
    const folder = temporary.path;
    const words = ['data', 'check', '--data-root', sharedPath('data')];
    const whole = await runCli([...words, 'wemath', '--images', 'headers'], quiet(folder));
    expect(whole.stdout).toMatch(/^ok {5}wemath:testmini {2}1,740 of 1,740 rows, 1,740 images/);
    expect(whole.stdout).toContain('238 images are JPEG named .png');
    expect([whole.status, whole.stdout.trim().split('\n').at(-1)]).toEqual([0, 'Nothing is wrong.']);

    const copy = join(folder, 'copy/wemath');
    mkdirSync(copy, { recursive: true });
    const rows = JSON.parse(readFileSync(sharedPath('data/wemath/testmini.json'), 'utf8')) as object[];
    writeFileSync(join(copy, 'testmini.json'), JSON.stringify([...rows.slice(1), rows[5]]));
    const damaged = await runCli(['data', 'check', 'wemath', '--data-root', 'copy', '--images', 'none'], quiet(folder));
    expect(damaged.status).toBe(2);
    expect(damaged.stdout).toContain('1 published id without a row: 2steps_1@2steps_1');
    expect(damaged.stdout).toContain('1 row has an id that another row has: 2steps_6@2steps_1');
    expect(damaged.stdout).toContain('1,739 of 1,739 images are missing');
    expect(damaged.stdout).toContain('synthrl data fetch wemath --data-root copy');
  });
});
