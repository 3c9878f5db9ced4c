import type { Verdict } from '../core/grade.ts';
import { countVerdict, emptyCounts, type Tally } from '../core/tally.ts';
import { clusteredInterval } from '../statistics/clustered-interval.ts';

interface GroupCounts {
  asked: number;
  correct: number;
  /** Correct, or could still turn out so: undecided, timeout, failed. */
  possible: number;
}

/** Counts verdicts by group and concludes a tally from them. */
export class TallyBuilder {
  readonly #counts = emptyCounts();
  readonly #groups = new Map<string, GroupCounts>();

  /** @param group - rows and samples of one underlying problem share it */
  add(group: string, verdict: Verdict): void {
    countVerdict(this.#counts, verdict);
    let counts = this.#groups.get(group);
    if (counts === undefined) {
      counts = { asked: 0, correct: 0, possible: 0 };
      this.#groups.set(group, counts);
    }
    counts.asked += 1;
    if (verdict === 'correct') counts.correct += 1;
    if (isPossible(verdict)) counts.possible += 1;
  }

  /**
   * The interval covers both bounds: its low end is that of the accuracy, its high end that of the upper bound.
   *
   * @throws {Error} a bug: verdicts that do not add up to what was asked
   */
  build(): Tally {
    const { asked, correct, incorrect, no_answer, undecided, timeout, failed } = this.#counts;
    if (asked !== correct + incorrect + no_answer + undecided + timeout + failed) {
      throw new Error(`The verdicts do not add up to what was asked: ${JSON.stringify(this.#counts)}`);
    }
    if (asked === 0) return { ...this.#counts, accuracy: null, upper: null, interval: null };
    const groups = [...this.#groups.values()];
    const [low] = clusteredInterval(groups.map((group) => ({ total: group.asked, successes: group.correct })));
    const [, high] = clusteredInterval(groups.map((group) => ({ total: group.asked, successes: group.possible })));
    const upper = (correct + undecided + timeout + failed) / asked;
    return { ...this.#counts, accuracy: correct / asked, upper, interval: [low, high] };
  }
}

function isPossible(verdict: Verdict): boolean {
  return verdict === 'correct' || verdict === 'undecided' || verdict === 'timeout' || verdict === 'failed';
}
