import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunDirectory } from '../../src/core/run-directory.ts';
import { writeReport } from '../../src/reports/write-report.ts';
import { writeRunsReport } from '../../src/reports/write-runs-report.ts';
import { hostileRun, hostileText, type MadeRun, recordOf, richRun } from './make-run.ts';
import { checkpointOf, summaryOf } from './make-summary.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthrl-runs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function together(runs: Readonly<Record<string, MadeRun>>): Promise<{ index: string; html: string }> {
  const named = Object.entries(runs).map(([name, run]) => ({ ...run, directory: new RunDirectory(folder, name) }));
  for (const run of named) await writeReport({ ...run, run: run.directory });
  const [first] = named;
  const index = await writeRunsReport({ runsRoot: folder, runs: named, titles: first!.titles, generator: 'synthrl' });
  return { index, html: readFileSync(index, 'utf8') };
}

function small(name: string, correct: readonly number[], problems = 100): MadeRun {
  const summaries = correct.map((right, at) =>
    checkpointOf(`step_${at * 8}`, at * 8, { wemath: summaryOf({ correct: right, incorrect: 100 - right }) }),
  );
  return { ...richRun(1, false), record: recordOf(name, { wemath: problems }), summaries };
}

test('several runs stand in the same chart and the same table, each with its verdict and a link to its page', async () => {
  const { index, html } = await together({ 'INFO/a': small('INFO/a', [30, 40]), b: small('b', [30, 70]) });
  expect(dirname(index)).toBe(join(folder, 'reports', 'INFO%2Fa+b'));
  const charts = [...html.matchAll(/data-chart="([^"]+)"/g)].map(([, data]) =>
    JSON.parse((data ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')),
  );
  expect(charts).toHaveLength(1);
  const read = charts[0].series.map((line: { label: string; points: { x: number; accuracy: number }[] }) => [
    line.label,
    ...line.points.map(({ x, accuracy }) => [x, accuracy]),
  ]);
  expect(read).toEqual([
    ['INFO/a', [0, 0.3], [8, 0.4]],
    ['b', [0, 0.3], [8, 0.7]],
  ]);
  expect(html.replaceAll('<wbr>', '')).toContain('b · step_8');
  expect(html).toContain('+40.0');
  const links = [...html.matchAll(/<dt><a href="([^"]+)"/g)].map(([, link]) => decodeURIComponent(link ?? ''));
  expect(links).toHaveLength(2);
  for (const link of links) expect(existsSync(join(dirname(index), link))).toBe(true);
  expect(html).not.toContain('class="warning"');
});

test('says where runs were asked or graded differently', async () => {
  const other = small('b', [50]);
  if (other.record.question.kind === 'asked') {
    other.record.question.sampling.temperature = 1;
    for (const benchmark of other.record.question.benchmarks) benchmark.dataHash = 'other';
  }
  const summaries = other.summaries.map((summary) => ({ ...summary, grader: 'rules/9' }));
  const { html } = await together({ a: small('a', [30]), b: { ...other, summaries } });
  expect(html).toContain('The runs were asked different problems of We-Math.');
  expect(html).toContain('different prompts, images or sampling');
  expect(html).toContain('The runs were graded differently: rules/1, rules/9.');
});

test('hostile names do nothing; a run without grades and names that are too long for a folder', async () => {
  const long = 'x'.repeat(100);
  const { index, html } = await together({
    [long]: hostileRun(),
    [`${long}y`]: { ...hostileRun(), summaries: [] },
  });
  expect(dirname(index).length - folder.length).toBeLessThan(140);
  expect(html).not.toMatch(/<script(?! src="assets\/\w+\.js" defer><\/script>)|<img src=x|javascript:/i);
  expect(html.replaceAll('<wbr>', '')).toContain(hostileText.slice(0, 8).replace('<', '&lt;').replace('>', '&gt;'));
  expect(html).toContain('No checkpoint of this run has been graded yet.');
});
