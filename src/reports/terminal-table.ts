import type { BenchmarkSummary, RunSummary } from '../core/summary.ts';
import { fitToWidth } from './display-width.ts';
import { figureGrid, type GridColumn } from './figure-grid.ts';
import { metricFigure, metricTitle } from './metric-figure.ts';
import { ansiPaint, type Paint, plainPaint } from './paint.ts';
import { countOf, percentText } from './percent.ts';
import { printableText } from './printable-text.ts';
import { unsettledText } from './unsettled-text.ts';

type Row = RunSummary['checkpoints'][number];

const widestName = 48;

const bucketNames = ['easy', 'medium', 'hard'] as const;

/** Of benchmarks' own figures those by which they are best known; the others stand in the report. */
const shownMetrics: readonly (readonly string[])[] = [['strict', 'score'], ['worst_case'], ['question_pair']];

/**
 * A run's accuracies for a terminal, and below them the figures by which benchmarks are best known. Says in words what
 * is unsettled, incomplete or simulated. Ends without a line feed.
 *
 * @param options.colour - whether to use ANSI colours
 * @param options.simulated - whether any answer came from the simulator
 * @param options.width - columns of the terminal; 100 where it is not known
 */
export function summaryTable(
  summary: RunSummary,
  options: { readonly colour: boolean; readonly simulated: boolean; readonly width?: number },
): string {
  const paint = options.colour ? ansiPaint : plainPaint;
  const rows = summary.checkpoints;
  const benchmarks = [...new Set(rows.flatMap((row) => Object.keys(row.benchmarks)))];
  if (benchmarks.length === 0)
    return [paint.bold(printableText(summary.run)), 'Nothing has been graded yet.'].join('\n');
  const metrics = metricColumns(rows, benchmarks);
  const buckets = bucketColumns(rows, benchmarks);
  const names = rows.map(nameOf);
  const grid = { paint, width: options.width ?? 100 };
  return [
    paint.bold(printableText(summary.run)),
    '',
    ...figureGrid(names, accuracyColumns(rows, benchmarks), grid),
    ...(metrics.length === 0 ? [] : ['', ...figureGrid(names, metrics, grid)]),
    ...(buckets.length === 0 ? [] : ['', ...figureGrid(names, buckets, grid)]),
    '',
    `Accuracy is correct / asked; after ${metrics.length === 0 ? 'it its' : 'each figure its'} 95 % interval.`,
    ...notes(summary, benchmarks),
    ...warnings(summary, options.simulated, paint),
  ].join('\n');
}

function accuracyColumns(rows: readonly Row[], benchmarks: readonly string[]): GridColumn[] {
  return benchmarks.map((benchmark) => ({
    title: printableText(benchmark),
    figures: rows.map((row) => {
      const tally = row.benchmarks[benchmark];
      return tally && { value: tally.accuracy, n: tally.asked, interval: tally.interval, open: isOpen(tally) };
    }),
  }));
}

/** Accuracy on the problems that ratings call easy, medium and hard, where there are ratings. */
function bucketColumns(rows: readonly Row[], benchmarks: readonly string[]): GridColumn[] {
  return benchmarks.flatMap((benchmark) =>
    bucketNames.flatMap((bucket) => {
      const tallies = rows.map((row) => row.benchmarks[benchmark]?.difficulty?.buckets[bucket]);
      if (!tallies.some((tally) => (tally?.asked ?? 0) > 0)) return [];
      const figures = tallies.map(
        (tally) => tally && { value: tally.accuracy, n: tally.asked, interval: tally.interval, open: isOpen(tally) },
      );
      return [{ title: printableText(`${benchmark} ${bucket}`), figures }];
    }),
  );
}

/** Only figures that some checkpoint has. */
function metricColumns(rows: readonly Row[], benchmarks: readonly string[]): GridColumn[] {
  const columns = benchmarks.flatMap((benchmark) =>
    shownMetrics.map((path) => ({
      title: printableText(`${benchmark} ${metricTitle(path).toLowerCase()}`),
      figures: rows.map((row) => {
        const summary = row.benchmarks[benchmark];
        const figure = summary && metricFigure(summary, path);
        return summary && figure && { ...figure, open: isOpen(summary) };
      }),
    })),
  );
  return columns.filter(({ figures }) => figures.some((figure) => (figure?.n ?? 0) > 0));
}

function isOpen({ accuracy, upper }: Pick<BenchmarkSummary, 'accuracy' | 'upper'>): boolean {
  return upper !== accuracy;
}

function nameOf(row: Row): string {
  return fitToWidth(printableText(row.name), widestName);
}

/** One line for each figure that could still rise, with what it lacks. */
function notes(summary: RunSummary, benchmarks: readonly string[]): string[] {
  const lines = summary.checkpoints.flatMap((row) =>
    benchmarks.flatMap((benchmark) => {
      const tally = row.benchmarks[benchmark];
      if (tally === undefined || !isOpen(tally)) return [];
      const between = `between ${percentText(tally.accuracy)} and ${percentText(tally.upper)}`;
      return [`  ${nameOf(row)}, ${printableText(benchmark)}: ${unsettledText(tally)}; the accuracy is ${between}.`];
    }),
  );
  return lines.length === 0 ? [] : ['* Not settled yet; the interval covers both ends:', ...lines];
}

function warnings(summary: RunSummary, simulated: boolean, paint: Paint): string[] {
  const failed = summary.checkpoints
    .flatMap(({ benchmarks }) => Object.values(benchmarks))
    .reduce((sum, tally) => sum + tally.failed, 0);
  const lines: string[] = [];
  if (!summary.complete) {
    const what =
      failed > 0
        ? `${countOf(failed, 'sample')} without a response, counted as not correct`
        : summary.judge && summary.judge.failed > 0
          ? `the judge could not be asked ${countOf(summary.judge.failed, 'time')}; these answers are undecided`
          : 'not everything was asked';
    lines.push(paint.warn(`INCOMPLETE: ${what}.`));
  }
  if (simulated) {
    lines.push(paint.warn('SIMULATED: the answers come from the built-in simulator and say nothing about any model.'));
  }
  return lines.length === 0 ? [] : ['', ...lines];
}
