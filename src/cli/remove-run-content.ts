import { existsSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { gradingModes } from '../core/grade.ts';
import type { RunDirectory } from '../core/run-directory.ts';

/** The names that a run's folder holds; anything else there is not ours to delete. */
const ownNames: ReadonlySet<string> = new Set([
  'run.json',
  'sessions.jsonl',
  'checkpoints',
  'imports',
  'judgements.jsonl',
  'report',
  'log.jsonl',
  ...gradingModes.map((mode) => `comparison.${mode}.json`),
]);
const ownCheckpointNames = /^(?:checkpoint\.json|responses|grades|(?:summary|audit)\.\w+\.json|servers)$/;

/**
 * Deletes a run's content for `--fresh`; the caller holds its lock. run.json goes last, so that what an interrupted
 * deletion leaves is still known as a run.
 *
 * @throws {SynthrlError} `USAGE` where the folder holds something that no run wrote
 */
export function removeRunContent(run: RunDirectory): void {
  const names = namesIn(run.path).filter((name) => !name.startsWith('run.lock') && !isTemporary(name));
  const foreign = run.exists ? names.filter((name) => !ownNames.has(name)) : names;
  // A training run's folder may be called so too: these must look like a run's own.
  for (const checkpoint of namesIn(join(run.path, 'checkpoints'))) {
    const inside = namesIn(join(run.path, 'checkpoints', checkpoint));
    if (!inside.every((name) => ownCheckpointNames.test(name) || isTemporary(name))) {
      foreign.push(`checkpoints/${checkpoint}`);
    }
  }
  if (foreign.length > 0) {
    throw new SynthrlError(
      'USAGE',
      `--fresh would delete ${run.path}, which also holds ${foreign.slice(0, 5).join(', ')}.`,
      {
        hint: 'Move what is not part of the run, or choose another --run-name.',
      },
    );
  }
  for (const name of namesIn(run.path)
    .filter((name) => ownNames.has(name) || isTemporary(name))
    .sort(recordLast)) {
    rmSync(join(run.path, name), { recursive: true, force: true });
  }
}

function recordLast(left: string, right: string): number {
  return Number(left === 'run.json') - Number(right === 'run.json');
}

/** What a whole file is written under before it gets its name; a killed process leaves it. */
function isTemporary(name: string): boolean {
  return /\.\d+-[0-9a-f]{8}\.tmp$/.test(name);
}

function namesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}

/** Removes the folder that locking a run made when the run then did not begin. */
export function removeIfEmpty(path: string): void {
  if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
}
