import { negativeName, type ServeFlag, serveFlags } from './serve-flags.ts';

export const serveUsage = 'usage: vllm serve [model_tag] [options]';

/**
 * What `vllm serve --help`, `--help=all` and `--help=<flag or word>` print: all flags for `all`, those whose name holds
 * the word else, and only how to ask without one.
 */
export function serveHelp(topic: string | undefined): string {
  const lines = [
    serveUsage,
    '',
    'The built-in simulator of synthrl: it takes the arguments of vLLM and serves no model.',
    '',
  ];
  if (topic === undefined) {
    lines.push('Ask for --help=all to see every argument, or --help=<word> for those with the word in their name.');
    return `${lines.join('\n')}\n`;
  }
  const word = topic.replace(/^-+/, '').replaceAll('_', '-').toLowerCase();
  const shown =
    topic === 'all' ? serveFlags : serveFlags.filter((flag) => flag.names.some((name) => name.includes(word)));
  if (shown.length === 0) lines.push(`No argument matches '${topic}'.`);
  else lines.push('options:', '  -h, --help            show this help message and exit', ...shown.flatMap(flagHelp));
  return `${lines.join('\n')}\n`;
}

function flagHelp(flag: ServeFlag): string[] {
  const [long] = flag.names;
  const value = flag.choices ? `{${flag.choices.join(',')}}` : long.slice(2).replaceAll('-', '_').toUpperCase();
  const shape = flag.kind === 'words' ? `${value} [${value} ...]` : value;
  const negative = negativeName(flag);
  const names = [...flag.names, ...(negative === undefined ? [] : [negative])];
  const head = names
    .map((name) => (flag.kind === 'switch' || flag.kind === 'on' ? name : `${name} ${shape}`))
    .join(', ');
  return [`  ${head}`, `                        ${flag.help} (default: ${flag.fallback ?? 'None'})`];
}
