/** What a table cell shows: a figure, and under it in small print what belongs to it. */
export interface Cell {
  readonly main: string;
  /** An interval, a count. */
  readonly detail?: string;
  /** What a reader must not miss, e.g. `up to 65.1 %`. */
  readonly note?: string;
  /** A word that sets this cell apart, e.g. `highest`. */
  readonly mark?: string;
  /** A difference to the base, in points with its sign. */
  readonly delta?: string;
  /** Which way a difference goes that holds after correction. */
  readonly trend?: 'better' | 'worse';
  /** What the cell is sorted by, where its table can be sorted. */
  readonly value?: number;
  /** Shade from 0 (pale) to 9 (full). */
  readonly heat?: number;
  /** A bar in parts, instead of text. */
  readonly bar?: readonly BarPart[];
}

/** One part of a bar that is 100 wide. */
export interface BarPart {
  /** Names the colour: a verdict. */
  readonly kind: string;
  readonly x: number;
  readonly width: number;
}

export interface Column {
  readonly title: string;
  /** Second line of the heading. */
  readonly detail?: string;
  /** Names the colour of a swatch beside the title: a verdict. */
  readonly swatch?: string;
}

/** A table as the page shows it. All text is plain and printable; escaping is the template's. */
export interface Table {
  /** Says what the table is to those who hear it, and names its scrolling region. */
  readonly caption: string;
  /** Heading over the names of rows. */
  readonly corner: string;
  /** A heading line above the columns; the spans add up to the columns. An empty title leaves its columns ungrouped. */
  readonly groups?: readonly { readonly title: string; readonly span: number }[];
  readonly columns: readonly Column[];
  /** Whether readers may sort its rows. */
  readonly sortable?: boolean;
  readonly rows: readonly { readonly name: string; readonly cells: readonly Cell[] }[];
}
