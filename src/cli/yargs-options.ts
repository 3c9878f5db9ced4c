import type { Command } from './command.ts';
import { gradingOptions } from './grading-options.ts';
import { type OptionName, type OptionSpec, optionSpecs } from './options.ts';
import { questionOptions } from './question-options.ts';
import { servingOptions } from './serving-options.ts';

/** Headings of the help and the options below each; what stands in none comes under yargs' own heading. */
const groups: Readonly<Record<string, readonly OptionName[]>> = {
  'What is asked:': [...questionOptions, 'suite', 'limit', 'steps'],
  'What answers:': servingOptions,
  'Who grades:': gradingOptions,
};

/** What yargs needs to know of a command's options; values are read and defaults set by resolveOptions. */
export function yargsOptions(command: Command): Record<string, object> {
  return Object.fromEntries(command.options.map((name) => [name, yargsOption(name, optionSpecs[name])]));
}

function yargsOption(name: OptionName, spec: OptionSpec): object {
  const group = Object.entries(groups).find(([, names]) => names.includes(name))?.[0];
  const option = {
    describe: describe(spec),
    ...(spec.several ? { array: true } : {}),
    alias: [...(spec.aliases ?? [])],
    ...(group === undefined ? {} : { group }),
  };
  // A flag may also be written --fresh=false.
  if (spec.type === 'flag') return { ...option, type: 'boolean', default: undefined };
  // Numbers have no type here: they are checked by us, so that the message is ours.
  return { ...option, requiresArg: true, ...(spec.type.startsWith('text') ? { type: 'string' } : {}) };
}

function describe({ describe: words, choices, default: value }: OptionSpec): string {
  const listed = choices === undefined ? '' : `: ${choices.join(', ')}`;
  const shown = value === undefined || value === '' || value === false ? '' : ` [default: ${value}]`;
  return words + listed + shown;
}
