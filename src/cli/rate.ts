import type { Command } from './command.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [...dataOptions, 'battles', 'out', 'bootstrap', 'ties', 'prior', 'seed', 'json'] as const;

export const rate: Command = {
  usage: 'rate [benchmark]',
  describe: 'Rate how hard problems are, from pairwise battles',
  options,
  async run(flags, terminal) {
    const settings = resolveOptions(options, flags, process.env);
    const benchmark = flags['benchmark'] === undefined ? undefined : String(flags['benchmark']);
    const { rateFile } = await import('./rate-file.ts');
    return rateFile(benchmark, settings, terminal);
  },
};
