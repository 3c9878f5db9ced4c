import { existsSync, readFileSync } from 'node:fs';
import { SynthrlError } from '../core/errors.ts';
import type { CheckpointDirectory } from '../core/run-directory.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { CheckpointSource } from './find-checkpoints.ts';

/** checkpoint.json: which weights a checkpoint's responses came from. */
export interface CheckpointRecord {
  readonly name: string;
  readonly step: number | null;
  /** Where the weights lay, or the model's name at an endpoint. */
  readonly source: string;
  /** SHA-256 over config, headers and sampled blocks; null for a model that an endpoint serves or an import. */
  readonly fingerprint: string | null;
}

/** The record of a checkpoint of a run, or undefined where it has none yet. */
export function readCheckpointRecord(directory: CheckpointDirectory): CheckpointRecord | undefined {
  if (!existsSync(directory.record)) return undefined;
  return JSON.parse(readFileSync(directory.record, 'utf8')) as CheckpointRecord;
}

/**
 * Writes checkpoint.json, or checks that the weights are those that earlier responses came from. The path may change.
 *
 * @throws {SynthrlError} `CHECKPOINT_CHANGED`
 */
export function openCheckpoint(
  directory: CheckpointDirectory,
  source: CheckpointSource,
  fingerprint: string | null,
): void {
  const before = readCheckpointRecord(directory);
  if (before === undefined) {
    const record: CheckpointRecord = { name: source.name, step: source.step, source: source.model, fingerprint };
    writeWholeFile(directory.record, `${JSON.stringify(record, null, 2)}\n`);
    return;
  }
  if (before.fingerprint === fingerprint && (fingerprint !== null || before.source === source.model)) return;
  throw new SynthrlError(
    'CHECKPOINT_CHANGED',
    `The weights of ${source.name} are not the ones that its earlier responses in this run came from.`,
    { hint: 'Use another --run-name, or --fresh to delete the run and begin anew.' },
  );
}
