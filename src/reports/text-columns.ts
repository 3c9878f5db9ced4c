import { displayWidth, padToWidth } from './display-width.ts';
import type { Paint } from './paint.ts';

/** One column of text: its heading, a second line of it, and a text for each row. */
export interface TextColumn {
  readonly title: string;
  readonly detail?: string;
  readonly cells: readonly string[];
}

const gap = '   ';

/**
 * A table as lines of text. Columns that do not fit stand in further tables below, each with the names of the rows again.
 *
 * @param names - the column that every table begins with
 * @param options.width - columns of the terminal
 */
export function textColumns(
  names: TextColumn,
  columns: readonly TextColumn[],
  options: { readonly paint: Paint; readonly width: number },
): string[] {
  const tables: TextColumn[][] = [];
  let left = 0;
  for (const column of columns) {
    const needed = gap.length + widthOf(column);
    const last = tables.at(-1);
    if (last === undefined || needed > left) {
      tables.push([column]);
      left = options.width - widthOf(names) - needed;
    } else {
      last.push(column);
      left -= needed;
    }
  }
  return tables.flatMap((table, at) => [...(at > 0 ? [''] : []), ...linesOf([names, ...table], options.paint)]);
}

function linesOf(columns: readonly TextColumn[], paint: Paint): string[] {
  const line = (textOf: (column: TextColumn) => string) =>
    columns
      .map((column) => padToWidth(textOf(column), widthOf(column)))
      .join(gap)
      .trimEnd();
  const details = columns.some(({ detail }) => detail !== undefined);
  const rows = Array.from({ length: columns[0]?.cells.length ?? 0 }, (_, row) => line(({ cells }) => cells[row] ?? ''));
  return [
    paint.bold(line(({ title }) => title)),
    ...(details ? [paint.dim(line(({ detail }) => detail ?? ''))] : []),
    ...rows,
  ];
}

function widthOf({ title, detail = '', cells }: TextColumn): number {
  return Math.max(...[title, detail, ...cells].map(displayWidth));
}
