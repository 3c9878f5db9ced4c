import type { CheckpointSummary, DifficultySummary, WeightedShare } from '../core/summary.ts';
import { commonCount } from './common-count.ts';
import { countText, intervalText, percentText } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { Cell, Table } from './table-model.ts';
import { tallyCell } from './tally-cell.ts';

/** Results of one benchmark by difficulty, over checkpoints. */
export interface DifficultyTables {
  /** Where the ratings come from; several where checkpoints were rated apart. */
  readonly sources: readonly string[];
  readonly tables: readonly { readonly title: string; readonly about: string; readonly table: Table }[];
}

const bucketLabels = ['easy', 'medium', 'hard', 'unrated'] as const;
const weightLabels = ['easy', 'medium', 'hard'] as const;
const quarterLabels = ['q1', 'q2', 'q3', 'q4'] as const;

const quarterNames: Readonly<Record<(typeof quarterLabels)[number], string>> = {
  q1: '1st, easiest',
  q2: '2nd',
  q3: '3rd',
  q4: '4th, hardest',
};

/** @returns undefined where no checkpoint was summarised with ratings */
export function difficultyTables(
  benchmark: string,
  checkpoints: readonly CheckpointSummary[],
): DifficultyTables | undefined {
  const present = checkpoints.flatMap(({ name, benchmarks }) => {
    const difficulty = benchmarks[benchmark]?.difficulty;
    return difficulty === undefined ? [] : [{ name: printableText(name), difficulty }];
  });
  if (present.length === 0) return undefined;
  const names = present.map(({ name }) => name);
  const tallies = (
    labels: readonly string[],
    pick: (from: DifficultySummary, label: string) => Parameters<typeof tallyCell>[0],
  ) => labels.map((label) => ({ label, found: present.map(({ difficulty }) => pick(difficulty, label)) }));
  const buckets = tallies(bucketLabels, ({ buckets: all }, label) => all[label as 'easy']);
  const quarters = tallies(quarterLabels, ({ quarters: all }, label) => all[label as 'q1']);
  return {
    sources: [...new Set(present.map(({ difficulty }) => printableText(difficulty.source)))],
    tables: [
      {
        title: 'difficulty',
        about: 'By the side of the cuts on which a problem’s rating lies. What has no rating is unrated.',
        table: tableOf(
          'Accuracy by difficulty',
          'Bucket',
          names,
          buckets.filter(({ found }) => asksAny(found)).map(tallyRow),
        ),
      },
      {
        title: 'difficulty, weighted',
        about:
          'Every problem counts by the chance that it belongs to the bucket, which a rating near a cut shares out. n is the sum of these chances.',
        table: tableOf('Accuracy weighted by the chance of each bucket', 'Bucket', names, weightRows(present)),
      },
      {
        title: 'quarter of difficulty',
        about: 'By quarters of the ratings, which neither the cuts nor the scale of a judge move.',
        table: tableOf(
          'Accuracy by quarter of difficulty',
          'Quarter',
          names,
          quarters.map((row) => ({ ...tallyRow(row), name: quarterNames[row.label as 'q1'] })),
        ),
      },
    ],
  };
}

type FoundTally = Parameters<typeof tallyCell>[0];
type Row = Table['rows'][number];

function asksAny(found: readonly FoundTally[]): boolean {
  return found.some((tally) => (tally?.asked ?? 0) > 0);
}

function tallyRow({ label, found }: { label: string; found: readonly FoundTally[] }): Row {
  const count = commonCount(found.map((tally) => tally?.asked));
  return {
    name: label,
    cells: [countCell(count), ...found.map((tally) => tallyCell(tally, { count: count === undefined }))],
  };
}

function weightRows(present: readonly { readonly difficulty: DifficultySummary }[]): Row[] {
  return weightLabels.map((label) => {
    const shares = present.map(({ difficulty }) => difficulty.weighted[label]);
    const whole = shares.map(({ n }) => Math.round(n));
    const count = commonCount(whole);
    return { name: label, cells: [countCell(count), ...shares.map((share) => shareCell(share, count === undefined))] };
  });
}

function shareCell({ accuracy, interval, n }: WeightedShare, withCount: boolean): Cell {
  if (accuracy === null) return { main: '–' };
  const details = [intervalText(interval), ...(withCount ? [`n = ${countText(Math.round(n))}`] : [])];
  return { main: percentText(accuracy), detail: details.join(' · ') };
}

function countCell(count: number | undefined): Cell {
  return { main: count === undefined ? 'varies' : countText(count) };
}

function tableOf(caption: string, corner: string, names: readonly string[], rows: readonly Row[]): Table {
  return { caption, corner, columns: [{ title: 'n' }, ...names.map((name) => ({ title: name }))], rows };
}
