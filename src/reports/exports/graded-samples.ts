import type { Grade, GradingMode } from '../../core/grade.ts';
import type { Problem } from '../../core/problem.ts';
import type { Response } from '../../core/response.ts';
import type { DifficultySummary } from '../../core/summary.ts';
import type { ExportedRun } from './exported-run.ts';

/** How hard a problem is, as far as ratings say. */
export interface ProblemLevel {
  readonly rating: number;
  readonly rank: number;
  readonly level: 'easy' | 'medium' | 'hard';
}

/** One checkpoint's answers to one benchmark, graded in one way. */
export interface GradedSamples {
  readonly run: ExportedRun;
  readonly checkpoint: string;
  readonly step: number | null;
  readonly benchmark: string;
  readonly mode: GradingMode;
  readonly grader: string;
  /** In the order of the data; one for each sample asked. */
  readonly grades: readonly Grade[];
  /** By id. */
  readonly problems: ReadonlyMap<string, Problem>;
  /** By sampleKey. A sample without one failed, or only its verdict was imported. */
  readonly responses: ReadonlyMap<string, Response>;
  /** Results by difficulty as they were summarised; absent where there were no ratings then. */
  readonly difficulty: DifficultySummary | undefined;
  /** By ratings that can be found now, where those are the ones of `difficulty`. */
  readonly levelOf: (problem: Problem) => ProblemLevel | undefined;
}

/** Share of samples that are right, every sample that was asked counted; null where there is none. */
export function accuracyOf(grades: readonly Grade[]): number | null {
  return grades.length === 0 ? null : grades.filter(({ verdict }) => verdict === 'correct').length / grades.length;
}
