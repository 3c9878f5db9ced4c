import { SynthrlError } from '../core/errors.ts';
import type { Terminal } from './terminal.ts';

/** Prints what ended the program and gives its exit status: a coded sentence and a hint, or a bug with its stack. */
export function reportError(error: unknown, options: { json: boolean; terminal: Terminal }): number {
  const { json, terminal } = options;
  if (error instanceof SynthrlError) {
    terminal.note(`${error.code}: ${error.message}`);
    if (error.hint !== undefined) terminal.note(error.hint);
    if (json)
      terminal.print(JSON.stringify({ error: { code: error.code, message: error.message, hint: error.hint ?? null } }));
    return error.exitStatus;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.note(`This is a bug in synthrl; what was saved before it stays.\n${stack}`);
  if (json) terminal.print(JSON.stringify({ error: { code: 'BUG', message: String(error), hint: null } }));
  return 1;
}
