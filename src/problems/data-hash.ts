import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';
import type { ProblemFields } from './define-benchmark.ts';

/**
 * SHA-256 over what the problems say, in order, with images by their names in the data: equal on all machines, and
 * unchanged by a repaired picture. How the gold is read (its policy, and the options that were split from a text) is
 * left out: a better reading must not part a run from the data that it asked, so that it can be graded again.
 */
export function dataHash(benchmark: string, problems: readonly ProblemFields[]): string {
  const hash = createHash('sha256').update(`${benchmark}\n`);
  for (const { policy: _policy, choices: _choices, ...said } of problems) hash.update(`${canonicalJson(said)}\n`);
  return hash.digest('hex');
}
