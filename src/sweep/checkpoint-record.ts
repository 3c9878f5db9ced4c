import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { SynthrlError } from '../core/errors.ts';
import type { CheckpointDirectory } from '../core/run-directory.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { CheckpointSource } from './find-checkpoints.ts';

const checkpointRecordSchema = z.object({
  name: z.string(),
  step: z.number().nullable(),
  /** Where the weights lay, or the model's name at an endpoint. */
  source: z.string(),
  /** SHA-256 over config, headers and sampled blocks; null for a model that an endpoint serves or an import. */
  fingerprint: z.string().nullable(),
});

/** checkpoint.json: which weights a checkpoint's responses came from. */
export type CheckpointRecord = z.infer<typeof checkpointRecordSchema>;

/**
 * The record of a checkpoint of a run, or undefined where it has none yet.
 *
 * @throws {SynthrlError} `RECORD_INVALID`
 */
export function readCheckpointRecord(directory: CheckpointDirectory): CheckpointRecord | undefined {
  if (!existsSync(directory.record)) return undefined;
  try {
    return checkpointRecordSchema.parse(JSON.parse(readFileSync(directory.record, 'utf8')));
  } catch (error) {
    throw new SynthrlError('RECORD_INVALID', `${directory.record} cannot be read as the record of a checkpoint.`, {
      hint: 'It was edited or written by another program. Restore it, or use --fresh to begin the run anew.',
      cause: error,
    });
  }
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
