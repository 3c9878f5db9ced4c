import type { CheckpointSummary } from '../../core/summary.ts';
import type { Tally } from '../../core/tally.ts';
import { markdownCell, markdownText } from '../markup-text.ts';
import { countText, intervalText, percentText } from '../percent.ts';
import { unsettledText } from '../unsettled-text.ts';
import { benchmarkNames, type ExportedRun, isComplete, isSimulated, isWhole } from './exported-run.ts';

const buckets = ['easy', 'medium', 'hard', 'unrated'] as const;

/** Results as Markdown for a pull request: accuracy with its 95 % interval and n, and the same by difficulty where rated. */
export function resultsMarkdown(runs: readonly ExportedRun[]): string {
  return runs.map(runMarkdown).join('\n');
}

function runMarkdown(run: ExportedRun): string {
  const lines = [`### ${markdownText(run.record.run)}`, ''];
  if (isSimulated(run)) {
    lines.push('**Simulated: the answers come from the built-in simulator and say nothing about any model.**', '');
  }
  if (run.summaries.length === 0) return [...lines, 'No checkpoint of this run has been graded yet.', ''].join('\n');
  if (!isComplete(run)) lines.push('**Incomplete: some of what was asked has no answer or no verdict.**', '');
  const names = benchmarkNames(run);
  const titles = names.map((name) => run.titles[name]?.title ?? name);
  lines.push(
    ...table(['checkpoint', 'graded by', ...titles], run, (summary) => [names.map((name) => tallyOf(summary, name))]),
  );
  if (run.summaries.some(({ benchmarks }) => Object.values(benchmarks).some(({ difficulty }) => difficulty))) {
    lines.push('', 'By difficulty:', '', ...difficultyTable(run, names, titles));
  }
  lines.push('', `Accuracy with its 95 % interval and n. ${markdownText(run.generator)}.`, '');
  return lines.join('\n');
}

function tallyOf({ benchmarks }: CheckpointSummary, name: string): Tally | undefined {
  return Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
}

function difficultyTable(run: ExportedRun, names: readonly string[], titles: readonly string[]): string[] {
  const used = (tallies: readonly (Tally | undefined)[]) => tallies.some((tally) => (tally?.asked ?? 0) > 0);
  return table(['checkpoint', 'graded by', 'problems', ...titles], run, (summary) =>
    buckets.flatMap((bucket) => {
      const own = names.map((name) => summary.benchmarks[name]?.difficulty?.buckets[bucket]);
      return used(own) ? [[bucket, ...own]] : [];
    }),
  );
}

function table(
  head: readonly string[],
  run: ExportedRun,
  rowsOf: (summary: CheckpointSummary) => readonly (readonly (Tally | string | undefined)[])[],
): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head.map(markdownCell)),
    `|${head.map((_, at) => (at < 2 ? '---|' : '---:|')).join('')}`,
    ...run.summaries.flatMap((summary) => {
      const name = `${markdownCell(summary.name)}${isWhole(run, summary) ? '' : ' (incomplete)'}`;
      return rowsOf(summary).map((cells) => line([name, markdownCell(summary.grader), ...cells.map(cellText)]));
    }),
  ];
}

function cellText(cell: Tally | string | undefined): string {
  if (typeof cell === 'string') return cell;
  if (cell === undefined || cell.accuracy === null) return '–';
  const unsettled = unsettledText(cell);
  const upper =
    cell.upper !== null && cell.upper > cell.accuracy ? `, up to ${percentText(cell.upper)}: ${unsettled}` : '';
  return `**${percentText(cell.accuracy)}** [${intervalText(cell.interval)}], n ${countText(cell.asked)}${upper}`;
}
