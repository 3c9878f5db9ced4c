import { join, resolve } from 'node:path';
import { packageRoot } from '../core/package-root.ts';
import { writeSimulatedCheckpoint } from '../simulator/write-checkpoint.ts';
import type { CheckpointSource } from '../sweep/find-checkpoints.ts';
import type { Command } from './command.ts';
import { evaluationOptions } from './evaluation-options.ts';
import { readSuite } from './read-suite.ts';
import { resolveOptions } from './resolve-options.ts';

const options = ['runs-root', 'cache-root', 'json'] as const;

/** Training steps of the three checkpoints that the demo makes up; the simulator's ability rises with the step. */
const steps = [20, 60, 180];

export const demo: Command = {
  usage: 'demo',
  describe: 'Try everything on built-in samples and a simulated server; needs no GPU, key or download',
  options,
  async run(flags, terminal) {
    const { benchmarks: registry } = await import('../../benchmarks/index.ts');
    const { evaluate } = await import('./evaluate.ts');
    const benchmarks = registry.filter(({ onlyWhenNamed }) => onlyWhenNamed !== true);
    const folders = resolveOptions(options, flags, process.env);
    const samples = benchmarks.map(({ name }) => `${name}=${join(packageRoot, 'benchmarks', name, 'sample')}`);
    const choices = {
      ...folders,
      benchmarks: benchmarks.map(({ name }) => name).join(','),
      data: samples,
      engine: 'simulator',
      gpus: '2',
      fresh: true,
    };
    const settings = resolveOptions(evaluationOptions, choices, {}, readSuite('synthrl'));
    const checkpoints = steps.map((step) => madeUpCheckpoint(resolve(folders['cache-root']), step));
    terminal.note('Three made-up checkpoints, the built-in samples, and the simulator in place of vLLM.');
    return evaluate({ command: 'demo', settings, checkpoints, runName: 'demo' }, terminal);
  },
};

/** A folder that passes for a checkpoint; the simulator makes up its answers. */
function madeUpCheckpoint(cacheRoot: string, step: number): CheckpointSource {
  const name = `global_step_${step}`;
  const model = join(cacheRoot, 'demo', name);
  writeSimulatedCheckpoint(model, step);
  return { name, step, model, isFolder: true };
}
