import type { FetchListener } from '../fetching/fetch-data.ts';
import { formatBytes } from '../fetching/format-bytes.ts';
import type { Terminal } from './terminal.ts';

const liveIntervalMs = 200;
/** The rate is that of the last seconds, so that it follows the network. */
const rateWindowMs = 10_000;

/** Tells on stderr how a fetch goes: one live line in a terminal, one line per file elsewhere. */
export class FetchProgress implements FetchListener {
  readonly #terminal: Terminal;
  readonly #timer: NodeJS.Timeout | undefined;
  /** Bytes received by file, of files under way. */
  readonly #underWay = new Map<string, number>();
  readonly #samples: { atMs: number; bytes: number }[] = [];
  readonly #startedMs = Date.now();
  #wanted = { files: 0, bytes: 0 };
  #files = 0;
  /** Bytes there, those of earlier runs included. */
  #received = 0;
  /** Bytes that came over the network. */
  #arrived = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    if (!terminal.live) return;
    this.#timer = setInterval(() => this.#draw(), liveIntervalMs);
    this.#timer.unref();
  }

  note(sentence: string): void {
    this.#terminal.write(`${this.#terminal.live ? '\r\u001b[K' : ''}${sentence}\n`);
  }

  planned(left: { files: number; bytes: number }): void {
    this.#wanted = left;
    if (left.files > 0)
      this.note(`${left.files} ${left.files === 1 ? 'file' : 'files'} to download, ${formatBytes(left.bytes)}`);
  }

  received(file: string, bytes: number, kept: boolean): void {
    this.#underWay.set(file, (this.#underWay.get(file) ?? 0) + bytes);
    this.#received += bytes;
    if (kept && bytes > 0) this.note(`${file}: goes on behind ${formatBytes(bytes)} of an earlier run`);
    else if (bytes > 0) this.#arrived += bytes;
  }

  completed(file: string, bytes: number): void {
    this.#underWay.delete(file);
    this.#files += 1;
    const seconds = Math.max(0.1, (Date.now() - this.#startedMs) / 1000);
    this.note(
      `${file}: ${formatBytes(bytes)}, verified (${this.#files}/${this.#wanted.files}, ${formatBytes(this.#arrived / seconds)}/s)`,
    );
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#terminal.live) this.#terminal.write('\r\u001b[K');
  }

  #draw(): void {
    if (this.#underWay.size === 0) return;
    const nowMs = Date.now();
    this.#samples.push({ atMs: nowMs, bytes: this.#arrived });
    while (nowMs - (this.#samples[0]?.atMs ?? nowMs) > rateWindowMs) this.#samples.shift();
    const [first = { atMs: nowMs, bytes: this.#arrived }] = this.#samples;
    const rate = nowMs > first.atMs ? ((this.#arrived - first.bytes) * 1000) / (nowMs - first.atMs) : 0;
    const left = rate > 0 ? `, about ${duration((this.#wanted.bytes - this.#received) / rate)} left` : '';
    const [file = ''] = this.#underWay.keys();
    const more = this.#underWay.size > 1 ? ` and ${this.#underWay.size - 1} more` : '';
    const line = `${formatBytes(this.#received)} of ${formatBytes(this.#wanted.bytes)}, ${formatBytes(rate)}/s${left}  ${file}${more}`;
    // Some terminals do not say how wide they are.
    const width = this.#terminal.width > 20 ? this.#terminal.width : 100;
    this.#terminal.write(`\r\u001b[K${line.slice(0, width - 1)}`);
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
