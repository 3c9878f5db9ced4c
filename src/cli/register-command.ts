import type { Argv } from 'yargs';
import type { Command } from './command.ts';
import { yargsOptions } from './yargs-options.ts';

/**
 * Tells the parser of a command and of those below it; of these only the one that is called is loaded, or all for the help.
 *
 * @param words - what follows the command in the command line
 */
export async function registerCommand(
  parser: Argv,
  command: Command,
  words: readonly string[],
  run: (called: Command, flags: Readonly<Record<string, unknown>>) => Promise<void>,
): Promise<void> {
  const { usage, describe, subcommands } = command;
  if (subcommands === undefined) {
    parser.command(usage, describe, yargsOptions(command), (flags) => run(command, flags));
    return;
  }
  const [word = ''] = words;
  const wanted = Object.hasOwn(subcommands, word) ? subcommands[word] : undefined;
  const loaded = await Promise.all((wanted ? [wanted] : Object.values(subcommands)).map((load) => load()));
  parser.command(usage, describe, (below) => {
    for (const each of loaded)
      below.command(each.usage, each.describe, yargsOptions(each), (flags) => run(each, flags));
    return below.demandCommand(1, `${usage} needs one more word: ${Object.keys(subcommands).join(', ')}.`);
  });
}
