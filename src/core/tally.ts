import type { Verdict } from './grade.ts';

/** How many samples got which verdict; the six counts add up to `asked`. */
export interface VerdictCounts {
  asked: number;
  correct: number;
  incorrect: number;
  no_answer: number;
  undecided: number;
  timeout: number;
  failed: number;
}

/** Counts with the proportions that follow from them, all in [0, 1]; null without any sample. */
export interface Tally extends Readonly<VerdictCounts> {
  /** Share of samples that are right. */
  readonly accuracy: number | null;
  /** Share that would be right if every sample without a settled verdict were. */
  readonly upper: number | null;
  /** 95 %, from the lower limit of `accuracy` to the upper limit of `upper`; widened for rows of one underlying problem. */
  readonly interval: readonly [low: number, high: number] | null;
}

export function emptyCounts(): VerdictCounts {
  return { asked: 0, correct: 0, incorrect: 0, no_answer: 0, undecided: 0, timeout: 0, failed: 0 };
}

export function countVerdict(counts: VerdictCounts, verdict: Verdict): void {
  counts.asked += 1;
  counts[verdict] += 1;
}
