import type { Verdict } from './grade.ts';

/** `asked = correct + incorrect + no_answer + undecided + timeout + failed`, always. */
export interface VerdictCounts {
  asked: number;
  correct: number;
  incorrect: number;
  no_answer: number;
  undecided: number;
  timeout: number;
  failed: number;
}

/** Verdict counts with what may be concluded from them. Proportions in [0, 1]. */
export interface Tally extends Readonly<VerdictCounts> {
  /** correct / asked; null where nothing was asked. */
  readonly accuracy: number | null;
  /** (correct + undecided + timeout + failed) / asked; null where nothing was asked. */
  readonly upper: number | null;
  /** 95 % interval that covers both bounds; clustered by group where rows share a problem. */
  readonly interval: readonly [low: number, high: number] | null;
}

export function emptyCounts(): VerdictCounts {
  return { asked: 0, correct: 0, incorrect: 0, no_answer: 0, undecided: 0, timeout: 0, failed: 0 };
}

export function countVerdict(counts: VerdictCounts, verdict: Verdict): void {
  counts.asked += 1;
  counts[verdict] += 1;
}
