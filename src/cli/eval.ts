import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CheckpointSource } from '../sweep/find-checkpoints.ts';
import { stepOf } from '../sweep/step-of.ts';
import type { Command } from './command.ts';
import { gradingOptions } from './grading-options.ts';
import type { Settings } from './options.ts';
import { dataOptions, questionOptions } from './question-options.ts';
import { readSuite } from './read-suite.ts';
import { resolveOptions } from './resolve-options.ts';
import { servingOptions } from './serving-options.ts';

const options = [
  ...questionOptions,
  ...dataOptions,
  ...servingOptions,
  ...gradingOptions,
  'runs-root',
  'cache-root',
  'suite',
  'run-name',
  'limit',
  'fresh',
  'json',
] as const;

export const evalOne: Command = {
  usage: 'eval <checkpoint>',
  describe: 'Evaluate one model folder, model id, or model that an endpoint serves (--server)',
  options,
  async run(flags, terminal) {
    const suite = readSuite(String(flags['suite'] ?? process.env['SYNTHRL_SUITE'] ?? 'synthrl'));
    const settings = resolveOptions(options, flags, process.env, suite);
    const source = modelSource(String(flags['checkpoint']), settings);
    const { evaluate } = await import('./evaluate.ts');
    return evaluate(
      { command: 'eval', settings, checkpoints: [source], runName: settings['run-name'] ?? source.name },
      terminal,
    );
  },
};

/** A folder on this machine, or a name that the engine or the endpoint knows. */
function modelSource(word: string, { server, model }: Settings<'server' | 'model'>): CheckpointSource {
  if (server !== undefined || !(existsSync(word) || /^[./]/.test(word))) {
    return { name: word, step: stepOf(word), model: model ?? word, isFolder: false };
  }
  const path = resolve(word);
  // …/global_step_16/actor/huggingface is known by its step.
  const name = basename(path.replace(/\/actor\/huggingface$/, ''));
  return { name, step: stepOf(name), model: path, isFolder: true };
}
