import type { EngineRecord } from '../core/session.ts';
import type { SweepListener } from '../sweep/sweep-settings.ts';

/** How often a line is printed where stderr is no terminal. */
const plainIntervalMs = 15_000;
const liveIntervalMs = 200;

interface Count {
  asked: number;
  done: number;
  failed: number;
}

/** Tells on stderr how a sweep goes: one live line in a terminal, a plain line now and then elsewhere. */
export class Progress implements SweepListener {
  readonly #live: boolean;
  readonly #write: (text: string) => void;
  readonly #counts = new Map<string, Count>();
  readonly #started = Date.now();
  readonly #engines = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #changed = false;
  #onFirstEngine: (engine: EngineRecord) => void = () => undefined;

  constructor(options: { live: boolean; write: (text: string) => void }) {
    this.#live = options.live;
    this.#write = options.write;
    this.#timer = setInterval(() => this.#draw(), this.#live ? liveIntervalMs : plainIntervalMs);
    this.#timer.unref();
  }

  say(sentence: string): void {
    this.#write(`${this.#live ? '\r\u001b[K' : ''}${sentence}\n`);
  }

  begin({ checkpoint, asked, present }: { checkpoint: string; asked: number; present: number }): void {
    this.#counts.set(checkpoint, { asked, done: 0, failed: 0 });
    const kept = present > 0 ? `, ${present} answered before` : '';
    this.say(`${checkpoint}: ${asked === 0 ? 'nothing left to ask' : `${asked} to ask`}${kept}`);
  }

  progress({ checkpoint, status }: { checkpoint: string; status: 'answered' | 'failed' }): void {
    const count = this.#counts.get(checkpoint);
    if (!count) return;
    count.done += 1;
    if (status === 'failed') count.failed += 1;
    this.#changed = true;
    if (count.done === count.asked) {
      const failures = count.failed > 0 ? `, ${count.failed} failed` : '';
      this.say(`${checkpoint}: all ${count.asked} asked${failures}`);
    }
  }

  /** Sets who is told what serves, when the first server is ready. */
  onFirstEngine(listener: (engine: EngineRecord) => void): void {
    this.#onFirstEngine = listener;
  }

  engine(engine: EngineRecord): void {
    const key = `${engine.name} ${engine.version}`;
    if (this.#engines.has(key)) return;
    if (this.#engines.size === 0) this.#onFirstEngine(engine);
    this.#engines.add(key);
    this.say(`serving with ${key}${engine.simulated ? ' (simulated: these numbers say nothing about a model)' : ''}`);
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#live) this.#write('\r\u001b[K');
  }

  #draw(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const counts = [...this.#counts.values()];
    const asked = counts.reduce((sum, count) => sum + count.asked, 0);
    const done = counts.reduce((sum, count) => sum + count.done, 0);
    const failed = counts.reduce((sum, count) => sum + count.failed, 0);
    const seconds = (Date.now() - this.#started) / 1000;
    const left = done > 0 ? Math.round(((asked - done) * seconds) / done) : undefined;
    const line = `${done}/${asked} asked, ${failed} failed, ${(done / seconds).toFixed(1)}/s${left === undefined ? '' : `, about ${duration(left)} left`}`;
    this.#write(this.#live ? `\r\u001b[K${line}` : `${line}\n`);
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
