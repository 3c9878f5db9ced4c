import { displayWidth, fitToWidth, padToWidth } from '../reports/display-width.ts';
import { durationText, rateText } from '../reports/duration-text.ts';
import { countText } from '../reports/percent.ts';
import { printableText } from '../reports/printable-text.ts';
import type { ScreenSize } from './live-block.ts';
import type { Advance, CheckpointAdvance, SweepAdvance } from './sweep-tally.ts';

const gap = '  ';
const barColumns = 12;
const widestName = 24;
const eighths = ' ▏▎▍▌▋▊▉';
const stages = ['failed', 'done', 'waiting'] as const;

/**
 * A sweep's progress in a few lines that fit a terminal: one per benchmark, one for all of them, one about the
 * checkpoints. Where there is little room, the bars go first, then rates and times; then benchmarks, then all but the sum.
 */
export function progressLines({ all, benchmarks, checkpoints }: SweepAdvance, { columns, rows }: ScreenSize): string[] {
  // The last column stays free: some terminals go to the next line when it is written.
  const width = Math.max(1, columns - 1);
  const room = Math.max(1, rows - 1);
  if (room < 4) return [fitToWidth(plainLine(all), width)];
  const shown = benchmarks.length === 1 ? [] : benchmarks.slice(0, room - 2);
  const sum = { ...all, name: benchmarks.length === 1 ? (benchmarks[0]?.name ?? all.name) : all.name };
  const lines = tableLines([...shown, sum], width);
  return [...lines, checkpointLine(checkpoints, width)].filter((line) => line !== '');
}

/** A sweep's progress in one line, for logs. */
export function plainLine({ done, total, failed, perSecond, secondsLeft }: Advance): string {
  const rate = perSecond === undefined ? '' : `, ${rateText(perSecond)}`;
  const left = secondsLeft === undefined ? '' : `, about ${durationText(secondsLeft)} left`;
  return `${countText(done)}/${countText(total)} asked, ${countText(failed)} failed${rate}${left}`;
}

/** How far each benchmark has come, in short, for logs; those that have not begun are left out. */
export function benchmarkCounts(benchmarks: readonly Advance[]): string {
  const begun = benchmarks.filter(({ done }) => done > 0);
  return begun
    .map(({ name, done, total }) => `${printableText(name)} ${countText(done)}/${countText(total)}`)
    .join(', ');
}

/** Which columns there are, from the one that stays longest to the one that goes first. */
type Column = 'count' | 'failed' | 'left' | 'rate' | 'bar';
const order: readonly Column[] = ['bar', 'count', 'failed', 'rate', 'left'];
const sacrifices: readonly Column[] = ['bar', 'rate', 'left', 'failed'];

function tableLines(advances: readonly Advance[], width: number): string[] {
  const names = advances.map(({ name }) => fitToWidth(printableText(name), Math.min(widestName, width)));
  for (let gone = 0; gone <= sacrifices.length; gone += 1) {
    const left = order.filter((column) => !sacrifices.slice(0, gone).includes(column));
    const lines = joinColumns(names, advances, left);
    if (lines.every((line) => displayWidth(line) <= width)) return lines;
  }
  return joinColumns(names, advances, ['count']).map((line) => fitToWidth(line, width));
}

function joinColumns(names: readonly string[], advances: readonly Advance[], columns: readonly Column[]): string[] {
  const cells = [names, ...columns.map((column) => advances.map((advance) => cellOf(column, advance)))];
  const widths = cells.map((column) => Math.max(...column.map(displayWidth)));
  return advances.map((_, row) =>
    cells
      .map((column, at) => {
        const cell = column[row] ?? '';
        const isNumber = columns[at - 1] !== undefined && columns[at - 1] !== 'bar' && columns[at - 1] !== 'left';
        return isNumber ? ' '.repeat((widths[at] ?? 0) - displayWidth(cell)) + cell : padToWidth(cell, widths[at] ?? 0);
      })
      .join(gap)
      .trimEnd(),
  );
}

function cellOf(column: Column, { done, total, failed, perSecond, secondsLeft }: Advance): string {
  if (column === 'bar') return bar(total === 0 ? 1 : done / total);
  if (column === 'count') return `${countText(done)}/${countText(total)}`;
  if (column === 'failed') return `${countText(failed)} failed`;
  if (column === 'rate') return perSecond === undefined || done === total ? '' : rateText(perSecond);
  if (done === total) return 'done';
  return secondsLeft === undefined ? '' : `${durationText(secondsLeft)} left`;
}

function bar(share: number): string {
  const parts = Math.floor(share * barColumns * 8);
  const part = parts % 8 === 0 ? '' : eighths.charAt(parts % 8);
  return `▕${`${'█'.repeat(Math.floor(parts / 8))}${part}`.padEnd(barColumns)}▏`;
}

/** Those that are being worked on by name, as far as they fit, and how many there are of the others. */
function checkpointLine(checkpoints: readonly CheckpointAdvance[], width: number): string {
  const counts = stages.flatMap((stage) => {
    const count = checkpoints.filter((one) => one.stage === stage).length;
    return count === 0 ? [] : [`${countText(count)} ${stage}`];
  });
  const active = checkpoints.filter(({ stage }) => !stages.some((one) => one === stage));
  const tail = counts.join(', ');
  for (let named = active.length; named >= 0; named -= 1) {
    const names = active.slice(0, named).map(({ name, stage, share }) => {
      const shown = stage === 'asking' ? `${Math.floor(share * 100)} %` : stage;
      return `${fitToWidth(printableText(name), widestName)} ${shown}`;
    });
    const more = named < active.length ? [`${active.length - named} more at work`] : [];
    const line = [...names, ...more, ...(tail === '' ? [] : [tail])].join(' · ');
    if (displayWidth(line) <= width || named === 0) return fitToWidth(line, width);
  }
  return '';
}
