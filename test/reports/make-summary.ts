import { summariseBenchmark } from '../../src/analysis/summarise-benchmark.ts';
import { type Verdict, verdicts } from '../../src/core/grade.ts';
import type { BenchmarkSummary, CheckpointSummary, MetricSet, RunSummary } from '../../src/core/summary.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { makeProblem, makeVerdicts } from '../analysis/make-outcomes.ts';

/** A tally-only summary from plain counts, rows independent. */
export function summaryOf(counts: Partial<Record<Verdict, number>>): BenchmarkSummary {
  const given = verdicts.flatMap((verdict) => new Array<Verdict>(counts[verdict] ?? 0).fill(verdict));
  return summariseBenchmark({
    problems: given.map((_, at) => makeProblem({ id: `${at}` })),
    repeat: 1,
    verdicts: makeVerdicts(Object.fromEntries(given.map((verdict, at) => [`${at}`, [verdict]]))),
    metrics: [],
    crossFacets: [],
  });
}

/** A run summary from checkpoints by name. */
export function runOf(
  checkpoints: Readonly<Record<string, Readonly<Record<string, BenchmarkSummary>>>>,
  complete = true,
): RunSummary {
  const rows = Object.entries(checkpoints).map(([name, benchmarks]) => ({ name, step: null, benchmarks }));
  return { run: 'demo/run', complete, checkpoints: rows };
}

export interface DrawnBenchmark {
  readonly facets: Readonly<Record<string, readonly string[]>>;
  readonly metrics?: readonly MetricSet[];
  readonly crossFacets?: readonly (readonly [string, string])[];
  readonly rows: number;
  readonly groupSize?: number;
  readonly repeat?: number;
}

/** A summary of drawn verdicts with a given ability, so that facets and metrics are all there. */
export function drawSummary(
  seed: string,
  ability: number,
  benchmark: DrawnBenchmark,
  failing: Partial<Record<Verdict, number>> = {},
): BenchmarkSummary {
  const random = createRandom(seed);
  const { groupSize = 1, repeat = 1 } = benchmark;
  const problems = Array.from({ length: benchmark.rows }, (_, at) =>
    makeProblem({
      id: `${at}`,
      group: `${Math.floor(at / groupSize)}`,
      facets: Object.fromEntries(
        Object.entries(benchmark.facets).map(([facet, labels], place) => [
          facet,
          [
            labels[place === 0 ? at % labels.length : Math.floor(createRandom(`${facet}/${at}`)() * labels.length)] ??
              '',
          ],
        ]),
      ),
    }),
  );
  const draw = (): Verdict => {
    for (const [verdict, chance] of Object.entries(failing)) if (random() < chance) return verdict as Verdict;
    return random() < ability ? 'correct' : random() < 0.06 ? 'no_answer' : 'incorrect';
  };
  const drawn = Object.fromEntries(problems.map(({ id }) => [id, Array.from({ length: repeat }, draw)]));
  return summariseBenchmark({
    problems,
    repeat,
    verdicts: makeVerdicts(drawn),
    metrics: benchmark.metrics ?? [],
    crossFacets: benchmark.crossFacets ?? [],
  });
}

export function checkpointOf(
  name: string,
  step: number | null,
  benchmarks: Readonly<Record<string, BenchmarkSummary>>,
): CheckpointSummary {
  const complete = Object.values(benchmarks).every((summary) => summary.failed === 0);
  return { name, step, mode: 'rules', grader: 'rules/1', complete, benchmarks };
}
