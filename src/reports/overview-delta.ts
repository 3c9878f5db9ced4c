import type { RunComparison } from '../analysis/compare/run-comparison.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { pointsText } from './points.ts';
import type { Cell } from './table-model.ts';

/** How a checkpoint stands to the base on a benchmark, in points; for the base itself, nothing. */
export type Delta = Pick<Cell, 'delta' | 'trend'>;

/**
 * The difference of a checkpoint to its base on one benchmark. From a comparison, where there is one of these grades: then
 * a difference that holds after correction is marked. Else to the first checkpoint of the same mode, and never marked.
 */
export function deltaToBase(
  summary: CheckpointSummary,
  benchmark: string,
  all: readonly CheckpointSummary[],
  comparisons: readonly RunComparison[],
): Delta {
  const comparison = comparisons.find(({ mode }) => mode === summary.mode);
  if (comparison !== undefined) {
    const finding = comparison.overBase.find(({ newer }) => newer === summary.name)?.benchmarks[benchmark];
    if (finding === undefined) return {};
    const trend = finding.difference > 0 ? 'better' : 'worse';
    return { delta: pointsText(finding.difference), ...(finding.adjusted < 0.05 ? { trend } : {}) };
  }
  const base = all.find(({ mode }) => mode === summary.mode);
  const before = base?.benchmarks[benchmark]?.accuracy ?? null;
  const now = summary.benchmarks[benchmark]?.accuracy ?? null;
  if (base === summary || before === null || now === null) return {};
  return { delta: pointsText(now - before) };
}
