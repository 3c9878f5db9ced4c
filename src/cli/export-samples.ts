import { existsSync } from 'node:fs';
import type { ProblemRatings } from '../analysis/difficulty-summary.ts';
import { SynthrlError } from '../core/errors.ts';
import { type Grade, type GradingMode, gradeSchema, gradingModes } from '../core/grade.ts';
import { readJsonLines } from '../core/json-lines.ts';
import { readResponses } from '../core/response-journal.ts';
import type { CheckpointDirectory, RunDirectory } from '../core/run-directory.ts';
import { bucketOf } from '../difficulty/ratings/bucket.ts';
import type { ExportedRun } from '../reports/exports/exported-run.ts';
import type { GradedSamples } from '../reports/exports/graded-samples.ts';
import { readCheckpointRecord } from '../sweep/checkpoint-record.ts';
import { stepOf } from '../sweep/step-of.ts';
import { withRatings } from './find-ratings.ts';
import { askedBenchmarks } from './load-verdicts.ts';
import type { Settings } from './options.ts';
import { loadAsBefore } from './regrade-run.ts';

/**
 * The answers and grades of a run, one checkpoint, benchmark and way of grading at a time; the texts of one are held.
 * Data is found where flags say, else where the run's last session found it.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND`, `DATA_CHANGED`, `RECORD_INVALID` for a line that is no grade, …
 */
export async function* gradedSamples(
  directory: RunDirectory,
  run: ExportedRun,
  settings: Settings<'data-root' | 'data' | 'ratings'>,
): AsyncGenerator<GradedSamples> {
  for (const [name, { selection, dataHash }] of askedBenchmarks(run.record, run.sessions)) {
    const graded = directory.checkpoints().filter((checkpoint) => modesOf(checkpoint, name).length > 0);
    if (graded.length === 0) continue;
    const loaded = await loadAsBefore({ name, selection, dataHash }, run.sessions, { ...settings, limit: undefined });
    const [benchmark = loaded] = await withRatings([loaded], settings);
    const problems = new Map(loaded.problems.map((problem) => [problem.id, problem]));
    for (const checkpoint of graded) {
      const { final: responses } = await readResponses(checkpoint, name);
      const shared = { run, benchmark: name, problems, responses, ...identityOf(checkpoint) };
      const rated = benchmark.ratings?.({ name: checkpoint.name, fingerprint: shared.fingerprint });
      for (const mode of modesOf(checkpoint, name)) {
        const grades = await readGrades(checkpoint.grades(mode, name));
        const summary = run.summaries.find((one) => one.name === checkpoint.name && one.mode === mode);
        const difficulty = summary?.benchmarks[name]?.difficulty;
        const own = difficulty === undefined || difficulty.source === rated?.source ? rated : undefined;
        yield { ...shared, mode, grader: grades[0]?.grader ?? mode, grades, difficulty, levelOf: levelsBy(own) };
      }
    }
  }
}

function modesOf(checkpoint: CheckpointDirectory, benchmark: string): GradingMode[] {
  return gradingModes.filter((mode) => existsSync(checkpoint.grades(mode, benchmark)));
}

function identityOf(directory: CheckpointDirectory): {
  checkpoint: string;
  step: number | null;
  fingerprint: string | null;
} {
  const { name: checkpoint } = directory;
  const record = readCheckpointRecord(directory);
  if (record === undefined) return { checkpoint, step: stepOf(checkpoint), fingerprint: null };
  return { checkpoint, step: record.step, fingerprint: record.fingerprint };
}

function levelsBy(rated: ProblemRatings | undefined): GradedSamples['levelOf'] {
  return (problem) => {
    const rating = rated?.of(problem);
    if (rated === undefined || rating === undefined) return undefined;
    return { rating: rating.rating, rank: rating.rank, level: bucketOf(rating.rating, rated.set.cuts) };
  };
}

async function readGrades(path: string): Promise<Grade[]> {
  const grades: Grade[] = [];
  for await (const { value, line } of readJsonLines(path)) {
    const read = gradeSchema.safeParse(value);
    if (!read.success) {
      throw new SynthrlError('RECORD_INVALID', `${path}:${line} is not a grade.`, {
        hint: 'It is made from the responses: run `synthrl grade`, or import its file again.',
        cause: read.error,
      });
    }
    grades.push(read.data);
  }
  return grades;
}
