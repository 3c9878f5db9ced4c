import { SynthrlError } from '../core/errors.ts';
import { battleOptions } from './battle-options.ts';
import type { Command } from './command.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [
  ...dataOptions,
  ...battleOptions,
  'runs-root',
  'benchmarks',
  'grades',
  'from-runs',
  'method',
  'battles',
  'out',
  'bootstrap',
  'ties',
  'prior',
  'seed',
  'json',
] as const;

export const rate: Command = {
  usage: 'rate [benchmark]',
  describe: 'Rate how hard problems are, from pairwise battles or from the answers of runs',
  options,
  async run(flags, terminal) {
    const settings = resolveOptions(options, flags, process.env);
    const benchmark = flags['benchmark'] === undefined ? undefined : String(flags['benchmark']);
    if (settings['from-runs'] !== undefined) {
      if (benchmark !== undefined || settings.battles !== undefined) {
        throw new SynthrlError('USAGE', 'Ratings come from runs (--from-runs) or from battles, not from both.', {
          hint: 'With --from-runs, name benchmarks with --benchmarks.',
        });
      }
      const { rateFromRuns } = await import('./rate-from-runs.ts');
      return rateFromRuns(settings, terminal);
    }
    if (settings['judge-server'] !== undefined || settings['dry-run']) {
      if (benchmark === undefined || settings.battles !== undefined) {
        throw new SynthrlError(
          'USAGE',
          'A judge decides battles of one benchmark, and --battles names a file of them.',
          {
            hint: 'Name the benchmark, as in synthrl rate mathvision --judge-server …, and leave out --battles.',
          },
        );
      }
      const { rateJudged } = await import('./rate-judged.ts');
      return rateJudged(benchmark, settings, terminal);
    }
    const { rateFile } = await import('./rate-file.ts');
    return rateFile(benchmark, settings, terminal);
  },
};
