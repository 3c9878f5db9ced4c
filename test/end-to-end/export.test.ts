import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, runCli, sampleData } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthrl-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The Python of an environment with inspect_ai 0.3.285, where there is one. */
const inspectPython = process.env['SYNTHRL_TEST_INSPECT_PYTHON'];

const cli = (...words: string[]) => runCli(words, { cwd: folder });
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
const summaryOf = (run: string, step: number, mode = 'rules') =>
  JSON.parse(read('evaluation/runs', run, `checkpoints/global_step_${step}/summary.${mode}.json`));
const exportsOf = (run: string) => join('evaluation/runs', run, 'report/exports');

async function done(...words: string[]): Promise<string> {
  const { status, stdout, stderr } = await cli(...words);
  expect(status, stderr).toBe(0);
  return stdout;
}

const rows = readFileSync(join(root, 'benchmarks/mathvision/sample/testmini.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; answer: string });

/** The first `right` answers are those of the data, the others hostile and of no use. */
async function importAnswers(step: number, right: number): Promise<void> {
  const file = join(folder, `answers-${step}.jsonl`);
  const hostile = '=cmd|x </script><script>alert(1)</script> \u001b[31m I cannot say.';
  const lines = rows.map(({ id, answer }, at) =>
    JSON.stringify({ id, response: at < right ? `\\boxed{${answer}}` : hostile }),
  );
  writeFileSync(file, lines.join('\n'));
  const words = ['import', 'mathvision:testmini', file, '--run', 'imported', '--checkpoint', `global_step_${step}`];
  await done(...words, ...sampleData('mathvision'));
}

describe('exports of an imported run', () => {
  beforeAll(async () => {
    await importAnswers(16, 3);
    await importAnswers(8, 1);
    await done('grade', 'imported', '--grading', 'official', ...sampleData('mathvision'));
  }, 60_000);

  test('one file where --out names it, and figures that follow from the answers', async () => {
    expect(await done('report', 'imported', '--format', 'csv', '--out', 'table.csv')).toBe(
      'table.csv\ntable-wide.csv\n',
    );
    const whole = read('table.csv')
      .split('\r\n')
      .filter((line) => line.includes(',whole,'));
    expect(whole.map((line) => line.split(',').slice(1, 4).join(' '))).toEqual([
      'global_step_8 8 rules',
      'global_step_8 8 official',
      'global_step_16 16 rules',
      'global_step_16 16 official',
    ]);
    expect(whole[0]).toContain(`,${rows.length},1,`);
    expect(whole[2]).toContain(`,${rows.length},3,`);
    expect(whole[2]).toContain(`,${3 / rows.length},`);
    expect(whole[0]).toContain(',false,mathvision,');
  });

  test('the original’s files: a model for each way of grading, tables by step, and they can be imported again', async () => {
    await done('report', 'imported', '--format', 'synthrl');
    const base = join(exportsOf('imported'), 'synthrl');
    expect(readdirSync(join(folder, base)).sort()).toEqual(['imported-official', 'imported-rules', 'results']);
    expect(read(base, 'results/imported-rules_results.csv')).toBe(
      `step,mathvision,average\n${[8, 16].map((step, at) => `${step},${(2 * at + 1) / rows.length},${(2 * at + 1) / rows.length}\n`).join('')}`,
    );
    expect(read(base, 'results/imported-rules_results_easy.csv')).toBe('step\n8\n16\n');
    const file = join(base, 'imported-rules/global_step_16/mathvision.json');
    await done(
      'import',
      'mathvision:testmini',
      file,
      '--run',
      'again',
      '--checkpoint',
      'global_step_16',
      ...sampleData('mathvision'),
    );
    expect(summaryOf('again', 16).benchmarks).toEqual(summaryOf('imported', 16).benchmarks);
  });

  test('logs of Inspect can be imported again with the same result', async () => {
    await done('report', 'imported', '--format', 'inspect', '--out', 'logs');
    const logs = readdirSync(join(folder, 'logs/inspect'));
    expect(logs).toHaveLength(4);
    const log = logs.find((name) => {
      const { eval: spec } = JSON.parse(read('logs/inspect', name));
      return spec.metadata.checkpoint === 'global_step_16' && spec.metadata.grading === 'rules';
    });
    const words = ['import', 'mathvision:testmini', join('logs/inspect', log ?? ''), '--run', 'from-inspect'];
    await done(...words, '--checkpoint', 'global_step_16', ...sampleData('mathvision'));
    expect(summaryOf('from-inspect', 16).benchmarks).toEqual(summaryOf('imported', 16).benchmarks);
  });

  test('--json lists what was written; a run without grades gets honest files', async () => {
    const listed = JSON.parse(await done('report', 'imported', '--format', 'json,png', '--json'));
    expect(listed.exports.map(({ format }: { format: string }) => format)).toEqual(['json', 'png']);
    for (const file of listed.exports.flatMap(({ files }: { files: string[] }) => files))
      expect(existsSync(file)).toBe(true);
    mkdirSync(join(folder, 'evaluation/runs/empty'), { recursive: true });
    writeFileSync(join(folder, 'evaluation/runs/empty/run.json'), read('evaluation/runs/imported/run.json'));
    const { status, stderr } = await cli('report', 'empty', '--format', 'markdown,junit,synthrl', '--out', 'empty');
    expect(status).toBe(0);
    expect(stderr).toContain('is incomplete');
    expect(stderr).toContain('no graded answers');
    expect(read('empty/results.md')).toContain('No checkpoint of this run has been graded yet.');
    expect(read('empty/results.xml')).toContain('failures="1"');
  });

  test('what cannot be done is said', async () => {
    const wrong: [string[], string][] = [
      [['imported', '--format', 'pdf'], 'Expected `--format` to be of csv, json'],
      [['imported', '--format', 'csv,json', '--out', 'a.csv'], 'names one file of the format csv'],
      [['absent', '--format', 'csv'], 'RUN_NOT_FOUND'],
    ];
    for (const [words, message] of wrong) {
      const { status, stderr } = await cli('report', ...words);
      expect(status).toBe(2);
      expect(stderr).toContain(message);
    }
  });
});

test('exports of a simulated run agree with its summaries, and Inspect reads its logs', async () => {
  for (const step of [8, 16]) {
    const model = join(folder, `checkpoints/tag/global_step_${step}/actor/huggingface`);
    mkdirSync(model, { recursive: true });
    writeFileSync(join(model, 'config.json'), '{}');
  }
  const names = ['mathverse', 'dynamath'];
  await done('eval-all', 'tag', '--engine', 'simulator', '--benchmarks', names.join(','), ...sampleData(...names));
  await done('report', 'tag', '--format', 'csv,json,markdown,junit,png,synthrl,inspect');
  const place = exportsOf('tag');
  const document = JSON.parse(read(place, 'results.json'));
  expect(document.runs[0]).toMatchObject({ run: 'tag', complete: true, simulated: true });
  expect(document.runs[0].checkpoints.map(({ missing: _, ...summary }: { missing: unknown }) => summary)).toEqual(
    [8, 16].map((step) => summaryOf('tag', step)),
  );
  const accuracy = (step: number, name: string): number => summaryOf('tag', step).benchmarks[name].accuracy;
  for (const step of [8, 16]) {
    for (const name of names) {
      const file = JSON.parse(read(place, `synthrl/tag/global_step_${step}/${name}.json`));
      expect(file.metrics.accuracy).toBe(accuracy(step, name));
      expect(file.results[0].prompt).toContain('<|vision_start|><|image_pad|><|vision_end|>You FIRST think');
    }
  }
  const lines = read(place, 'synthrl/results/tag_results.csv').trim().split('\n');
  expect(lines).toEqual([
    'step,mathverse,dynamath,average',
    ...[8, 16].map((step) => {
      const [first = 0, second = 0] = names.map((name) => accuracy(step, name));
      return [step, first, second, (first + second) / 2].join(',');
    }),
  ]);
  const logs = readdirSync(join(folder, place, 'inspect'));
  expect(logs).toHaveLength(4);
  expect(readdirSync(join(folder, place, 'png'))).toEqual([
    'accuracy-dynamath.png',
    'accuracy-mathverse.png',
    'overview.png',
  ]);
  if (inspectPython === undefined) {
    console.log('not run: Inspect reading the logs (SYNTHRL_TEST_INSPECT_PYTHON names no Python with inspect_ai)');
    return;
  }
  const script = `
import sys
from inspect_ai.log import list_eval_logs, read_eval_log
for info in list_eval_logs(sys.argv[1]):
    log = read_eval_log(info)
    right = sum(score.value == "C" for sample in log.samples for score in sample.scores.values())
    assert right / len(log.samples) == log.results.scores[0].metrics["accuracy"].value
    print(log.eval.metadata["checkpoint"], log.eval.task, right / len(log.samples))
`;
  const ended = spawnSync(inspectPython, ['-c', script, join(folder, place, 'inspect')], { encoding: 'utf8' });
  expect(ended.status, ended.stderr).toBe(0);
  const expected = [8, 16].flatMap((step) => names.map((name) => [step, name, accuracy(step, name)] as const));
  const told = ended.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  for (const [step, name, value] of expected) {
    expect(
      told.some(
        ([checkpoint, task, figure]) =>
          checkpoint === `global_step_${step}` && task === name && Number(figure) === value,
      ),
    ).toBe(true);
  }
  expect(told).toHaveLength(4);
}, 120_000);
