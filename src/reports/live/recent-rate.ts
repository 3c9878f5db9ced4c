/** A total is remembered at most this often, in milliseconds. */
const stepMs = 500;
/** A rate over less than this says nothing yet. */
const leastSpanMs = 2000;

/** The rate at which a total rose over the last while, so that it follows what servers do now. */
export class RecentRate {
  readonly #windowMs: number;
  readonly #samples: { atMs: number; total: number }[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Tells the total at a time; times never go back. */
  add(atMs: number, total: number): void {
    const [before, last] = this.#samples.slice(-2);
    // The newest sample is moved along until it is a step away from the one before it.
    if (before !== undefined && last !== undefined && atMs - before.atMs < stepMs) this.#samples.pop();
    this.#samples.push({ atMs, total });
    while ((this.#samples[1]?.atMs ?? atMs) <= atMs - this.#windowMs) this.#samples.shift();
  }

  /** Per second over the window; undefined until enough time was watched. */
  perSecond(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs - first.atMs < leastSpanMs) return undefined;
    return Math.max(0, ((last.total - first.total) * 1000) / (last.atMs - first.atMs));
  }
}
