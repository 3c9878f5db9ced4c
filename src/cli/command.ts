import type { OptionName } from './options.ts';
import type { Terminal } from './terminal.ts';

/** One command: its words, its options, and what it does. */
export interface Command {
  /** Name with positional words as yargs writes them, e.g. `eval-all <run>`. */
  readonly usage: string;
  readonly describe: string;
  readonly options: readonly OptionName[];
  /** Words that follow this one and are commands of their own, loaded when they are called; `run` is then never called. */
  readonly subcommands?: Readonly<Record<string, () => Promise<Command>>>;
  /** Does the work; resolves to the exit status. Heavy modules are loaded inside. */
  run(flags: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<number>;
}
