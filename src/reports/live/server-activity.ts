import type { AttemptRecord } from './attempt-record.ts';
import { RecentRate } from './recent-rate.ts';

/** Latencies of the last answers, from which the median is taken. */
const keptLatencies = 200;

/** What one server did, as the journals of one session name it. */
export class ServerActivity {
  readonly label: string;
  readonly #windowMs: number;
  readonly #rate: RecentRate;
  readonly #latencies: number[] = [];
  answered = 0;
  /** Attempts that failed; some were tried again elsewhere. */
  failed = 0;
  /** The checkpoint that its last attempt belongs to. */
  checkpoint = '';
  /** When its last attempt was seen; undefined where it was there before watching began. */
  seenMs: number | undefined;

  constructor(label: string, windowMs: number) {
    this.label = label;
    this.#windowMs = windowMs;
    this.#rate = new RecentRate(this.#windowMs);
  }

  add(attempt: AttemptRecord, checkpoint: string, seenMs: number | undefined): void {
    this.checkpoint = checkpoint;
    this.seenMs = seenMs;
    if (!attempt.answered) {
      this.failed += 1;
      return;
    }
    this.answered += 1;
    this.#latencies.push(attempt.latencyMs);
    if (this.#latencies.length > keptLatencies) this.#latencies.shift();
  }

  perSecond(nowMs: number): number | undefined {
    this.#rate.add(nowMs, this.answered);
    return this.#rate.perSecond();
  }

  /** Median seconds that the last answers took; undefined where there are none. */
  medianSeconds(): number | undefined {
    const sorted = [...this.#latencies].sort((left, right) => left - right);
    const median = sorted[Math.floor(sorted.length / 2)];
    return median === undefined ? undefined : median / 1000;
  }
}
