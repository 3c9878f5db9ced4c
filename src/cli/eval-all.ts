import { resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { Command } from './command.ts';
import { evaluationOptions } from './evaluation-options.ts';
import { readChosenSuite } from './read-suite.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [...evaluationOptions, 'suite', 'run-name', 'checkpoints-root', 'steps'] as const;

export const evalAll: Command = {
  usage: 'eval-all <run>',
  describe: 'Evaluate every checkpoint of a training run on the benchmarks, from starting servers to the report',
  options,
  async run(flags, terminal) {
    const suite = readChosenSuite(flags, process.env);
    const settings = resolveOptions(options, flags, process.env, suite);
    if (settings.server !== undefined) {
      throw new SynthrlError('USAGE', 'eval-all serves each checkpoint itself, so it takes no --server.', {
        hint: 'Use `synthrl eval <model> --server …` for a model that an endpoint already serves.',
      });
    }
    const { findCheckpoints } = await import('../sweep/find-checkpoints.ts');
    const { parseSteps } = await import('../sweep/step-of.ts');
    const runWord = String(flags['run']).replace(/\/+$/, '');
    const found = findCheckpoints(resolve(settings['checkpoints-root']), runWord);
    const wanted = settings.steps === undefined ? () => true : parseSteps(settings.steps);
    const checkpoints = found.filter(({ step }) => wanted(step));
    if (checkpoints.length === 0) {
      throw new SynthrlError(
        'CHECKPOINTS_NOT_FOUND',
        `None of the checkpoints of ${runWord} is among the steps ${settings.steps}.`,
        {
          hint: `There is: ${found.map(({ name }) => name).join(', ')}.`,
        },
      );
    }
    const { evaluate } = await import('./evaluate.ts');
    return evaluate({ command: 'eval-all', settings, checkpoints, runName: settings['run-name'] ?? runWord }, terminal);
  },
};
