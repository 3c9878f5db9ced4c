import type { BenchmarkSummary, CheckpointSummary } from '../core/summary.ts';

/**
 * One checkpoint's summary over its benchmarks. It is complete when every benchmark that was expected is there and no
 * sample of it failed.
 *
 * @param options.expected - the benchmarks that were asked, in the order in which they are reported
 * @param options.benchmarks - the summaries there are; one that was not expected comes last
 */
export function summariseCheckpoint(
  options: Pick<CheckpointSummary, 'name' | 'step' | 'mode' | 'grader' | 'benchmarks'> & {
    readonly expected: readonly string[];
  },
): CheckpointSummary {
  const { name, step, mode, grader, expected } = options;
  const names = [...new Set([...expected, ...Object.keys(options.benchmarks)])];
  const benchmarks: [string, BenchmarkSummary][] = [];
  for (const benchmark of names) {
    const summary = options.benchmarks[benchmark];
    if (summary !== undefined) benchmarks.push([benchmark, summary]);
  }
  const complete = benchmarks.length === names.length && benchmarks.every(([, summary]) => summary.failed === 0);
  return { name, step, mode, grader, complete, benchmarks: Object.fromEntries(benchmarks) };
}
