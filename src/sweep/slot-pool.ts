import type { Slot } from '../serving/slots.ts';

/** Lends slots to checkpoints: first come, first served, and several at once to the last ones when slots are left over. */
export class SlotPool {
  readonly #free: Slot[];
  readonly #waiting: (() => void)[] = [];

  constructor(slots: readonly Slot[]) {
    this.#free = [...slots];
  }

  /**
   * Waits for a slot and takes a fair share of what is free.
   *
   * @param remaining - how many checkpoints still want slots, this one among them
   */
  async take(remaining: number): Promise<Slot[]> {
    while (this.#free.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#free.splice(0, Math.max(1, Math.floor(this.#free.length / remaining)));
  }

  giveBack(slots: readonly Slot[]): void {
    this.#free.push(...slots);
    this.#waiting.shift()?.();
  }
}
