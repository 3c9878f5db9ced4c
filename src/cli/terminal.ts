/** Where a command writes: results to stdout, everything else to stderr. */
export interface Terminal {
  /** Whether stderr is a terminal in which a line may be drawn over. */
  readonly live: boolean;
  /** Whether stdout takes colour. */
  readonly colour: boolean;
  /** Columns of stdout; 100 where it is no terminal. */
  readonly width: number;
  /** Columns and rows of stderr as they are now; 80 and 24 where it is no terminal or says 0. */
  readonly screen: () => { readonly columns: number; readonly rows: number };
  /** Whether stderr takes colour. */
  readonly notesInColour: boolean;
  /** Writes to stderr as it is. */
  write(text: string): void;
  /** Writes one line to stderr. */
  note(line: string): void;
  /** Writes a result to stdout. */
  print(text: string): void;
}

export function openTerminal(environment: NodeJS.ProcessEnv): Terminal {
  const quiet = environment['CI'] !== undefined && environment['CI'] !== '';
  const noColour = environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '';
  const isDumb = environment['TERM'] === 'dumb';
  const { stderr } = process;
  return {
    live: stderr.isTTY === true && !quiet && !isDumb,
    screen: () => ({ columns: stderr.columns || 80, rows: stderr.rows || 24 }),
    notesInColour: stderr.isTTY === true && !noColour && !isDumb,
    colour: process.stdout.isTTY === true && !noColour,
    width: process.stdout.columns ?? 100,
    write: (text) => void process.stderr.write(text),
    note: (line) => void process.stderr.write(`${line}\n`),
    print: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  };
}
