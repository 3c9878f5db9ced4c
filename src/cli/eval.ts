import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CheckpointSource } from '../sweep/find-checkpoints.ts';
import { stepOf } from '../sweep/step-of.ts';
import type { Command } from './command.ts';
import { evaluationOptions } from './evaluation-options.ts';
import type { Settings } from './options.ts';
import { readChosenSuite } from './read-suite.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [...evaluationOptions, 'suite', 'run-name'] as const;

export const evalOne: Command = {
  usage: 'eval <checkpoint>',
  describe: 'Evaluate one model folder, model id, or model that an endpoint serves (--server)',
  options,
  async run(flags, terminal) {
    const suite = readChosenSuite(flags, process.env);
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
