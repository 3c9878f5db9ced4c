import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { formatBytes } from './format-bytes.ts';

/** Left free beyond what is fetched, so that the machine stays usable. */
const reserveBytes = 64 * 1024 * 1024;

/**
 * Makes sure that what is still to come fits on the disk.
 *
 * @throws {SynthrlError} `DISK_FULL` with both figures
 */
export function requireSpace(folder: string, bytes: number): void {
  let existing = resolve(folder);
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  const free = bavail * bsize;
  if (bytes === 0 || bytes + reserveBytes <= free) return;
  throw new SynthrlError(
    'DISK_FULL',
    `${formatBytes(bytes)} are still to be fetched into ${folder}, and ${formatBytes(free)} are free there.`,
    {
      hint: 'Free some space, fetch fewer benchmarks, or name another place with --data-root. Nothing was downloaded.',
    },
  );
}
