import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';
import type { ProblemFields } from './define-benchmark.ts';

/**
 * SHA-256 over what the problems say, in order, with images by their names in the data: equal on all machines, and
 * unchanged by a repaired picture.
 */
export function dataHash(benchmark: string, problems: readonly ProblemFields[]): string {
  const hash = createHash('sha256').update(`${benchmark}\n`);
  for (const problem of problems) hash.update(`${canonicalJson(problem)}\n`);
  return hash.digest('hex');
}
