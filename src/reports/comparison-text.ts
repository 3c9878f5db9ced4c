import type { DifferenceFinding } from '../analysis/compare/compare-pair.ts';
import type { PartTable } from '../analysis/compare/compare-parts.ts';
import type { RunComparison } from '../analysis/compare/run-comparison.ts';
import { type BenchmarkTrajectories, trajectoryKinds } from '../analysis/compare/trajectories.ts';
import { comparisonSentence, estimateSentence } from './comparison-sentence.ts';
import { fitToWidth } from './display-width.ts';
import { ansiPaint, type Paint, plainPaint } from './paint.ts';
import { countOf, countText, percentText } from './percent.ts';
import { differenceLimits, pointsText, pText } from './points.ts';
import { printableText } from './printable-text.ts';
import { type TextColumn, textColumns } from './text-columns.ts';

const widestName = 32;

/** A comparison for a terminal, the verdict first. Ends without a line feed. */
export function comparisonText(
  comparison: RunComparison,
  options: { readonly colour: boolean; readonly width: number; readonly problems: boolean },
): string {
  const paint = options.colour ? ansiPaint : plainPaint;
  const grid = { paint, width: options.width };
  const tables = [
    standingTable(comparison, grid),
    ...(comparison.benchmarks.length > 1 ? [benchmarkTable(comparison, grid)] : []),
    ...comparison.parts.map((table) => partTable(table, comparison, grid)),
    ...trajectoryTable(comparison, grid),
    ...(options.problems ? [problemLists(comparison)] : []),
  ];
  return [
    paint.bold(
      printableText(
        `${comparison.run}: ${countOf(comparison.checkpoints.length, 'checkpoint')} compared, ${comparison.grader}`,
      ),
    ),
    '',
    ...wrapped(comparisonSentence(comparison), options.width).map(paint.bold),
    ...wrapped(estimateSentence(comparison), options.width),
    ...tables.flatMap((lines) => ['', ...lines]),
    '',
    ...wrapped(legend(comparison), options.width),
    ...comparison.notes.flatMap((note) => wrapped(printableText(note), options.width)),
    ...warnings(comparison, paint),
  ].join('\n');
}

function nameColumn(title: string, names: readonly string[]): TextColumn {
  return { title, cells: names.map((name) => fitToWidth(printableText(name), widestName)) };
}

/** Averages with the difference to the base, and how each stands to the highest. */
function standingTable(comparison: RunComparison, grid: { paint: Paint; width: number }): string[] {
  const { checkpoints, base, average, bestSet, highest, overBase } = comparison;
  const over = (name: string) => overBase.find(({ newer }) => newer === name)?.average;
  const title = average.length === 1 ? (average[0] ?? '') : `average of ${average.length}`;
  const n = overBase[0]?.average.n ?? 0;
  return textColumns(
    nameColumn(
      'checkpoint',
      checkpoints.map(({ name }) => name),
    ),
    [
      {
        title: printableText(title),
        detail: `n = ${countText(n)}`,
        cells: checkpoints.map(
          ({ average: { accuracy, upper } }) => `${percentText(accuracy).padStart(7)}${upper > accuracy ? ' *' : ''}`,
        ),
      },
      {
        title: 'over the base',
        detail: 'points, 95 %',
        cells: checkpoints.map(({ name }) => (name === base ? 'base' : differenceText(over(name)))),
      },
      {
        title: 'p',
        detail: 'Holm',
        cells: checkpoints.map(({ name }) => (name === base ? '' : pText(over(name)?.adjusted ?? 1))),
      },
      {
        title: 'best',
        detail: 'p',
        cells: checkpoints.map(({ name, best }) =>
          name === highest ? 'highest' : bestSet.includes(name) ? `may be (${pText(best.p)})` : `no (${pText(best.p)})`,
        ),
      },
    ],
    grid,
  );
}

function differenceText(finding: (DifferenceFinding & { readonly adjusted?: number }) | undefined): string {
  if (finding === undefined) return 'not asked';
  const significant = (finding.adjusted ?? 1) < 0.05;
  const mark = significant ? (finding.difference > 0 ? ' ▲' : ' ▼') : '';
  return `${pointsText(finding.difference).padStart(5)} ${differenceLimits(finding.interval)}${mark}`;
}

function benchmarkTable({ benchmarks, overBase }: RunComparison, grid: { paint: Paint; width: number }): string[] {
  return textColumns(
    nameColumn(
      'over the base',
      overBase.map(({ newer }) => newer),
    ),
    benchmarks.map(({ name, problems, repeat }) => ({
      title: printableText(name),
      detail: `n = ${countText(problems * repeat)}`,
      cells: overBase.map((pair) => differenceText(pair.benchmarks[name])),
    })),
    grid,
  );
}

/** The highest checkpoint other than the base on each part; all of them stand in the JSON form. */
function partTable(table: PartTable, comparison: RunComparison, grid: { paint: Paint; width: number }): string[] {
  const { base, checkpoints } = comparison;
  const [shown] = checkpoints
    .filter(({ name }) => name !== base)
    .sort((left, right) => right.average.accuracy - left.average.accuracy);
  const findings = table.findings.filter(({ checkpoint }) => checkpoint === shown?.name);
  return textColumns(
    nameColumn(
      `by ${printableText(table.by)}`,
      findings.map(({ benchmark, label }) => `${benchmark} ${label}`),
    ),
    [
      { title: 'n', cells: findings.map(({ n }) => countText(n).padStart(6)) },
      {
        title: `${fitToWidth(printableText(shown?.name ?? ''), widestName)} over the base`,
        cells: findings.map(differenceText),
      },
      { title: 'p (BH)', cells: findings.map(({ adjusted }) => pText(adjusted)) },
    ],
    grid,
  );
}

function trajectoryTable({ trajectories }: RunComparison, grid: { paint: Paint; width: number }): string[][] {
  if (trajectories === null || trajectories.benchmarks.length === 0) return [];
  const { benchmarks, along } = trajectories;
  const counts = trajectoryKinds
    .filter((kind) => kind !== 'unsettled' || benchmarks.some((one) => one.counts.unsettled > 0))
    .map((kind) => ({
      title: kind.replace('_', ' '),
      cells: benchmarks.map((one) => countText(one.counts[kind]).padStart(kind.length)),
    }));
  const heading = nameColumn(
    `along ${along.length} steps`,
    benchmarks.map(({ benchmark }) => benchmark),
  );
  return [
    textColumns(heading, [{ title: 'n', cells: benchmarks.map(({ n }) => countText(n).padStart(5)) }, ...counts], grid),
  ];
}

/** Ids of problems that changed, one kind a line. */
function problemLists({ trajectories }: RunComparison): string[] {
  if (trajectories === null) return ['No two checkpoints stand along training: no problem can be followed.'];
  const kinds = ['learned', 'flipping', 'forgotten'] as const;
  const line = ({ benchmark, counts, problems }: BenchmarkTrajectories, kind: (typeof kinds)[number]) =>
    printableText(`${benchmark} ${kind} (${counts[kind]}): ${problems[kind].join(', ') || '–'}`);
  return trajectories.benchmarks.flatMap((one) => kinds.map((kind) => line(one, kind)));
}

function legend({ checkpoints, parts, trajectories }: RunComparison): string {
  const open = checkpoints.some(({ average: { accuracy, upper } }) => upper > accuracy);
  return [
    'Differences are paired by problem, in points with 95 % intervals; ▲ ▼ mark those that hold after Holm’s correction over the checkpoints (5 %).',
    '"may be" the best: no other checkpoint is shown to be better at 95 %, all of them looked at together.',
    ...(parts.length > 0 ? ['Parts are exploration: p is corrected over their whole table (Benjamini-Hochberg).'] : []),
    ...(trajectories === null
      ? []
      : ['Learned: wrong, then right to the end; forgotten: the reverse; flipping: changed more than once.']),
    ...(open ? ['* Some verdicts are not settled; intervals cover both of what they may become.'] : []),
  ].join(' ');
}

function warnings({ complete, simulated }: RunComparison, paint: Paint): string[] {
  return [
    ...(complete ? [] : [paint.warn('INCOMPLETE: not everything that this run asks has a response yet.')]),
    ...(simulated
      ? [paint.warn('SIMULATED: the answers come from the built-in simulator and say nothing about any model.')]
      : []),
  ];
}

/** Lines of at most as many columns, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
