import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { RunDirectory } from '../core/run-directory.ts';

/** The names that a run's folder holds; anything else there is not ours to delete. */
const ownNames = new Set(['run.json', 'sessions.jsonl', 'checkpoints', 'judgements.jsonl', 'report', 'log.jsonl']);

/**
 * Deletes a run's content for `--fresh`; the caller holds its lock.
 *
 * @throws {SynthrlError} `USAGE` where the folder holds something that no run wrote
 */
export function removeRunContent(run: RunDirectory): void {
  if (!existsSync(run.path)) return;
  const names = readdirSync(run.path).filter((name) => !name.startsWith('run.lock') && !name.endsWith('.tmp'));
  const foreign = names.filter((name) => !ownNames.has(name));
  if (foreign.length > 0) {
    throw new SynthrlError(
      'USAGE',
      `--fresh would delete ${run.path}, which also holds ${foreign.slice(0, 5).join(', ')}.`,
      {
        hint: 'Move what is not part of the run, or choose another --run-name.',
      },
    );
  }
  for (const name of names) rmSync(join(run.path, name), { recursive: true, force: true });
}

/** Removes the folder that locking a run made when the run then did not begin. */
export function removeIfEmpty(path: string): void {
  if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
}
