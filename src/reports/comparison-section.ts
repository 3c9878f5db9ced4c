import type { DifferenceFinding } from '../analysis/compare/compare-pair.ts';
import type { PartTable } from '../analysis/compare/compare-parts.ts';
import type { RunComparison } from '../analysis/compare/run-comparison.ts';
import { trajectoryKinds } from '../analysis/compare/trajectories.ts';
import { comparisonSentence, estimateSentence } from './comparison-sentence.ts';
import { countText } from './percent.ts';
import { differenceLimits, pointsText, pText } from './points.ts';
import { printableText } from './printable-text.ts';
import type { Cell, Table } from './table-model.ts';
import { tallyCell } from './tally-cell.ts';

/** Most checkpoints for which all pairs are shown. */
const mostPaired = 24;

/** What the page says about checkpoints against each other. */
export interface ComparisonSection {
  readonly title: string;
  /** Fragment of the page's address. */
  readonly anchor: string;
  readonly verdict: string;
  readonly estimate: string;
  readonly standing: Table;
  /** All pairs; undefined where there are too many to be read, or only one. */
  readonly pairs: Table | undefined;
  readonly parts: readonly { readonly title: string; readonly table: Table }[];
  readonly trajectories: Table | undefined;
  readonly notes: readonly string[];
}

export function comparisonSection(
  comparison: RunComparison,
  options: { readonly titleOf: (benchmark: string) => string; readonly alone: boolean },
): ComparisonSection {
  const { mode, parts, notes } = comparison;
  return {
    title: options.alone ? 'Which checkpoint is best' : `Which checkpoint is best (${mode})`,
    anchor: options.alone ? 'best' : `best-${mode}`,
    verdict: comparisonSentence(comparison),
    estimate: estimateSentence(comparison),
    standing: standingTable(comparison, options.titleOf),
    pairs: pairTable(comparison),
    parts: parts.map((part) => ({
      title: printableText(part.by),
      table: partTable(part, comparison, options.titleOf),
    })),
    trajectories: trajectoryTable(comparison, options.titleOf),
    notes: notes.map(printableText),
  };
}

function standingTable(comparison: RunComparison, titleOf: (benchmark: string) => string): Table {
  const { checkpoints, base, overBase, benchmarks, average, highest } = comparison;
  const n = overBase[0]?.average.n ?? 0;
  return {
    caption: `Every checkpoint against ${printableText(base)}, in points with 95 % intervals`,
    corner: 'Checkpoint',
    columns: [
      { title: `Average of ${average.length}`, detail: `n = ${countText(n)}` },
      { title: 'The best?', detail: 'p' },
      { title: 'Over the base' },
      ...benchmarks.map(({ name, problems, repeat }) => ({
        title: titleOf(name),
        detail: `n = ${countText(problems * repeat)}`,
      })),
    ],
    rows: checkpoints.map((checkpoint) => {
      const pair = overBase.find(({ newer }) => newer === checkpoint.name);
      const best = checkpoint.best.inSet ? 'may be' : 'no';
      return {
        name: printableText(checkpoint.name),
        cells: [
          averageCell(checkpoint.average),
          { main: checkpoint.name === highest ? 'highest' : best, detail: pText(checkpoint.best.p) },
          pair === undefined ? { main: 'base' } : differenceCell(pair.average),
          ...benchmarks.map(({ name }) => (pair === undefined ? { main: '–' } : differenceCell(pair.benchmarks[name]))),
        ],
      };
    }),
  };
}

function averageCell({ accuracy, upper }: { accuracy: number; upper: number }): Cell {
  const counts = { asked: 0, correct: 0, incorrect: 0, no_answer: 0, undecided: 0, timeout: 0, failed: 0 };
  return tallyCell({ ...counts, accuracy, upper, interval: null }, { count: false });
}

function differenceCell(finding: (DifferenceFinding & { readonly adjusted: number }) | undefined): Cell {
  if (finding === undefined) return { main: '–', detail: 'not asked' };
  const { difference, interval, adjusted } = finding;
  const mark = adjusted >= 0.05 ? {} : { mark: difference > 0 ? 'better' : 'worse' };
  return { main: pointsText(difference), detail: `${differenceLimits(interval)} p ${pText(adjusted)}`, ...mark };
}

/** Each row's average less each column's. */
function pairTable({ checkpoints, pairs }: RunComparison): Table | undefined {
  if (checkpoints.length < 3 || checkpoints.length > mostPaired) return undefined;
  const names = checkpoints.map(({ name }) => name);
  const found = new Map(
    pairs.map((pair) => [`${names.indexOf(pair.newer)}-${names.indexOf(pair.older)}`, pair.average]),
  );
  return {
    caption: 'Each pair of checkpoints: the average of the row less that of the column, in points',
    corner: 'Checkpoint',
    columns: names.slice(0, -1).map((name) => ({ title: printableText(name) })),
    rows: names.slice(1).map((name, above) => ({
      name: printableText(name),
      cells: names.slice(0, -1).map((_, column) => {
        const finding = found.get(`${above + 1}-${column}`);
        return finding === undefined ? { main: '' } : differenceCell(finding);
      }),
    })),
  };
}

function partTable(
  { by, findings }: PartTable,
  { checkpoints, base }: RunComparison,
  titleOf: (name: string) => string,
): Table {
  const columns = checkpoints.filter(({ name }) => name !== base);
  const keys = [...new Set(findings.map(({ benchmark, label }) => JSON.stringify([benchmark, label])))];
  const found = new Map(findings.map((one) => [JSON.stringify([one.benchmark, one.label, one.checkpoint]), one]));
  return {
    caption: `Differences to ${printableText(base)} by ${printableText(by)}, p corrected over this table`,
    corner: by === 'bucket' ? 'Difficulty' : printableText(by),
    columns: [{ title: 'n' }, ...columns.map(({ name }) => ({ title: printableText(name) }))],
    rows: keys.map((key) => {
      const [benchmark, label] = JSON.parse(key) as [string, string];
      const cells = columns.map(({ name }) => found.get(JSON.stringify([benchmark, label, name])));
      const n = cells.find((cell) => cell !== undefined)?.n ?? 0;
      return {
        name: `${titleOf(benchmark)} · ${printableText(label)}`,
        cells: [{ main: countText(n) }, ...cells.map(differenceCell)],
      };
    }),
  };
}

function trajectoryTable({ trajectories }: RunComparison, titleOf: (benchmark: string) => string): Table | undefined {
  if (trajectories === null || trajectories.benchmarks.length === 0) return undefined;
  const first = printableText(trajectories.along[0] ?? '');
  const last = printableText(trajectories.along.at(-1) ?? '');
  return {
    caption: `What became of every problem from ${first} to ${last}`,
    corner: 'Benchmark',
    columns: [{ title: 'Problems' }, ...trajectoryKinds.map((kind) => ({ title: kind.replace('_', ' ') }))],
    rows: trajectories.benchmarks.map(({ benchmark, n, counts }) => ({
      name: titleOf(benchmark),
      cells: [{ main: countText(n) }, ...trajectoryKinds.map((kind) => ({ main: countText(counts[kind]) }))],
    })),
  };
}
