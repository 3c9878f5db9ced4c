import { encodeName } from '../../core/run-directory.ts';
import type { BenchmarkSummary, CheckpointSummary } from '../../core/summary.ts';
import type { Tally } from '../../core/tally.ts';
import { benchmarkNames, type ExportedRun, isComplete, isSimulated } from './exported-run.ts';
import type { ChartPoint, LineChart } from './line-chart.ts';

const buckets = ['easy', 'medium', 'hard'] as const;

type Pick = (summary: CheckpointSummary) => Tally | undefined;

/**
 * The charts of one run by the file names that they get: all benchmarks together, each benchmark with a line for each way
 * of grading, and each rated benchmark by difficulty. The combined ones show the first way of grading that the run has.
 */
export function resultCharts(run: ExportedRun): Map<string, LineChart> {
  const charts = new Map<string, LineChart>();
  const names = benchmarkNames(run);
  const modes = [...new Set(run.summaries.map(({ mode }) => mode))];
  const [first] = modes;
  const titleOf = (name: string) => run.titles[name]?.title ?? name;
  const add = (
    file: string,
    title: string,
    series: readonly { label: string; mode: string | undefined; pick: Pick }[],
  ) => {
    const chart = chartOf(run, title, series);
    if (chart !== undefined) charts.set(file, chart);
  };
  const graded = modes.length > 1 ? `, graded by ${first}` : '';
  add(
    'overview.png',
    `${run.record.run}: accuracy${graded}`,
    names.map((name) => ({ label: titleOf(name), mode: first, pick: (summary) => resultOf(summary, name) })),
  );
  for (const name of names) {
    add(
      `accuracy-${encodeName(name)}.png`,
      `${titleOf(name)}: ${run.record.run}`,
      modes.map((mode) => ({ label: mode, mode, pick: (summary) => resultOf(summary, name) })),
    );
    add(
      `difficulty-${encodeName(name)}.png`,
      `${titleOf(name)} by difficulty${graded}: ${run.record.run}`,
      buckets.map((bucket) => ({
        label: bucket,
        mode: first,
        pick: (summary) => resultOf(summary, name)?.difficulty?.buckets[bucket],
      })),
    );
  }
  return charts;
}

function resultOf({ benchmarks }: CheckpointSummary, name: string): BenchmarkSummary | undefined {
  return Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
}

function chartOf(
  run: ExportedRun,
  title: string,
  wanted: readonly { label: string; mode: string | undefined; pick: Pick }[],
): LineChart | undefined {
  const axis = horizontalAxis(run.summaries);
  const series = wanted.flatMap(({ label, mode, pick }) => {
    const points = run.summaries
      .filter((summary) => summary.mode === mode)
      .flatMap((summary) => pointOf(axis.placeOf(summary), pick(summary)));
    return points.length === 0 ? [] : [{ label, points: points.sort((left, right) => left.x - right.x) }];
  });
  if (series.length === 0) return undefined;
  const warnings = [
    ...(isSimulated(run) ? ['simulated: says nothing about any model'] : []),
    ...(isComplete(run) ? [] : ['incomplete: not everything has an answer']),
  ];
  return { title, subtitle: warnings.join(' · '), horizontal: axis.title, names: axis.names, series };
}

function pointOf(x: number, tally: Tally | undefined): ChartPoint[] {
  if (!tally || tally.accuracy === null || tally.interval === null) return [];
  return [{ x, y: tally.accuracy, low: tally.interval[0], high: tally.interval[1] }];
}

/** The training step where every checkpoint has one of its own, else the place in the order shown. */
function horizontalAxis(summaries: readonly CheckpointSummary[]): {
  title: string;
  names: ReadonlyMap<number, string> | undefined;
  placeOf: (summary: CheckpointSummary) => number;
} {
  const names = [...new Set(summaries.map(({ name }) => name))];
  const steps = new Map(summaries.map(({ name, step }) => [name, step]));
  const distinct = new Set(steps.values());
  if (!distinct.has(null) && distinct.size === names.length) {
    return { title: 'training step', names: undefined, placeOf: ({ step }) => step ?? 0 };
  }
  const places = new Map(names.map((name, at) => [name, at + 1]));
  return {
    title: 'checkpoint',
    names: new Map(names.map((name, at) => [at + 1, name])),
    placeOf: ({ name }) => places.get(name) ?? 0,
  };
}
