import type { RunRecord } from '../../core/run-record.ts';
import type { Session } from '../../core/session.ts';
import type { CheckpointSummary } from '../../core/summary.ts';
import type { BenchmarkTitles } from '../page-model.ts';

/** A run as exports need it: what was asked, by whom it was answered, and what came out. */
export interface ExportedRun {
  readonly record: RunRecord;
  readonly sessions: readonly Session[];
  /** In the order in which checkpoints are shown; one for each way of grading. */
  readonly summaries: readonly CheckpointSummary[];
  readonly titles: BenchmarkTitles;
  /** Program and version. */
  readonly generator: string;
}

/** Whether a simulator answered or judged: then no figure says anything about a model. */
export function isSimulated({ sessions }: ExportedRun): boolean {
  return sessions.some(({ engine, judge }) => engine?.simulated === true || judge?.simulated === true);
}

/** Every benchmark that was asked or has a result, those of the question first. */
export function benchmarkNames({ record, summaries }: ExportedRun): string[] {
  const asked = record.question.kind === 'asked' ? record.question.benchmarks.map(({ name }) => name) : [];
  return [...new Set([...asked, ...summaries.flatMap(({ benchmarks }) => Object.keys(benchmarks))])];
}

/** Benchmarks that the run asks and this checkpoint has no result of. An import asks nothing, so that nothing is missing. */
export function missingBenchmarks({ record }: ExportedRun, summary: CheckpointSummary): string[] {
  if (record.question.kind !== 'asked' || summary.mode === 'imported') return [];
  return record.question.benchmarks.map(({ name }) => name).filter((name) => !Object.hasOwn(summary.benchmarks, name));
}

/** Whether all that was asked of a checkpoint has its answer and its verdict. */
export function isWhole(run: ExportedRun, summary: CheckpointSummary): boolean {
  return summary.complete && missingBenchmarks(run, summary).length === 0;
}

/** Whether the run has results and all of them are whole. */
export function isComplete(run: ExportedRun): boolean {
  return run.summaries.length > 0 && run.summaries.every((summary) => isWhole(run, summary));
}
