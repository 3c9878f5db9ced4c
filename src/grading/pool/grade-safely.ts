import type { Problem } from '../../core/problem.ts';
import type { Graded } from '../grader.ts';

/** Grades one response; pure. */
export type GradeOne = (problem: Problem, text: string) => Graded;

/** A grader that gave up on a response, and why. */
export function gaveUp(rule: 'time-limit' | 'memory-limit' | 'worker-crash' | 'grader-error'): Graded {
  return { verdict: 'timeout', rule, extracted: null };
}

/** Grades one response; where the grader itself throws, that is recorded and the other responses go on. */
export function gradeSafely(gradeOne: GradeOne, problem: Problem, text: string): Graded {
  try {
    return gradeOne(problem, text);
  } catch {
    return gaveUp('grader-error');
  }
}
