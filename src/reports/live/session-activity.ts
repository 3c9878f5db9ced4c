import type { AttemptRecord } from './attempt-record.ts';
import type { LiveRate, LiveState } from './live-state.ts';
import { liveText } from './live-text.ts';
import { RecentRate } from './recent-rate.ts';
import { ServerActivity } from './server-activity.ts';

/** Rates are those of the last three minutes. */
const windowMs = 180_000;
/** A server's silence is told in steps, so that the page does not change every second. */
const quietStepSeconds = 10;
const mostServers = 256;
const mostKinds = 40;

/** What the run's journals say about rates, servers and failures. */
export class SessionActivity {
  readonly #answers = new RecentRate(windowMs);
  readonly #tokens = new RecentRate(windowMs);
  readonly #failures = new Map<string, { attempts: number; message: string }>();
  #servers = new Map<string, ServerActivity>();
  #serverSession = '';
  #ended = { samples: 0, tokens: 0 };
  #watching = false;

  /** From here on what is added is new, and tells a rate. */
  watch(): void {
    this.#watching = true;
  }

  /** @param seenMs - undefined for attempts that were there before watching began */
  add(attempt: AttemptRecord, checkpoint: string, seenMs: number | undefined): void {
    if (attempt.answered || attempt.final) this.#ended.samples += 1;
    this.#ended.tokens += attempt.completionTokens;
    if (attempt.failure) this.#addFailure(attempt.failure);
    if (attempt.session > this.#serverSession) {
      this.#serverSession = attempt.session;
      this.#servers = new Map();
    }
    if (attempt.server !== '' && attempt.session === this.#serverSession) {
      this.#server(attempt.server).add(attempt, checkpoint, seenMs);
    }
  }

  /** Per second, of samples that were answered or given up, and of their tokens; null until watched for long enough. */
  rate(nowMs: number): LiveRate | null {
    if (!this.#watching) return null;
    this.#answers.add(nowMs, this.#ended.samples);
    this.#tokens.add(nowMs, this.#ended.tokens);
    const responses = this.#answers.perSecond();
    return responses === undefined ? null : { responses, tokens: this.#tokens.perSecond() ?? 0 };
  }

  servers(nowMs: number): LiveState['servers'] {
    return [...this.#servers.values()].map((server) => ({
      label: liveText(server.label),
      checkpoint: liveText(server.checkpoint),
      answered: server.answered,
      failed: server.failed,
      perSecond: (this.#watching ? server.perSecond(nowMs) : undefined) ?? null,
      medianSeconds: server.medianSeconds() ?? null,
      quietSeconds:
        server.seenMs === undefined
          ? null
          : Math.floor((nowMs - server.seenMs) / 1000 / quietStepSeconds) * quietStepSeconds,
    }));
  }

  /** Most frequent first. */
  failures(): LiveState['failures'] {
    return [...this.#failures]
      .map(([code, { attempts, message }]) => ({ code: liveText(code), attempts, message: liveText(message) }))
      .sort((left, right) => right.attempts - left.attempts);
  }

  #addFailure({ code, message }: { code: string; message: string }): void {
    const kind = this.#failures.has(code) || this.#failures.size < mostKinds ? code || 'unnamed' : 'other';
    const before = this.#failures.get(kind);
    this.#failures.set(kind, { attempts: (before?.attempts ?? 0) + 1, message });
  }

  #server(name: string): ServerActivity {
    const label = this.#servers.has(name) || this.#servers.size < mostServers ? name : 'others';
    let server = this.#servers.get(label);
    if (server === undefined) {
      server = new ServerActivity(label, windowMs);
      this.#servers.set(label, server);
    }
    return server;
  }
}
