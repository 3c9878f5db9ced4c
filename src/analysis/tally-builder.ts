import type { Verdict } from '../core/grade.ts';
import { countVerdict, emptyCounts, type Tally } from '../core/tally.ts';
import { intervalOver } from './figure.ts';
import { mayBeRight } from './outcomes.ts';

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
    if (mayBeRight(verdict)) counts.possible += 1;
  }

  /**
   * The interval covers both bounds: that of the accuracy and that of what it may still rise to.
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
    const least = groups.map((group) => ({ total: group.asked, successes: group.correct }));
    const most = groups.map((group) => ({ total: group.asked, successes: group.possible }));
    const interval = intervalOver({ reported: least, least, most });
    const upper = (correct + undecided + timeout + failed) / asked;
    return { ...this.#counts, accuracy: correct / asked, upper, interval };
  }
}
