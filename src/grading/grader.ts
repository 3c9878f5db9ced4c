import type { Grade, GradingMode } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';

/** Rule of an undecided verdict where a judge could not be reached: it is asked again when the response is graded again. */
export const judgeFailedRule = 'judge-failed';

/** What a grader says of one response. */
export type Graded = Pick<Grade, 'verdict' | 'rule' | 'extracted'>;

/** One response to be graded. */
export interface GradeItem {
  readonly problem: Problem;
  /** 0-based sample of the problem. */
  readonly sample: number;
  readonly text: string;
}

/** A way of grading: our rules, a benchmark's published rule, or a judge model. */
export interface Grader {
  readonly mode: GradingMode;
  /** Name and version, e.g. `rules/1`; verdicts of different versions are not to be mixed. */
  readonly version: string;
  /** How many responses are best handed over at once. */
  readonly batchSize: number;
  /**
   * Grades responses; verdicts come in the same order, one for each.
   *
   * Never rejects for what a response says; a response that could not be graded in time is `timeout`.
   */
  grade(items: readonly GradeItem[]): Promise<readonly Graded[]>;
  /** Lets workers and connections go. */
  close(): Promise<void>;
}
