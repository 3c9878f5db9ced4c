import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { compareNames } from '../core/run-directory.ts';
import { stepOf } from './step-of.ts';

/** One set of weights to evaluate. */
export interface CheckpointSource {
  /** Name in the run, e.g. `global_step_16`. */
  readonly name: string;
  /** Training step, where the name tells one. */
  readonly step: number | null;
  /** What the engine is given: a model folder, or a model id or name at an endpoint. */
  readonly model: string;
  /** Whether `model` is a folder on this machine. */
  readonly isFolder: boolean;
}

/**
 * The checkpoints of a training run, by step.
 *
 * A folder with config.json is one checkpoint. Otherwise its `global_step_N` (with `actor/huggingface` inside, as the
 * EasyR1 trainer lays them out, or the weights themselves), `checkpoint-N`, and any other folder with config.json.
 *
 * @throws {SynthrlError} `CHECKPOINTS_NOT_FOUND`
 */
export function findCheckpoints(checkpointsRoot: string, run: string): CheckpointSource[] {
  const folder = join(checkpointsRoot, run);
  if (!isFolder(folder)) {
    throw new SynthrlError('CHECKPOINTS_NOT_FOUND', `There is no training run at ${folder}.`, {
      hint: neighbours(checkpointsRoot),
    });
  }
  if (existsSync(join(folder, 'config.json')))
    return [{ name: basename(folder), step: stepOf(basename(folder)), model: folder, isFolder: true }];
  const found = readdirSync(folder)
    .filter((name) => isFolder(join(folder, name)))
    .flatMap((name) => asCheckpoint(folder, name))
    .sort((left, right) => (left.step ?? -1) - (right.step ?? -1) || compareNames(left.name, right.name));
  if (found.length > 0) return found;
  throw new SynthrlError('CHECKPOINTS_NOT_FOUND', `${folder} holds no checkpoint.`, {
    hint: 'Expected global_step_N/actor/huggingface, global_step_N or checkpoint-N folders in it, or a config.json of its own.',
  });
}

function asCheckpoint(folder: string, name: string): CheckpointSource[] {
  const own = join(folder, name);
  const isTrainingStep = /^global_step_\d+$/.test(name) || /^checkpoint-\d+$/.test(name);
  if (!isTrainingStep && !existsSync(join(own, 'config.json'))) return [];
  const nested = join(own, 'actor', 'huggingface');
  // A step that has an actor folder is of the sharded layout even where nothing was merged into it yet.
  const model = existsSync(join(own, 'actor')) && !existsSync(join(own, 'config.json')) ? nested : own;
  return [{ name, step: stepOf(name), model, isFolder: true }];
}

/** What a person may have meant. */
function neighbours(checkpointsRoot: string): string {
  if (!isFolder(checkpointsRoot)) {
    return `The checkpoints root ${checkpointsRoot} does not exist. Name it with --checkpoints-root.`;
  }
  const names = readdirSync(checkpointsRoot).filter((name) => isFolder(join(checkpointsRoot, name)));
  const listed = names.slice(0, 10).join(', ');
  return names.length === 0
    ? `The checkpoints root ${checkpointsRoot} is empty. Name another with --checkpoints-root.`
    : `Below ${checkpointsRoot} there is: ${listed}${names.length > 10 ? ', …' : ''}. A run may also be a path, such as INFO/name.`;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
