import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SynthrlError } from '../core/errors.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { isSafeName } from './file-names.ts';

const recordName = 'fetched.json';
const name = z.string().refine(isSafeName, 'not a name inside the folder');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const gitSha1 = z.string().regex(/^[0-9a-f]{40}$/);
const bytes = z.int().min(0);

/** One file of a data set at one revision, as the hub lists it. */
export const remoteFileSchema = z.object({
  path: name,
  bytes,
  sha256: sha256.exactOptional(),
  gitSha1: gitSha1.exactOptional(),
});
export type RemoteFile = z.infer<typeof remoteFileSchema>;

const keptFileSchema = z.object({
  bytes,
  sha256,
  gitSha1: gitSha1.exactOptional(),
  /** Modification time in milliseconds when the content was verified; another one means that it must be looked at again. */
  modifiedMs: z.int(),
});
export type KeptFile = z.infer<typeof keptFileSchema>;

const recordSchema = z.object({
  format: z.literal(1),
  dataset: z.string(),
  /** Commit that is fetched, now and later. */
  revision: gitSha1,
  /** Where it came from, without credentials. */
  endpoint: z.string(),
  licence: z.string(),
  /** What belongs to the data set. */
  files: z.array(remoteFileSchema),
  /** What of it was verified on this disk, by path. */
  kept: z.record(name, keptFileSchema),
});
/** What was fetched into a folder, from where, and what was verified. Lies beside the data as `fetched.json`. */
export type FetchedRecord = z.infer<typeof recordSchema>;

/** @throws {SynthrlError} `RECORD_INVALID` */
export function readFetchedRecord(folder: string): FetchedRecord | undefined {
  const path = join(folder, recordName);
  if (!existsSync(path)) return undefined;
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new SynthrlError('RECORD_INVALID', `${path} is not a record of what was fetched.`, {
      hint: 'Delete it: files that are there are then compared with the hub and kept where they are right.',
      cause: error,
    });
  }
}

/** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
export function writeFetchedRecord(folder: string, record: FetchedRecord): void {
  writeWholeFile(join(folder, recordName), `${JSON.stringify(record, undefined, 2)}\n`);
}
