import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';

const root = process.env['SYNTHRL_SHARED'] ?? resolve(import.meta.dirname, '../../shared');
const required = (process.env['SYNTHRL_TEST_REQUIRE'] ?? '').split(',');

/** Path of a reference file; whether it exists is for `describeShared` to find out. */
export function sharedPath(...parts: string[]): string {
  return join(root, ...parts);
}

/** Whether SYNTHRL_TEST_REQUIRE names this need. */
export function isRequired(need: string): boolean {
  return required.includes(need);
}

/**
 * A suite that needs something this machine may lack. Skips with a line that says what is missing,
 * unless SYNTHRL_TEST_REQUIRE (comma-separated) names the need: then it runs and fails.
 */
export function describeNeeding(need: string, met: boolean, missing: string, name: string, suite: () => void): void {
  if (met || isRequired(need)) describe(name, suite);
  else describe.skip(`${name} (skipped: ${missing})`, suite);
}

/** A suite over the reference data; `files` are paths below it that must exist. */
export function describeShared(name: string, files: readonly string[], suite: () => void): void {
  const absent = files.filter((file) => !existsSync(sharedPath(file)));
  describeNeeding('shared', absent.length === 0, `reference data not found: ${absent.join(', ')}`, name, suite);
}
