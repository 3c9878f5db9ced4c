import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSummaries, readComparisons, writeComparison } from '../../src/analysis/compare/run-comparison.ts';
import { RunDirectory } from '../../src/core/run-directory.ts';
import { writeReport } from '../../src/reports/write-report.ts';
import { drawComparison } from './make-comparison.ts';
import { hostileRun, hostileText, richRun } from './make-run.ts';

let folder: string;
let run: RunDirectory;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthrl-comparison-'));
  run = new RunDirectory(folder, 'run');
  mkdirSync(run.path);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const abilities = { global_step_16: 0.3, global_step_32: 0.5, global_step_48: 0.6 };

test('the page shows a comparison of the same grades, and says where one is of others', async () => {
  const made = richRun(3, false);
  const comparison = drawComparison(abilities, ['mathvision', 'wemath'], { facet: 'half' });
  writeComparison(run, { ...comparison, summaries: hashSummaries(made.summaries, 'rules') });
  const write = async (summaries = made.summaries) =>
    readFileSync(await writeReport({ ...made, summaries, run, comparisons: readComparisons(run, summaries) }), 'utf8');
  const page = await write();
  expect(page).toContain('<h2>Which checkpoint is best</h2>');
  expect(page).toMatch(/<p class="verdict">global_step_48 is best on average: \+\d+\.\d points \[/);
  expect(page).toContain('href="#best"');
  for (const caption of [
    'Every checkpoint against global_step_16, in points with 95 % intervals',
    'Each pair of checkpoints: ',
    'Differences to global_step_16 by half',
    'What became of every problem from global_step_16 to global_step_48',
  ]) {
    expect(page).toContain(`<caption>${caption}`);
  }
  const other = await write(made.summaries.slice(1));
  expect(other).not.toContain('Which checkpoint is best');
  expect(other).toContain('The comparison that was made (rules) is of other grades and is not shown');
  rmSync(run.comparison('rules'));
  expect(await write()).toContain('<code>synthrl compare</code> makes it');
});

test('ratings that came later do not outdate a comparison', () => {
  const { summaries } = richRun(2);
  const rated = summaries.map((summary) => ({
    ...summary,
    benchmarks: Object.fromEntries(
      Object.entries(summary.benchmarks).map(([name, one]) => [name, { ...one, difficulty: { source: 'x' } as never }]),
    ),
  }));
  expect(hashSummaries(rated, 'rules')).toBe(hashSummaries(summaries, 'rules'));
  expect(hashSummaries(summaries.slice(1), 'rules')).not.toBe(hashSummaries(summaries, 'rules'));
});

test('a file that is no comparison is a coded error', () => {
  for (const content of ['{', '{"schema":2}', 'null']) {
    writeFileSync(run.comparison('rules'), content);
    expect(() => readComparisons(run, [])).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }));
  }
});

test('names from checkpoints and data stay text', async () => {
  const comparison = drawComparison(
    { [hostileText]: 0.3, step_2: 0.6, step_3: 0.6 },
    [hostileText],
    {},
    { notes: [hostileText] },
  );
  const index = await writeReport({ ...hostileRun(), run, comparisons: { current: [comparison], outdated: [] } });
  const page = readFileSync(index, 'utf8');
  expect(page).not.toMatch(/<script(?! src="assets\/)/);
  expect(page).not.toContain('<img src=x');
  expect(page).toContain('step_2');
  expect(dirname(index)).toBe(run.report);
});
