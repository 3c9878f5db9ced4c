import { type ComparisonRequest, compareCheckpoints } from '../../src/analysis/compare/compare-checkpoints.ts';
import type { RunComparison } from '../../src/analysis/compare/run-comparison.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { makeBenchmark, makeCheckpoint } from '../analysis/compare/make-comparison.ts';

/** A comparison of checkpoints with given abilities, by name, on benchmarks of 400 problems each. */
export function drawComparison(
  abilities: Readonly<Record<string, number>>,
  benchmarks: readonly string[] = ['mathvision', 'wemath'],
  request: Partial<ComparisonRequest> = {},
  members: Partial<RunComparison> = {},
): RunComparison {
  const random = createRandom('comparison');
  const hard = benchmarks.map(() => Array.from({ length: 400 }, random));
  const checkpoints = Object.entries(abilities).map(([name, ability]) =>
    makeCheckpoint(
      name,
      Object.fromEntries(
        benchmarks.map((benchmark, at) => [
          benchmark,
          (hard[at] ?? []).map((shared) => ((random() < 0.8 ? shared : random()) < ability ? '+' : '-')).join(''),
        ]),
      ),
    ),
  );
  const compared = compareCheckpoints({
    benchmarks: benchmarks.map((name) => makeBenchmark(name, 400)),
    checkpoints,
    seed: 'report',
    ...request,
  });
  return {
    schema: 1,
    run: 'INFO/run',
    mode: 'rules',
    grader: 'rules/2',
    complete: true,
    simulated: false,
    seed: 0,
    summaries: '',
    ...compared,
    ...members,
  };
}
