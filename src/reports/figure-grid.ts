import { commonCount } from './common-count.ts';
import { displayWidth, padToWidth } from './display-width.ts';
import type { Paint } from './paint.ts';
import { countText, intervalText, percentText } from './percent.ts';

/** A proportion as the terminal shows it. */
export interface GridFigure {
  readonly value: number | null;
  readonly n: number;
  readonly interval: readonly [low: number, high: number] | null;
  /** Whether it could still change; marked with an asterisk. */
  readonly open: boolean;
}

/** One column of a grid: a figure for each of its rows, undefined where it was not asked. */
export interface GridColumn {
  readonly title: string;
  readonly figures: readonly (GridFigure | undefined)[];
}

const gap = '   ';
const mark = ' *';

/**
 * Figures with n and interval in lines of text: names × columns where that fits, one block per column where it does not.
 *
 * @param names - of rows, printable
 * @param width - columns of the terminal
 */
export function figureGrid(
  names: readonly string[],
  columns: readonly GridColumn[],
  options: { readonly paint: Paint; readonly width: number },
): string[] {
  const matrix = asMatrix(names, columns);
  if (matrix.some((line) => displayWidth(line) > options.width)) return asBlocks(names, columns, options.paint);
  const [title = '', counts = '', ...lines] = matrix;
  return [options.paint.bold(title), options.paint.dim(counts), ...lines];
}

function asMatrix(names: readonly string[], columns: readonly GridColumn[]): string[] {
  const texts = [['checkpoint', '', ...names], ...columns.map((column) => [column.title, ...columnTexts(column)])];
  const widths = texts.map((column) => Math.max(...column.map(displayWidth)));
  return Array.from({ length: names.length + 2 }, (_, line) =>
    texts
      .map((column, at) => padToWidth(column[line] ?? '', widths[at] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

function asBlocks(names: readonly string[], columns: readonly GridColumn[], paint: Paint): string[] {
  const nameWidth = Math.max(...names.map(displayWidth));
  return columns.flatMap((column, at) => {
    const [count = '', ...cells] = columnTexts(column);
    const heading = paint.bold(column.title) + (count === '' ? '' : `  ${count}`);
    const lines = names.map((name, row) => `  ${padToWidth(name, nameWidth)}${gap}${cells[row] ?? ''}`);
    return [...(at > 0 ? [''] : []), heading, ...lines];
  });
}

/** The n that all figures share, empty where there is none; then the figures, with their own n where they differ. */
function columnTexts({ figures }: GridColumn): string[] {
  const common = commonCount(figures.map((figure) => figure?.n));
  const heading = common === undefined ? '' : `n = ${countText(common)}`;
  return [heading, ...figures.map((figure) => cellText(figure, common === undefined))];
}

function cellText(figure: GridFigure | undefined, withCount: boolean): string {
  if (figure === undefined) return 'not asked';
  const count = withCount ? `  n = ${countText(figure.n)}` : '';
  if (figure.value === null) return `–${count}`;
  const end = figure.open ? mark : '';
  return `${percentText(figure.value).padStart(7)}  ${intervalText(figure.interval)}${count}${end}`;
}
