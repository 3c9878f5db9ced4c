import { sampleKey } from '../../core/response.ts';
import type { AttemptRecord } from './attempt-record.ts';

/** How one checkpoint's samples of one benchmark stand, merged over its journals: an answer beats every failure. */
export class BenchmarkCount {
  /** By sample key; true where it is answered, false where it was given up. */
  readonly #final = new Map<string, boolean>();
  answered = 0;
  /** Samples without an answer that a session gave up. */
  failed = 0;

  add({ problem, sample, answered, final }: AttemptRecord): void {
    const key = sampleKey(problem, sample);
    const before = this.#final.get(key);
    if (before === true) return;
    if (answered) {
      this.#final.set(key, true);
      this.answered += 1;
      if (before === false) this.failed -= 1;
    } else if (final && before === undefined) {
      this.#final.set(key, false);
      this.failed += 1;
    }
  }
}
