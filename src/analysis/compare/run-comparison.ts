import { existsSync, readFileSync } from 'node:fs';
import { canonicalJson, sha256 } from '../../core/canonical-json.ts';
import { SynthrlError } from '../../core/errors.ts';
import { type GradingMode, gradingModes } from '../../core/grade.ts';
import type { RunDirectory } from '../../core/run-directory.ts';
import type { CheckpointSummary } from '../../core/summary.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import type { CheckpointComparison } from './compare-checkpoints.ts';

/** comparison.<mode>.json: a run's checkpoints against each other. Holds no clock, so that equal runs give equal files. */
export interface RunComparison extends CheckpointComparison {
  readonly schema: 1;
  readonly run: string;
  readonly mode: GradingMode;
  /** Grader and version, e.g. `rules/1`. */
  readonly grader: string;
  /** False where something that the run asks has no response yet. */
  readonly complete: boolean;
  /** Whether any answer came from the simulator. */
  readonly simulated: boolean;
  /** Of the repetitions that corrections are read from. */
  readonly seed: number;
  /** Hash of the summaries of these grades, by which an outdated comparison is known. */
  readonly summaries: string;
}

/** Tells summaries of one mode apart from those of other grades; ratings of difficulty have no part in it. */
export function hashSummaries(summaries: readonly CheckpointSummary[], mode: GradingMode): string {
  const graded = summaries
    .filter((summary) => summary.mode === mode)
    .map(({ name, grader, benchmarks }) => ({
      name,
      grader,
      benchmarks: Object.fromEntries(
        Object.entries(benchmarks).map(([benchmark, { difficulty: _, ...counts }]) => [benchmark, counts]),
      ),
    }));
  return sha256(canonicalJson(graded));
}

export function writeComparison(run: RunDirectory, comparison: RunComparison): void {
  writeWholeFile(run.comparison(comparison.mode), `${JSON.stringify(comparison)}\n`);
}

/**
 * The comparisons of a run that were made from the grades which its summaries are of, by mode, and the modes of others.
 *
 * @throws {SynthrlError} `RECORD_INVALID` for a file that is no comparison
 */
export function readComparisons(
  run: RunDirectory,
  summaries: readonly CheckpointSummary[],
): { current: RunComparison[]; outdated: GradingMode[] } {
  const current: RunComparison[] = [];
  const outdated: GradingMode[] = [];
  for (const mode of gradingModes) {
    const path = run.comparison(mode);
    if (!existsSync(path)) continue;
    const comparison = readComparison(path);
    if (comparison.summaries === hashSummaries(summaries, mode)) current.push(comparison);
    else outdated.push(mode);
  }
  return { current, outdated };
}

function readComparison(path: string): RunComparison {
  let cause: unknown;
  try {
    const comparison = JSON.parse(readFileSync(path, 'utf8')) as RunComparison;
    if (comparison.schema === 1) return comparison;
  } catch (error) {
    cause = error;
  }
  throw new SynthrlError('RECORD_INVALID', `${path} cannot be read as a comparison.`, {
    hint: 'It is made from the grades: delete it, or run `synthrl compare` again.',
    cause,
  });
}
