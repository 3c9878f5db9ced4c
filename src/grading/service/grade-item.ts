import type { Verdict } from '../../core/grade.ts';
import { gradeResponse } from '../grade-response.ts';
import type { Graded } from '../grader.ts';
import { gradeSafely } from '../pool/grade-safely.ts';
import { type GradingItem, gradingItemSchema } from './grading-item.ts';
import { problemOfItem } from './problem-of-item.ts';
import { hasTrainingFormat } from './training-format.ts';

/** What is said of one reply, with the three figures of the training reward. */
export interface GradedItem {
  /** `undecided`: the rules cannot tell. `timeout`: the grader gave up. */
  readonly verdict: Exclude<Verdict, 'failed'>;
  /** The text taken as the final answer; null where none was found. */
  readonly extracted: string | null;
  /** The rule that decided, e.g. `letter`, `number-tolerance`, `nothing-found`. */
  readonly rule: string;
  /** 1 for `correct`, 0 for everything else. */
  readonly accuracy: 0 | 1;
  /** 1 where the reply has the form that training asks for, see hasTrainingFormat. */
  readonly format: 0 | 1;
  /** 0.9 accuracy + 0.1 format. */
  readonly overall: number;
}

/**
 * Grades one reply by the rules of `synthrl`, in this thread: what the service does, without the service.
 *
 * @throws {ZodError} for an item that is not of the form of GradingItem
 */
export function gradeItem(item: GradingItem): GradedItem {
  const read = gradingItemSchema.parse(item);
  return reward(gradeSafely(gradeResponse, problemOfItem(read), read.response), read.response);
}

/** A grade as the service gives it. */
export function reward(graded: Graded, response: string): GradedItem {
  const accuracy = graded.verdict === 'correct' ? 1 : 0;
  const format = hasTrainingFormat(response) ? 1 : 0;
  return {
    // A grader never says `failed`: that is for samples without a response.
    verdict: graded.verdict === 'failed' ? 'timeout' : graded.verdict,
    extracted: graded.extracted?.text ?? null,
    rule: graded.rule,
    accuracy,
    format,
    overall: 0.9 * accuracy + 0.1 * format,
  };
}
