import { verdicts } from '../core/grade.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import type { Tally } from '../core/tally.ts';
import { countText } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { BarPart, Table } from './table-model.ts';

const titles = {
  correct: 'Correct',
  incorrect: 'Incorrect',
  no_answer: 'No answer',
  undecided: 'Undecided',
  timeout: 'Timed out',
  failed: 'Failed',
} as const;

/** How every sample of a benchmark ended, for each checkpoint: the six counts add up to what was asked. */
export function verdictTable(benchmark: string, title: string, checkpoints: readonly CheckpointSummary[]): Table {
  return {
    caption: `How every sample of ${title} ended`,
    corner: 'Checkpoint',
    columns: [
      { title: 'Share' },
      { title: 'Asked' },
      ...verdicts.map((verdict) => ({ title: titles[verdict], swatch: verdict })),
    ],
    rows: checkpoints.flatMap(({ name, benchmarks }) => {
      const tally = benchmarks[benchmark];
      if (tally === undefined) return [];
      const counts = [tally.asked, ...verdicts.map((verdict) => tally[verdict])];
      const cells = [{ main: '', bar: bar(tally) }, ...counts.map((count) => ({ main: countText(count) }))];
      return [{ name: printableText(name), cells }];
    }),
  };
}

function bar(tally: Tally): BarPart[] {
  let x = 0;
  return verdicts.flatMap((kind) => {
    const width = tally.asked === 0 ? 0 : (tally[kind] / tally.asked) * 100;
    if (width === 0) return [];
    const part = { kind, x: round(x), width: round(width) };
    x += width;
    return [part];
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
