import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDelimited } from '../../../src/core/delimited-text.ts';
import { chartConfiguration, exportedChartSize, renderLineChart } from '../../../src/reports/exports/line-chart.ts';
import { resultCharts } from '../../../src/reports/exports/result-charts.ts';
import { longTable, wideTable } from '../../../src/reports/exports/results-csv.ts';
import { resultsJson } from '../../../src/reports/exports/results-json.ts';
import { resultsJunit } from '../../../src/reports/exports/results-junit.ts';
import { resultsMarkdown } from '../../../src/reports/exports/results-markdown.ts';
import { wellFormedJson } from '../../../src/reports/exports/well-formed-json.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { hostileRun, hostileText, recordOf, richRun } from '../make-run.ts';
import { checkpointOf, summaryOf } from '../make-summary.ts';

async function rowsOf(pieces: Iterable<string>) {
  using folder = temporaryFolder();
  const path = join(folder.path, 'table.csv');
  writeFileSync(path, [...pieces].join(''));
  const rows: Readonly<Record<string, string | undefined>>[] = [];
  for await (const { value } of readDelimited(path, ',', 'DATA_INVALID')) rows.push(value);
  return rows;
}

/** Two ways of grading, a failure, and a benchmark that was never asked. */
function partialRun() {
  const rules = checkpointOf('global_step_8', 8, { mathvision: summaryOf({ correct: 6, incorrect: 3, failed: 1 }) });
  const official = { ...rules, mode: 'official' as const, grader: 'official/1' };
  const record = recordOf('partial', { mathvision: 10, wemath: 4 });
  return { ...richRun(1, false), record, summaries: [rules, { ...official, complete: false }] };
}

test('the long table has every figure of the summaries, under its mode', async () => {
  const run = richRun(3);
  const rows = await rowsOf(longTable([run]));
  const expected = run.summaries.flatMap(({ benchmarks }) =>
    Object.values(benchmarks).flatMap(({ facets }) => ['whole', ...Object.values(facets).flatMap(Object.keys)]),
  );
  expect(rows.filter(({ kind }) => kind === 'whole' || kind === 'facet')).toHaveLength(expected.length);
  const tally = run.summaries[1]?.benchmarks['mathvision'];
  const row = rows.find((one) => one['step'] === '32' && one['benchmark'] === 'mathvision' && one['kind'] === 'whole');
  expect(row).toMatchObject({ mode: 'rules', n: String(tally?.asked), correct: String(tally?.correct) });
  expect([row?.['accuracy'], row?.['upper'], row?.['low'], row?.['high']].map(Number)).toEqual([
    tally?.accuracy,
    tally?.upper,
    ...(tally?.interval ?? []),
  ]);
  const score = rows.find(({ kind, name, step }) => kind === 'metric' && name === 'strict.score' && step === '16');
  expect(Number(score?.['accuracy'])).toBe(
    (run.summaries[0]?.benchmarks['wemath']?.metrics['strict'] as { score: number } | undefined)?.score,
  );
});

test('what is missing or failed is said in every form, and two ways of grading stand side by side', async () => {
  const run = partialRun();
  const rows = await rowsOf(longTable([run]));
  expect(
    rows
      .filter(({ kind }) => kind === 'whole')
      .map(({ mode, benchmark, n, accuracy, upper, complete }) => [mode, benchmark, n, accuracy, upper, complete]),
  ).toEqual([
    ['rules', 'mathvision', '10', '0.6', '0.7', 'false'],
    ['rules', 'wemath', '0', '', '', 'false'],
    ['official', 'mathvision', '10', '0.6', '0.7', 'false'],
    ['official', 'wemath', '0', '', '', 'false'],
  ]);
  const [wide] = await rowsOf(wideTable([run]));
  expect(wide).toMatchObject({ mathvision_accuracy: '0.6', mathvision_n: '10', wemath_accuracy: '', average: '' });
  const json = JSON.parse(resultsJson([run]));
  expect(json).toMatchObject({
    schema: 1,
    runs: [{ complete: false, checkpoints: [{ missing: ['wemath'] }, { mode: 'official' }] }],
  });
  expect(json.runs[0].checkpoints[0].benchmarks).toEqual(run.summaries[0]?.benchmarks);
  const markdown = resultsMarkdown([run]);
  expect(markdown).toContain('**Incomplete:');
  expect(markdown).toMatch(
    /global\\_step\\_8 \(incomplete\) \| official\/1 \| \*\*60\.0\u00a0%\*\* \[[\d.]+–[\d.]+\], n 10, up to 70\.0\u00a0%: 1 failed \| – \|/,
  );
  const junit = resultsJunit([run]);
  expect(junit).toContain('tests="4" failures="4"');
  expect(junit).toContain('<failure message="incomplete: 1 failed of 10"/>');
  expect([...resultCharts(run).values()].map(({ subtitle }) => subtitle)).toContain(
    'incomplete: not everything has an answer',
  );
});

test('a run without results says so', async () => {
  const run = { ...richRun(1), summaries: [] };
  expect(await rowsOf(longTable([run]))).toEqual([]);
  expect(JSON.parse(resultsJson([run])).runs[0].complete).toBe(false);
  expect(resultsMarkdown([run])).toContain('No checkpoint of this run has been graded yet.');
  expect(resultsJunit([run])).toContain('tests="1" failures="1"');
  expect(resultCharts(run).size).toBe(0);
});

test('simulated runs say so in every form', () => {
  const run = richRun(2);
  const [, first = ''] = [...longTable([run])];
  expect(first).toContain('global_step_16,16,rules,rules/1,true,true,');
  expect(JSON.parse(resultsJson([run])).runs[0].simulated).toBe(true);
  expect(resultsMarkdown([run])).toContain('**Simulated:');
  expect(resultsJunit([run])).toContain('<property name="simulated" value="true"/>');
  for (const { subtitle } of resultCharts(run).values()) expect(subtitle).toContain('simulated');
});

test('hostile names stay text', () => {
  const run = hostileRun();
  const made = [resultsMarkdown([run]), resultsJunit([run])];
  for (const text of made.map((one) => one.replaceAll('\n', ' '))) {
    expect(text).not.toMatch(/[^\\]<(?:script|img)|[\p{Cc}\u202e]/u);
    expect(text).toContain('script');
  }
  expect(resultsJunit([run])).not.toContain('<script');
  expect(JSON.parse(resultsJson([run])).runs[0].run).toBe(hostileText);
  for (const [file, chart] of resultCharts(run)) {
    expect(file).toMatch(/^[\w.%-]+$/);
    expect(renderLineChart(chart).length).toBeGreaterThan(1000);
  }
  expect(wellFormedJson({ '\ud800': '\udfff \\ud800 😀' })).toBe('{"\ufffd":"\ufffd \\\\ud800 😀"}');
});

test('charts draw the figures of the summaries, at twice their size', () => {
  const run = richRun(3, false);
  const charts = resultCharts(run);
  expect([...charts.keys()]).toEqual([
    'overview.png',
    ...['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath'].map((name) => `accuracy-${name}.png`),
  ]);
  const chart = charts.get('accuracy-wemath.png');
  if (chart === undefined) throw new Error('no chart');
  const tallies = run.summaries.map(({ benchmarks }) => benchmarks['wemath']);
  expect(chart.series[0]?.points.map(({ low, high }) => [low, high])).toEqual(tallies.map((tally) => tally?.interval));
  expect(chartConfiguration(chart).data.datasets[0]?.data).toEqual(
    tallies.map((tally, at) => ({ x: 16 * (at + 1), y: tally?.accuracy })),
  );
  const png = renderLineChart(chart);
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
    2 * exportedChartSize.width,
    2 * exportedChartSize.height,
  ]);
});
