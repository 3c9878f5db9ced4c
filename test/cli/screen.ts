/** What a terminal shows of the text written to it: as much of one as our output uses. Throws for any other escape. */
export class Screen {
  columns: number;
  readonly rows: number;
  /** Every row ever shown, oldest first; the last `rows` of them are in view. */
  #lines: string[][] = [[]];
  #row = 0;
  #column = 0;
  /** Whether the last column was written and the next character goes to a new row. */
  #pending = false;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is read here.
    for (const part of text.match(/\u001b\[[0-9;]*[A-Za-z]|[\s\S]/gu) ?? []) {
      if (part.length > 1 && part.startsWith('\u001b')) this.#escape(part);
      else this.#put(part);
    }
  }

  /** As a narrower or wider window breaks what is shown into rows anew. */
  resize(columns: number): void {
    const lines = this.#lines.flatMap((line) => {
      const rows: string[][] = [];
      for (let at = 0; at === 0 || at < line.length; at += columns) rows.push(line.slice(at, at + columns));
      return rows;
    });
    this.columns = columns;
    this.#lines = lines;
    this.#row = lines.length - 1;
    this.#column = lines.at(-1)?.length ?? 0;
    this.#pending = false;
  }

  get text(): string[] {
    return this.#lines.map((line) => line.join('').trimEnd());
  }

  #put(character: string): void {
    if (character === '\r') {
      this.#column = 0;
      this.#pending = false;
    } else if (character === '\n') {
      this.#column = 0;
      this.#pending = false;
      this.#row += 1;
      this.#lines[this.#row] ??= [];
    } else {
      if (character < ' ' || character === '\u007f' || (character >= '\u0080' && character < '\u00a0')) {
        throw new Error(`a control character reached the terminal: ${character.charCodeAt(0)}`);
      }
      if (this.#pending) this.#put('\n');
      const line = this.#lines[this.#row] ?? [];
      while (line.length < this.#column) line.push(' ');
      line[this.#column] = character;
      this.#column += 1;
      if (this.#column === this.columns) {
        this.#column -= 1;
        this.#pending = true;
      }
    }
  }

  #escape(sequence: string): void {
    const kind = sequence.at(-1);
    if (kind === 'm') return;
    if (kind === 'A') {
      this.#row = Math.max(this.#lines.length - this.rows, this.#row - Number(sequence.slice(2, -1)));
    } else if (sequence === '\u001b[J') {
      this.#lines.length = this.#row + 1;
      this.#lines[this.#row]?.splice(this.#column);
    } else throw new Error(`an escape that is not used: ${JSON.stringify(sequence)}`);
    this.#pending = false;
  }
}
