import type { RunSummary } from '../core/summary.ts';
import type { Tally } from '../core/tally.ts';
import { displayWidth, fitToWidth, padToWidth } from './display-width.ts';
import { countOf, countText, intervalText, percentText } from './percent.ts';
import { printableText } from './printable-text.ts';
import { unsettledText } from './unsettled-text.ts';

type Row = RunSummary['checkpoints'][number];

const widestName = 48;
const gap = '   ';
const mark = ' *';

/**
 * A run's accuracies for a terminal: checkpoints × benchmarks where that fits, one block per benchmark where it does
 * not. Says in words what is unsettled, incomplete or simulated. Ends without a line feed.
 *
 * @param options.colour - whether to use ANSI colours
 * @param options.simulated - whether any answer came from the simulator
 * @param options.width - columns of the terminal; 100 where it is not known
 */
export function summaryTable(
  summary: RunSummary,
  options: { readonly colour: boolean; readonly simulated: boolean; readonly width?: number },
): string {
  const paint = options.colour ? ansi : plain;
  const benchmarks = [...new Set(summary.checkpoints.flatMap(({ benchmarks }) => Object.keys(benchmarks)))];
  if (benchmarks.length === 0)
    return [paint.bold(printableText(summary.run)), 'Nothing has been graded yet.'].join('\n');
  const matrix = asMatrix(summary.checkpoints, benchmarks, paint);
  const width = options.width ?? 100;
  const fits = matrix.every((line) => displayWidth(line.replaceAll(ansiSequence, '')) <= width);
  return [
    paint.bold(printableText(summary.run)),
    '',
    ...(fits ? matrix : asBlocks(summary.checkpoints, benchmarks, paint)),
    '',
    'Accuracy is correct / asked; after it its 95 % interval.',
    ...notes(summary, benchmarks),
    ...warnings(summary, options.simulated, paint),
  ].join('\n');
}

function asMatrix(rows: readonly Row[], benchmarks: readonly string[], paint: Paint): string[] {
  const counts = benchmarks.map((benchmark) => commonCount(rows, benchmark));
  const cells = rows.map((row) =>
    benchmarks.map((benchmark, column) => cellText(row.benchmarks[benchmark], counts[column] === undefined)),
  );
  const columns = [
    ['checkpoint', '', ...rows.map(nameOf)],
    ...benchmarks.map((benchmark, column) => {
      const count = counts[column];
      const heading = count === undefined ? '' : `n = ${countText(count)}`;
      return [printableText(benchmark), heading, ...cells.map((line) => line[column] ?? '')];
    }),
  ];
  const widths = columns.map((column) => Math.max(...column.map(displayWidth)));
  return Array.from({ length: rows.length + 2 }, (_, line) => {
    const text = columns.map((column, at) => padToWidth(column[line] ?? '', widths[at] ?? 0)).join(gap);
    return line === 0 ? paint.bold(text.trimEnd()) : line === 1 ? paint.dim(text.trimEnd()) : text.trimEnd();
  });
}

function asBlocks(rows: readonly Row[], benchmarks: readonly string[], paint: Paint): string[] {
  const nameWidth = Math.max(...rows.map((row) => displayWidth(nameOf(row))));
  return benchmarks.flatMap((benchmark, at) => {
    const count = commonCount(rows, benchmark);
    const heading = paint.bold(printableText(benchmark)) + (count === undefined ? '' : `  n = ${countText(count)}`);
    const lines = rows.map((row) => {
      const cell = cellText(row.benchmarks[benchmark], count === undefined);
      return `  ${padToWidth(nameOf(row), nameWidth)}${gap}${cell}`;
    });
    return [...(at > 0 ? [''] : []), heading, ...lines];
  });
}

function nameOf(row: Row): string {
  return fitToWidth(printableText(row.name), widestName);
}

/** How many samples every checkpoint was asked, where that is one number. */
function commonCount(rows: readonly Row[], benchmark: string): number | undefined {
  const counts = new Set(rows.flatMap((row) => row.benchmarks[benchmark]?.asked ?? []));
  return counts.size === 1 ? [...counts][0] : undefined;
}

function cellText(tally: Tally | undefined, withCount: boolean): string {
  if (tally === undefined) return 'not asked';
  const count = withCount ? `  n = ${countText(tally.asked)}` : '';
  if (tally.accuracy === null) return `–${count}`;
  const unsettled = tally.upper === tally.accuracy ? '' : mark;
  return `${percentText(tally.accuracy).padStart(7)}  ${intervalText(tally.interval)}${count}${unsettled}`;
}

/** One line for each figure that could still rise, with what it lacks. */
function notes(summary: RunSummary, benchmarks: readonly string[]): string[] {
  const lines = summary.checkpoints.flatMap((row) =>
    benchmarks.flatMap((benchmark) => {
      const tally = row.benchmarks[benchmark];
      if (tally === undefined || tally.upper === tally.accuracy) return [];
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
    const what = failed > 0 ? `${countOf(failed, 'sample')} without a response` : 'not everything was asked';
    lines.push(paint.warn(`INCOMPLETE: ${what}. The same command again asks only for what is missing.`));
  }
  if (simulated) {
    lines.push(paint.warn('SIMULATED: the answers come from the built-in simulator and say nothing about any model.'));
  }
  return lines.length === 0 ? [] : ['', ...lines];
}

interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  warn(text: string): string;
}

const plain: Paint = { bold: (text) => text, dim: (text) => text, warn: (text) => text };
const ansi: Paint = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
  warn: (text) => `\u001b[1;33m${text}\u001b[0m`,
};
const ansiSequence = new RegExp(`${'\u001b'}\\[[0-9;]*m`, 'g');
