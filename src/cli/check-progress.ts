import type { Terminal } from './terminal.ts';

const liveIntervalMs = 200;

/** Says on stderr which data is being checked; in a terminal also how many images were opened. */
export class CheckProgress {
  readonly #terminal: Terminal;
  #name = '';
  #startedMs = 0;
  #drawnMs = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  begin(name: string): void {
    this.#name = name;
    this.#startedMs = Date.now();
    if (this.#terminal.live) this.#draw(`checking ${name}`);
    else this.#terminal.note(`Checking ${name}.`);
  }

  looked(done: number, total: number): void {
    const nowMs = Date.now();
    if (!this.#terminal.live || nowMs - this.#drawnMs < liveIntervalMs) return;
    const secondsLeft = ((nowMs - this.#startedMs) / 1000 / done) * (total - done);
    this.#draw(`checking ${this.#name}: ${done} of ${total} images, about ${Math.ceil(secondsLeft)} s left`);
  }

  end(): void {
    if (this.#terminal.live) this.#terminal.write('\r\u001b[K');
  }

  #draw(text: string): void {
    this.#drawnMs = Date.now();
    // Some terminals do not say how wide they are.
    const width = this.#terminal.width > 20 ? this.#terminal.width : 100;
    this.#terminal.write(`\r\u001b[K${text.slice(0, width - 1)}`);
  }
}
