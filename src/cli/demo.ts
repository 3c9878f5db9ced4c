import { join, resolve } from 'node:path';
import { packageRoot } from '../core/package-root.ts';
import { writeSimulatedCheckpoint } from '../simulator/write-checkpoint.ts';
import type { CheckpointSource } from '../sweep/find-checkpoints.ts';
import { battleOptions } from './battle-options.ts';
import type { Command } from './command.ts';
import { evaluationOptions } from './evaluation-options.ts';
import { readSuite } from './read-suite.ts';
import { resolveOptions } from './resolve-options.ts';
import type { Terminal } from './terminal.ts';

const options = ['runs-root', 'cache-root', 'json'] as const;
const ratingOptions = [
  ...battleOptions,
  'data-root',
  'data',
  'out',
  'bootstrap',
  'ties',
  'prior',
  'seed',
  'json',
] as const;

/** Training steps of the three checkpoints that the demo makes up; the simulator's ability rises with the step. */
const steps = [20, 60, 180];

/** How each sample's problems fight: few opponents, so that the whole takes seconds. */
const battles = { design: 'cycles', opponents: 6 };

export const demo: Command = {
  usage: 'demo',
  describe: 'Try everything on built-in samples and a simulated server; needs no GPU, key or download',
  options,
  async run(flags, terminal) {
    const { benchmarks: registry } = await import('../../benchmarks/index.ts');
    const { evaluate } = await import('./evaluate.ts');
    const { rateSamples } = await import('./demo-ratings.ts');
    const names = registry.filter(({ onlyWhenNamed }) => onlyWhenNamed !== true).map(({ name }) => name);
    const folders = resolveOptions(options, flags, process.env);
    const data = names.map((name) => `${name}=${join(packageRoot, 'benchmarks', name, 'sample')}`);
    terminal.note(
      'The built-in samples, a simulated judge that says which problems are harder, and then three made-up checkpoints on the simulator in place of vLLM.',
    );
    const ratings = await rateSamples({
      names,
      settings: resolveOptions(ratingOptions, { ...folders, ...battles, data, json: false }, {}),
      folder: join(resolve(folders['cache-root']), 'demo', 'ratings'),
      terminal,
    });
    const choices = {
      ...folders,
      benchmarks: names.join(','),
      data,
      ratings,
      engine: 'simulator',
      gpus: '2',
      fresh: true,
    };
    const settings = resolveOptions(evaluationOptions, choices, {}, readSuite('synthrl'));
    const checkpoints = steps.map((step) => madeUpCheckpoint(resolve(folders['cache-root']), step));
    const status = await evaluate({ command: 'demo', settings, checkpoints, runName: 'demo' }, terminal);
    if (status === 0 && !folders.json) await judgeCheckpoints({ ...folders, data, ratings }, terminal);
    return status;
  },
};

/** Which checkpoint is best, then a gate that passes and one that stops a bad checkpoint. */
async function judgeCheckpoints(flags: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<void> {
  const { compare } = await import('./compare.ts');
  const { gate } = await import('./gate.ts');
  const [first, , last] = steps.map(nameOf);
  const rules = join(packageRoot, 'evaluation', 'gates', 'example.yaml');
  terminal.print('\nsynthrl compare demo\n');
  await compare.run({ ...flags, run: 'demo' }, terminal);
  for (const [checkpoint, baseline] of [
    [last, first],
    [first, last],
  ]) {
    terminal.print(
      `\nsynthrl gate demo --checkpoint ${checkpoint} --baseline ${baseline} --rules evaluation/gates/example.yaml\n`,
    );
    const status = await gate.run({ ...flags, run: 'demo', checkpoint, baseline, rules }, terminal);
    terminal.print(`exit status ${status}`);
  }
}

/** A folder that passes for a checkpoint; the simulator makes up its answers. */
function madeUpCheckpoint(cacheRoot: string, step: number): CheckpointSource {
  const name = nameOf(step);
  const model = join(cacheRoot, 'demo', name);
  writeSimulatedCheckpoint(model, step);
  return { name, step, model, isFolder: true };
}

function nameOf(step: number): string {
  return `global_step_${step}`;
}
