import type { RunComparison } from '../analysis/compare/run-comparison.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import type { Tally } from '../core/tally.ts';
import { comparisonSentence } from './comparison-sentence.ts';
import { intervalText, percentText } from './percent.ts';
import { printableText } from './printable-text.ts';

/**
 * What the run says, in a sentence: that of the first comparison, or what can honestly be said without one.
 *
 * @param summaries - of one mode, in their order
 * @param titleOf - a benchmark's title for people
 * @returns empty where nothing has been graded
 */
export function overviewVerdict(
  summaries: readonly CheckpointSummary[],
  comparisons: readonly RunComparison[],
  titleOf: (benchmark: string) => string,
): string {
  const [comparison] = comparisons;
  if (comparison !== undefined) return comparisonSentence(comparison);
  const [first] = summaries;
  if (first === undefined) return '';
  const shared = Object.keys(first.benchmarks).filter((name) =>
    summaries.every(({ benchmarks }) => typeof benchmarks[name]?.accuracy === 'number'),
  );
  if (shared.length === 0) return '';
  if (summaries.length === 1) return aloneSentence(first, shared, titleOf);
  const averages = summaries.map((summary) => averageOf(summary, shared));
  const place = averages.indexOf(Math.max(...averages));
  const top = summaries[place] ?? first;
  const [only = ''] = shared;
  const where = shared.length === 1 ? `on ${titleOf(only)}` : `on average over ${shared.length} benchmarks`;
  const value = percentText(averages[place] ?? 0);
  if (top === first) {
    return `${printableText(top.name)}, the first checkpoint, is highest ${where}: ${value}. Whether the later ones are worse has not been tested.`;
  }
  const overlaps = shared.filter((name) => overlap(top.benchmarks[name], first.benchmarks[name])).length;
  const extent =
    shared.length === 1
      ? overlaps === 0
        ? 'do not overlap'
        : 'overlap'
      : `overlap on ${overlaps} of ${shared.length}`;
  return `${printableText(top.name)} is highest ${where}: ${value}, against ${percentText(averages[0] ?? 0)} of ${printableText(first.name)}. Their intervals ${extent}; whether the difference is more than chance has not been tested.`;
}

function aloneSentence(
  { name, benchmarks }: CheckpointSummary,
  shared: readonly string[],
  titleOf: (benchmark: string) => string,
): string {
  const ranked = [...shared].sort((left, right) => accuracy(benchmarks[right]) - accuracy(benchmarks[left]));
  const shown = (benchmark: string) =>
    `${percentText(accuracy(benchmarks[benchmark]))} (${intervalText(benchmarks[benchmark]?.interval ?? null)}) on ${titleOf(benchmark)}`;
  const [best = '', worst = ''] = [ranked[0], ranked.at(-1)];
  if (ranked.length === 1) return `${printableText(name)} answers ${shown(best)} right.`;
  return `${printableText(name)} answers between ${shown(worst)} and ${shown(best)} right.`;
}

function accuracy(tally: Tally | undefined): number {
  return tally?.accuracy ?? 0;
}

function averageOf({ benchmarks }: CheckpointSummary, shared: readonly string[]): number {
  return shared.reduce((sum, name) => sum + accuracy(benchmarks[name]), 0) / shared.length;
}

function overlap(one: Tally | undefined, other: Tally | undefined): boolean {
  if (!one?.interval || !other?.interval) return true;
  return one.interval[0] <= other.interval[1] && other.interval[0] <= one.interval[1];
}
