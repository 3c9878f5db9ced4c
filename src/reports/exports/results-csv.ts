import type {
  BenchmarkSummary,
  CheckpointSummary,
  MetricIntervals,
  Metrics,
  WeightedShare,
} from '../../core/summary.ts';
import type { Tally } from '../../core/tally.ts';
import { type CsvCell, csvLine } from './csv-text.ts';
import { benchmarkNames, type ExportedRun, isSimulated, isWhole, missingBenchmarks } from './exported-run.ts';

const identityColumns = ['run', 'checkpoint', 'step', 'mode', 'grader', 'complete', 'simulated'] as const;
const countColumns = ['n', 'correct', 'incorrect', 'no_answer', 'undecided', 'timeout', 'failed'] as const;

/**
 * Every figure of every summary on a line of its own. `kind` is `whole`, `facet`, `bucket`, `weighted`, `quarter` or
 * `metric`; `name` is the facet's or metric's name (its path, with dots), `value` the facet value, bucket or quarter. The
 * figure of a metric stands under `accuracy`; what is not known is empty. Proportions are in [0, 1].
 */
export function* longTable(runs: readonly ExportedRun[]): Generator<string> {
  const figures = ['accuracy', 'upper', 'low', 'high'];
  yield csvLine([...identityColumns, 'benchmark', 'kind', 'name', 'value', ...countColumns, ...figures]);
  for (const run of runs) {
    for (const summary of run.summaries) {
      const identity = identityOf(run, summary);
      for (const [benchmark, result] of Object.entries(summary.benchmarks)) {
        for (const row of rowsOf(result)) yield csvLine([...identity, benchmark, ...row]);
      }
      for (const benchmark of missingBenchmarks(run, summary)) {
        yield csvLine([...identity, benchmark, 'whole', '', '', 0, ...new Array<null>(10).fill(null)]);
      }
    }
  }
}

/** A line for each checkpoint and way of grading, with accuracy, limits and n of each benchmark side by side. */
export function* wideTable(runs: readonly ExportedRun[]): Generator<string> {
  const names = [...new Set(runs.flatMap(benchmarkNames))];
  const columns = names.flatMap((name) => ['accuracy', 'upper', 'low', 'high', 'n'].map((part) => `${name}_${part}`));
  yield csvLine([...identityColumns, ...columns, 'average']);
  for (const run of runs) {
    const own = benchmarkNames(run);
    for (const summary of run.summaries) {
      const tallies = names.map((name) =>
        Object.hasOwn(summary.benchmarks, name) ? summary.benchmarks[name] : undefined,
      );
      const cells = tallies.flatMap((tally): CsvCell[] =>
        tally ? [...figuresOf(tally), tally.asked] : [null, null, null, null, null],
      );
      yield csvLine([...identityOf(run, summary), ...cells, averageOf(summary, own)]);
    }
  }
}

/** The plain mean over the run's benchmarks; null unless all of them have an accuracy, since other means cannot be compared. */
function averageOf({ benchmarks }: CheckpointSummary, names: readonly string[]): number | null {
  const accuracies = names.map((name) =>
    Object.hasOwn(benchmarks, name) ? (benchmarks[name]?.accuracy ?? null) : null,
  );
  const known = accuracies.filter((accuracy) => accuracy !== null);
  if (known.length === 0 || known.length < accuracies.length) return null;
  return known.reduce((sum, accuracy) => sum + accuracy, 0) / known.length;
}

function identityOf(run: ExportedRun, summary: CheckpointSummary): CsvCell[] {
  const { name, step, mode, grader } = summary;
  return [run.record.run, name, step, mode, grader, isWhole(run, summary), isSimulated(run)];
}

function* rowsOf(result: BenchmarkSummary): Generator<CsvCell[]> {
  yield ['whole', '', '', ...tallyCells(result)];
  for (const [facet, values] of Object.entries(result.facets)) {
    for (const [value, tally] of Object.entries(values)) yield ['facet', facet, value, ...tallyCells(tally)];
  }
  const { difficulty } = result;
  if (difficulty) {
    for (const [bucket, tally] of Object.entries(difficulty.buckets)) {
      yield ['bucket', 'difficulty', bucket, ...tallyCells(tally)];
    }
    for (const [bucket, share] of Object.entries(difficulty.weighted)) {
      yield ['weighted', 'difficulty', bucket, ...shareCells(share)];
    }
    for (const [quarter, tally] of Object.entries(difficulty.quarters)) {
      yield ['quarter', 'difficulty', quarter, ...tallyCells(tally)];
    }
  }
  yield* metricRows(result.metrics, result.metric_intervals, '');
}

function* metricRows(metrics: Metrics, intervals: MetricIntervals | undefined, above: string): Generator<CsvCell[]> {
  for (const [key, figure] of Object.entries(metrics)) {
    const name = `${above}${key}`;
    const rests = intervals?.[key];
    if (typeof figure === 'object' && figure !== null) {
      yield* metricRows(figure, rests as MetricIntervals | undefined, `${name}.`);
      continue;
    }
    // Summaries of earlier versions have figures without what they rest on.
    const { n = null, interval = null } = (rests ?? {}) as { n?: number; interval?: readonly [number, number] | null };
    yield ['metric', name, '', n, ...noCounts, figure, null, interval?.[0] ?? null, interval?.[1] ?? null];
  }
}

const noCounts = new Array<null>(countColumns.length - 1).fill(null);

function shareCells({ n, accuracy, interval }: WeightedShare): CsvCell[] {
  return [n, ...noCounts, accuracy, null, interval?.[0] ?? null, interval?.[1] ?? null];
}

function tallyCells(tally: Tally): CsvCell[] {
  const { asked, correct, incorrect, no_answer, undecided, timeout, failed } = tally;
  return [asked, correct, incorrect, no_answer, undecided, timeout, failed, ...figuresOf(tally)];
}

function figuresOf({ accuracy, upper, interval }: Tally): CsvCell[] {
  return [accuracy, upper, interval?.[0] ?? null, interval?.[1] ?? null];
}
