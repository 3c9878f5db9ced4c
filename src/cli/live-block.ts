import { displayWidth } from '../reports/display-width.ts';

/** Columns and rows of a terminal, as they are now. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** A few lines at the end of a terminal's output that are drawn over in place. The cursor stays behind the last one. */
export class LiveBlock {
  readonly #write: (text: string) => void;
  readonly #size: () => ScreenSize;
  #widths: readonly number[] = [];

  constructor(write: (text: string) => void, size: () => ScreenSize) {
    this.#write = write;
    this.#size = size;
  }

  /**
   * Draws lines in place of those drawn before, in one write so that nothing flickers.
   *
   * @param lines - each narrower than the screen; `paint` turns them into what is written, of the same width
   * @param above - text that scrolls away above them for good, ending in a line feed; may be empty
   */
  draw(lines: readonly string[], options: { above?: string; paint?: (line: string) => string } = {}): void {
    const { above = '', paint = (line: string) => line } = options;
    this.#write(`${this.#erasing()}${above}${lines.map(paint).join('\n')}`);
    this.#widths = lines.map(displayWidth);
  }

  /** Takes the lines away. */
  clear(): void {
    this.draw([]);
  }

  /** A terminal that became narrower since has broken the lines into more rows than were written. */
  #erasing(): string {
    const { columns, rows } = this.#size();
    const taken = this.#widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    // Rows that scrolled out of view cannot be reached.
    const up = Math.min(taken, rows) - 1;
    return `\r${up > 0 ? `\u001b[${up}A` : ''}\u001b[J`;
  }
}
