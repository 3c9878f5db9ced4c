import type { CheckpointSummary } from '../core/summary.ts';
import type { Tally } from '../core/tally.ts';
import { commonCount } from './common-count.ts';
import type { Delta } from './overview-delta.ts';
import { countText } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { Table } from './table-model.ts';
import { tallyCell } from './tally-cell.ts';

/**
 * Checkpoints × benchmarks. The highest accuracy of a column is marked where several checkpoints stand in it and none
 * of the others could still rise above it.
 *
 * @param benchmarks - names with the titles that are shown
 * @param deltaOf - how the checkpoint in a row stands to its base on a benchmark
 */
export function overviewTable(
  checkpoints: readonly CheckpointSummary[],
  benchmarks: readonly { readonly name: string; readonly title: string }[],
  deltaOf: (row: number, benchmark: string) => Delta,
): Table {
  const columns = benchmarks.map(({ name, title }) => {
    const tallies = checkpoints.map((checkpoint) => checkpoint.benchmarks[name]);
    return {
      name,
      title,
      tallies,
      count: commonCount(tallies.map((tally) => tally?.asked)),
      highest: highestAccuracy(tallies),
    };
  });
  return {
    caption: 'Accuracy of every checkpoint on every benchmark, with 95 % interval',
    corner: 'Checkpoint',
    sortable: checkpoints.length > 1,
    columns: columns.map(({ title, count }) => ({
      title,
      ...(count === undefined ? {} : { detail: `n = ${countText(count)}` }),
    })),
    rows: checkpoints.map((checkpoint, row) => ({
      name: printableText(checkpoint.name),
      cells: columns.map(({ name, tallies, count, highest }) => {
        const tally = tallies[row];
        if (tally === undefined) return { main: '–', detail: 'not asked' };
        const cell = {
          ...tallyCell(tally, { count: count === undefined }),
          ...deltaOf(row, name),
          ...(tally.accuracy === null ? {} : { value: tally.accuracy }),
        };
        return highest !== undefined && tally.accuracy === highest ? { ...cell, mark: 'highest' } : cell;
      }),
    })),
  };
}

/** The highest accuracy of a column; undefined where there is nothing to compare or another figure may yet pass it. */
function highestAccuracy(tallies: readonly (Tally | undefined)[]): number | undefined {
  const settled = tallies.flatMap((tally) => (tally && tally.accuracy !== null ? [tally] : []));
  if (settled.length < 2) return undefined;
  const highest = Math.max(...settled.map(({ accuracy }) => accuracy ?? 0));
  const passable = settled.some(({ accuracy, upper }) => accuracy !== highest && (upper ?? 0) > highest);
  return passable ? undefined : highest;
}
