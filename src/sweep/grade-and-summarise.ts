import { existsSync, readFileSync } from 'node:fs';
import type { ProblemRatings } from '../analysis/difficulty-summary.ts';
import { summariseBenchmark } from '../analysis/summarise-benchmark.ts';
import { SynthrlError } from '../core/errors.ts';
import { type GradingMode, gradingModes, type Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import type { CheckpointDirectory, RunDirectory } from '../core/run-directory.ts';
import type { BenchmarkSummary, CheckpointSummary } from '../core/summary.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { gradeCheckpoint } from '../grading/grade-checkpoint.ts';
import { type Grader, judgeFailedRule } from '../grading/grader.ts';
import type { LoadedBenchmark } from '../problems/load-problems.ts';
import { readCheckpointRecord } from './checkpoint-record.ts';
import { stepOf } from './step-of.ts';

/** What tells a checkpoint from others. */
export interface ScoredCheckpoint {
  readonly name: string;
  /** SHA-256 of its weights; null where that is not known. */
  readonly fingerprint: string | null;
}

/** A benchmark with the problems that this invocation is about (`--limit` may have cut them). */
export interface BenchmarkUnderTest {
  readonly loaded: LoadedBenchmark;
  readonly problems: readonly Problem[];
  /** How hard the problems are for one checkpoint to be scored on, where ratings were found: never made from its own answers. */
  readonly ratings?: (checkpoint: ScoredCheckpoint) => ProblemRatings | undefined;
}

/**
 * Grades a checkpoint's responses, writes its grades and summary.<mode>.json. Needs no server.
 *
 * @param onTorn - told how many torn journal lines were dropped, where any were
 */
export async function gradeAndSummarise(options: {
  checkpoint: CheckpointDirectory;
  benchmarks: readonly BenchmarkUnderTest[];
  repeat: number;
  grader: Grader;
  onTorn?: (benchmark: string, lines: number) => void;
}): Promise<CheckpointSummary> {
  const verdicts = new Map<string, ReadonlyMap<string, Verdict>>();
  const { repeat } = options;
  const { grader, unjudged } = countingUnjudged(options.grader);
  for (const { loaded, problems } of options.benchmarks) {
    const benchmark = loaded.benchmark.name;
    const graded = await gradeCheckpoint({ checkpoint: options.checkpoint, benchmark, problems, repeat, grader });
    if (graded.torn > 0) options.onTorn?.(benchmark, graded.torn);
    verdicts.set(benchmark, graded.verdicts);
  }
  return writeSummary({
    ...options,
    verdicts,
    mode: grader.mode,
    grader: grader.version,
    unjudged: unjudged(),
  });
}

/** The same grader, with a count of the responses that its judge could not be asked about. */
function countingUnjudged(inner: Grader): { grader: Grader; unjudged: () => number } {
  let unjudged = 0;
  const grader: Grader = {
    mode: inner.mode,
    version: inner.version,
    batchSize: inner.batchSize,
    async grade(items) {
      const graded = await inner.grade(items);
      unjudged += graded.filter(({ rule }) => rule === judgeFailedRule).length;
      return graded;
    },
    close: () => inner.close(),
  };
  return { grader, unjudged: () => unjudged };
}

/** Counts verdicts by benchmark and writes summary.<mode>.json. */
export function writeSummary(options: {
  checkpoint: CheckpointDirectory;
  benchmarks: readonly BenchmarkUnderTest[];
  repeat: number;
  verdicts: ReadonlyMap<string, ReadonlyMap<string, Verdict>>;
  mode: GradingMode;
  grader: string;
  /** Responses that the judge could not be asked about. */
  unjudged?: number;
}): CheckpointSummary {
  const { name } = options.checkpoint;
  const record = readCheckpointRecord(options.checkpoint);
  const benchmarks: Record<string, BenchmarkSummary> = {};
  for (const { loaded, problems, ratings: ratingsFor } of options.benchmarks) {
    const { name: benchmark, metrics, crossFacets } = loaded.benchmark;
    const verdicts = options.verdicts.get(benchmark) ?? new Map<string, Verdict>();
    const ratings = ratingsFor?.({ name, fingerprint: record?.fingerprint ?? null });
    benchmarks[benchmark] = summariseBenchmark({
      problems,
      repeat: options.repeat,
      verdicts,
      metrics,
      crossFacets,
      ...(ratings ? { ratings } : {}),
    });
  }
  const summary: CheckpointSummary = {
    name,
    step: record === undefined ? stepOf(name) : record.step,
    mode: options.mode,
    grader: options.grader,
    complete: !options.unjudged && Object.values(benchmarks).every((benchmark) => benchmark.failed === 0),
    ...(options.unjudged ? { unjudged: options.unjudged } : {}),
    benchmarks,
  };
  writeWholeFile(options.checkpoint.summary(options.mode), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/**
 * All summaries of a run, by step and name; rules before imported verdicts.
 *
 * @throws {SynthrlError} `RECORD_INVALID`
 */
export function readSummaries(run: RunDirectory): CheckpointSummary[] {
  const summaries = run.checkpoints().flatMap((checkpoint) =>
    gradingModes
      .map((mode) => checkpoint.summary(mode))
      .filter((path) => existsSync(path))
      .map(readSummary),
  );
  return summaries.sort((left, right) => (left.step ?? -1) - (right.step ?? -1));
}

function readSummary(path: string): CheckpointSummary {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as CheckpointSummary;
  } catch (error) {
    throw new SynthrlError('RECORD_INVALID', `${path} cannot be read as a summary.`, {
      hint: 'It is made from the other files: delete it and run `synthrl grade`, or import its file again.',
      cause: error,
    });
  }
}
