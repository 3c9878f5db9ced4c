import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [
  ...dataOptions,
  'ratings',
  'runs-root',
  'base',
  'grades',
  'steps',
  'facet',
  'problems',
  'seed',
  'json',
] as const;

export const compare: Command = {
  usage: 'compare <run>',
  describe: 'Say which checkpoint of a run is best: all against each other and against the base, problem by problem',
  options,
  async run(flags, terminal) {
    const { RunDirectory } = await import('../core/run-directory.ts');
    const { compareRun } = await import('./compare-run.ts');
    const { comparisonText } = await import('../reports/comparison-text.ts');
    const { writeRunReport } = await import('./show-results.ts');
    const settings = resolveOptions(options, flags, process.env);
    const run = new RunDirectory(resolve(settings['runs-root']), String(flags['run']));
    const comparison = await compareRun(run, settings);
    await writeRunReport(run);
    const { colour, width } = terminal;
    terminal.print(
      settings.json
        ? JSON.stringify(comparison)
        : comparisonText(comparison, { colour, width, problems: settings.problems }),
    );
    return 0;
  },
};
