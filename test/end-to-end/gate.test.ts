import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, root, runCli, sampleData } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthrl-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: string[]): Promise<Ended> => runCli(words, { cwd: folder });

/** Ids of the built-in sample, in its order. */
function sampleIds(): string[] {
  const rows = readFileSync(join(root, 'benchmarks/mathvision/sample/test.jsonl'), 'utf8').trim().split('\n');
  return rows.map((row) => String(JSON.parse(row).id));
}

/** Imports verdicts of which the first `right` are right. */
async function importVerdicts(runName: string, checkpoint: string, right: number): Promise<void> {
  const file = join(folder, `${runName}-${checkpoint}.jsonl`);
  const rows = sampleIds().map((id, index) => JSON.stringify({ id, correct: index < right }));
  writeFileSync(file, `${rows.join('\n')}\n`);
  const words = ['import', 'mathvision', file, '--verdicts', '--run', runName, '--checkpoint', checkpoint];
  const { status, stderr } = await run(...words, ...sampleData('mathvision'));
  expect(status, stderr).toBe(0);
}

function rules(name: string, ...lines: string[]): string {
  const file = join(folder, name);
  writeFileSync(file, `rules:\n${lines.map((line) => `  - ${line}`).join('\n')}\n`);
  return file;
}

describe('gate', () => {
  const all = sampleIds().length;

  beforeAll(async () => {
    await importVerdicts('sweep', 'global_step_8', all - 2);
    await importVerdicts('sweep', 'global_step_16', all - 2);
    await importVerdicts('sweep', 'global_step_24', 2);
    await importVerdicts('other', 'global_step_8', all - 2);
  }, 60_000);

  test('the exit status is the answer: 0, 4 and 5', async () => {
    const wide = rules('wide.yaml', '{metric: accuracy, margin: 40 points}');
    const equal = ['gate', 'sweep', '--checkpoint', 'global_step_16', '--baseline', 'global_step_8'];
    expect((await run(...equal, '--rules', wide)).status).toBe(0);
    // So few problems cannot show that nothing was lost by two points.
    expect((await run(...equal)).status).toBe(5);
    const broken = await run('gate', 'sweep', '--baseline', 'global_step_8', '--rules', wide);
    expect(broken.status).toBe(4);
    expect(broken.stdout).toContain('sweep: global_step_24 against global_step_8');
  });

  test('the result is one JSON object, JUnit XML and Markdown too', async () => {
    const files = ['--junit', 'out/gate.xml', '--markdown', 'out/gate.md'];
    const ended = await run('gate', 'sweep', '--baseline', 'global_step_8', '--json', ...files);
    const result = JSON.parse(ended.stdout);
    expect(result).toMatchObject({ decision: 'regression', checkpoint: 'global_step_24', mode: 'imported' });
    expect(result.rules[0]).toMatchObject({ scope: 'mathvision', n: all, decision: 'regression' });
    expect(readFileSync(join(folder, 'out/gate.xml'), 'utf8')).toContain('failures="2" errors="0"');
    expect(readFileSync(join(folder, 'out/gate.md'), 'utf8')).toContain(
      '| ❌ regression | mathvision: accuracy not worse by 2 points |',
    );
  });

  test('the baseline may be another run; runs that were asked differently are refused', async () => {
    const { status, stdout } = await run(
      'gate',
      'sweep',
      '--baseline',
      'other',
      '--checkpoint',
      'global_step_16',
      '--json',
    );
    expect(status).toBe(5);
    expect(JSON.parse(stdout).baseline).toEqual({ run: 'other', checkpoint: 'global_step_8' });
    const words = ['import', 'mathvision:facet=subject', join(folder, 'other-global_step_8.jsonl')];
    expect((await run(...words, '--run', 'none', '--checkpoint', 'a', '--verdicts')).status).toBe(2);
  });

  test('--plan says what could be told, and decides nothing', async () => {
    const { status, stdout } = await run('gate', 'sweep', '--baseline', 'global_step_8', '--plan', '--json');
    expect(status).toBe(0);
    const [plan, average] = JSON.parse(stdout).rules;
    // Over one benchmark the average is that benchmark; its margin is 1 point, so it needs four times as many.
    expect(average).toMatchObject({ scope: 'average', n: all, margin: 0.01, detectable: plan.detectable });
    expect(average.needed / plan.needed).toBeCloseTo(4, 1);
    expect(plan).toMatchObject({ scope: 'mathvision', n: all, margin: 0.02, discordant: (all - 4) / all });
    expect(plan.needed).toBeGreaterThan(all);
  });

  test.each([
    ['a metric that there is not', '{metric: recall, margin: 2 points}', 'Known metrics: accuracy'],
    ['a benchmark that was not asked', '{on: [wemath], margin: 2 points}', 'They have mathvision'],
    ['a bucket without ratings', '{bucket: hard, margin: 2 points}', 'synthrl rate mathvision'],
    ['a facet value that there is not', '{facet: level=9, margin: 2 points}', 'Facets of mathvision: subject, level'],
  ])('%s is an error with what there is', async (name, rule, hint) => {
    const { status, stderr } = await run(
      'gate',
      'sweep',
      '--baseline',
      'global_step_8',
      '--rules',
      rules(`${name}.yaml`, rule),
    );
    expect(status).toBe(2);
    expect(stderr).toContain('GATE_INVALID');
    expect(stderr).toContain(hint);
  });

  test('sides that are not there, or the same, are refused', async () => {
    const wrong = [
      ['--baseline', 'nothing'],
      ['--baseline', 'global_step_24'],
      ['--baseline', 'sweep'],
      ['--checkpoint', 'x', '--baseline', 'global_step_8'],
      [],
    ];
    for (const words of wrong) expect((await run('gate', 'sweep', ...words)).status).toBe(2);
  });
});
