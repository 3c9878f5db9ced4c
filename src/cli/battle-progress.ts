import type { BattleOutcome } from '../difficulty/battles/battle-journal.ts';
import type { Forecast } from '../difficulty/battles/forecast.ts';
import { countOf, countText } from '../reports/percent.ts';
import type { Terminal } from './terminal.ts';

/** How often a line is printed where stderr is no terminal. */
const plainIntervalMs = 15_000;
const liveIntervalMs = 500;

/** Tells on stderr how battles go. */
export class BattleProgress {
  readonly counts: Record<BattleOutcome, number> = { first: 0, second: 0, tie: 0, invalid: 0, failed: 0 };
  readonly #terminal: Terminal;
  readonly #expected: number;
  readonly #timer: NodeJS.Timeout;
  readonly #started = Date.now();
  #told = 0;

  /** @param expected - battles that are left when it begins */
  constructor(terminal: Terminal, expected: number) {
    this.#terminal = terminal;
    this.#expected = expected;
    this.#timer = setInterval(() => this.#draw(), terminal.live ? liveIntervalMs : plainIntervalMs);
    this.#timer.unref();
  }

  /** Battles that ended. */
  get done(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  add(outcome: BattleOutcome): void {
    this.counts[outcome] += 1;
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#terminal.live) this.#terminal.write('\r\u001b[K');
  }

  #draw(): void {
    const { done } = this;
    if (done === this.#told) return;
    this.#told = done;
    const perSecond = done / ((Date.now() - this.#started) / 1000);
    const left = durationText((this.#expected - done) / perSecond);
    const { tie, invalid, failed } = this.counts;
    const line = `${done}/${this.#expected} battles, ${tie} ties, ${invalid} invalid, ${failed} failed, ${perSecond.toFixed(1)}/s, about ${left} left`;
    this.#terminal.write(this.#terminal.live ? `\r\u001b[K${line}` : `${line}\n`);
  }
}

/** What is expected of battles, in one line. */
export function forecastText(forecast: Forecast, window: number): string {
  const { calls, promptTokens, completionTokens, seconds, cost, isMeasured } = forecast;
  const tokens = `about ${countText(promptTokens)} prompt and ${countText(completionTokens)} completion tokens`;
  const time = `about ${durationText(seconds)} with ${countOf(window, 'request')} at a time`;
  const basis = isMeasured ? 'by the battles fought so far' : 'by rough figures: no battle was fought yet';
  const price = cost === undefined ? '' : `, cost about ${cost.toFixed(2)}`;
  return `${countOf(calls, 'battle')} to ask: ${tokens}, ${time}${price} (${basis})`;
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
