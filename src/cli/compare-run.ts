import { compareCheckpoints } from '../analysis/compare/compare-checkpoints.ts';
import { hashSummaries, type RunComparison, writeComparison } from '../analysis/compare/run-comparison.ts';
import type { ComparedBenchmark } from '../analysis/compare/score-benchmark.ts';
import type { GradingMode } from '../core/grade.ts';
import type { RunDirectory } from '../core/run-directory.ts';
import { readSessions } from '../core/session.ts';
import { readSummaries } from '../sweep/grade-and-summarise.ts';
import { parseSteps } from '../sweep/step-of.ts';
import { findRatings } from './find-ratings.ts';
import { type GradedCheckpoint, loadVerdicts, type RunVerdicts } from './load-verdicts.ts';
import type { Settings } from './options.ts';

/** Ids of each kind of trajectory that the file lists. */
const mostIdsKept = 50;

type CompareSettings = Settings<
  'data-root' | 'data' | 'ratings' | 'base' | 'grades' | 'steps' | 'facet' | 'problems' | 'seed'
>;

/**
 * Compares the checkpoints of a run and keeps the result in its folder, where the report finds it.
 *
 * @returns the comparison, with all ids of problems where they are wanted
 * @throws {SynthrlError} `RUN_NOT_FOUND`, `GRADES_NOT_FOUND`, `COMPARISON_IMPOSSIBLE`, …
 */
export async function compareRun(run: RunDirectory, settings: CompareSettings): Promise<RunComparison> {
  const verdicts = await loadVerdicts(run, settings, { mode: settings.grades as GradingMode | undefined });
  const checkpoints = chooseCheckpoints(verdicts.checkpoints, settings);
  const compared = compareCheckpoints({
    benchmarks: await withRatings(verdicts, settings),
    checkpoints,
    base: settings.base,
    facet: settings.facet,
    seed: String(settings.seed),
  });
  const { mode, grader } = verdicts;
  const summaries = readSummaries(run);
  const sessions = await readSessions(run);
  const comparison: RunComparison = {
    schema: 1,
    run: run.name,
    mode,
    grader,
    complete:
      isComplete(verdicts, checkpoints) && summaries.every((summary) => summary.mode !== mode || summary.complete),
    simulated: sessions.some(({ engine, judge }) => engine?.simulated === true || judge?.simulated === true),
    seed: settings.seed,
    summaries: hashSummaries(summaries, mode),
    ...compared,
  };
  const short = withFewIds(comparison);
  writeComparison(run, short);
  return settings.problems ? comparison : short;
}

/** Those of the steps asked for, and the base whatever its step is. */
function chooseCheckpoints(
  checkpoints: readonly GradedCheckpoint[],
  { steps, base }: CompareSettings,
): readonly GradedCheckpoint[] {
  if (steps === undefined) return checkpoints;
  const wanted = parseSteps(steps);
  const isBase = ({ name, step }: GradedCheckpoint, place: number) =>
    base === undefined ? place === 0 : base === name || base === String(step);
  return checkpoints.filter((checkpoint, place) => wanted(checkpoint.step) || isBase(checkpoint, place));
}

async function withRatings({ benchmarks }: RunVerdicts, settings: CompareSettings): Promise<ComparedBenchmark[]> {
  const rated: ComparedBenchmark[] = [];
  for (const { name, problems, repeat, loaded } of benchmarks) {
    rated.push({ name, problems, repeat, ratings: await findRatings(loaded, settings) });
  }
  return rated;
}

/** Whether every checkpoint has every benchmark. What failed is for the summaries to say. */
function isComplete({ record, benchmarks }: RunVerdicts, checkpoints: readonly GradedCheckpoint[]): boolean {
  const { question } = record;
  const asked = (question.kind === 'asked' ? question.benchmarks : benchmarks).map(({ name }) => name);
  return checkpoints.every(({ verdicts }) => asked.every((name) => verdicts.has(name)));
}

function withFewIds(comparison: RunComparison): RunComparison {
  const { trajectories } = comparison;
  if (trajectories === null) return comparison;
  const benchmarks = trajectories.benchmarks.map((one) => ({
    ...one,
    problems: {
      learned: one.problems.learned.slice(0, mostIdsKept),
      flipping: one.problems.flipping.slice(0, mostIdsKept),
      forgotten: one.problems.forgotten.slice(0, mostIdsKept),
    },
  }));
  return { ...comparison, trajectories: { ...trajectories, benchmarks } };
}
