import type { EngineRecord } from '../core/session.ts';
import { type Paint, plainPaint } from '../reports/paint.ts';
import { countText } from '../reports/percent.ts';
import { printableText } from '../reports/printable-text.ts';
import type { BenchmarkWork, CheckpointStage, SweepListener } from '../sweep/sweep-settings.ts';
import { LiveBlock, type ScreenSize } from './live-block.ts';
import { benchmarkCounts, plainLine, progressLines } from './progress-lines.ts';
import { SweepTally } from './sweep-tally.ts';

/** How often a line is printed where stderr is no terminal. */
const plainIntervalMs = 10_000;
const liveIntervalMs = 250;

/** Where progress is written, and how. */
export interface ProgressOptions {
  /** Whether lines may be drawn over. */
  readonly live: boolean;
  readonly write: (text: string) => void;
  /** Of the terminal, asked before each drawing. */
  readonly size?: () => ScreenSize;
  readonly paint?: Paint;
}

/** Tells on stderr how a sweep goes: a few lines drawn in place in a terminal, a plain line now and then elsewhere. */
export class Progress implements SweepListener {
  readonly #live: boolean;
  readonly #write: (text: string) => void;
  readonly #size: () => ScreenSize;
  readonly #paint: Paint;
  readonly #block: LiveBlock;
  readonly #tally = new SweepTally();
  readonly #engines = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #lines: readonly string[] = [];
  #changed = false;
  #ended = false;
  #onFirstEngine: (engine: EngineRecord) => void = () => undefined;

  constructor(options: ProgressOptions) {
    this.#live = options.live;
    this.#write = options.write;
    this.#size = options.size ?? (() => ({ columns: 80, rows: 24 }));
    this.#paint = options.paint ?? plainPaint;
    this.#block = new LiveBlock(options.write, this.#size);
    this.#timer = setInterval(() => this.draw(), this.#live ? liveIntervalMs : plainIntervalMs);
    this.#timer.unref();
  }

  /** Sentences may hold names and words of servers: what could steer a terminal is taken out. */
  say(sentence: string): void {
    const text = `${sentence.split('\n').map(printableText).join('\n')}\n`;
    if (this.#live && !this.#ended) this.#block.draw(this.#lines, { above: text, paint: this.#painted });
    else this.#write(text);
  }

  begin({ checkpoint, work }: { checkpoint: string; work: readonly BenchmarkWork[] }): void {
    this.#tally.begin(checkpoint, work);
    // From here on the rate is watched.
    this.#tally.view(Date.now());
    this.#changed = true;
    const asked = work.reduce((sum, one) => sum + one.asked, 0);
    const present = work.reduce((sum, one) => sum + one.present, 0);
    const kept = present > 0 ? `, ${present} answered before` : '';
    this.say(`${checkpoint}: ${asked === 0 ? 'nothing left to ask' : `${asked} to ask`}${kept}`);
  }

  stage({ checkpoint, stage }: { checkpoint: string; stage: CheckpointStage }): void {
    this.#tally.stage(checkpoint, stage);
    this.#changed = true;
  }

  progress(event: { checkpoint: string; benchmark: string; status: 'answered' | 'failed' }): void {
    const { benchmark, checkpoint } = this.#tally.progress(event);
    this.#changed = true;
    if (benchmark && !this.#live) this.say(`${event.checkpoint}, ${event.benchmark}: ${allAsked(benchmark)}`);
    if (checkpoint) this.say(`${event.checkpoint}: ${allAsked(checkpoint)}`);
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

  /** Draws how things stand; called by a timer. */
  draw(): void {
    const view = this.#tally.view(Date.now());
    if (this.#ended || view.checkpoints.length === 0) return;
    if (this.#live) {
      this.#lines = progressLines(view, this.#size());
      this.#block.draw(this.#lines, { paint: this.#painted });
    } else if (this.#changed) {
      const counts = view.benchmarks.length > 1 ? benchmarkCounts(view.benchmarks) : '';
      this.#write(`${plainLine(view.all)}${counts === '' ? '' : ` (${counts})`}\n`);
    }
    this.#changed = false;
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#live && !this.#ended) this.#block.clear();
    this.#ended = true;
  }

  readonly #painted = (line: string): string =>
    line.replace(/(?<![\d,])[1-9][\d,]* failed/, (text) => this.#paint.warn(text));
}

function allAsked({ asked, failed }: { asked: number; failed: number }): string {
  return `all ${asked} asked${failed > 0 ? `, ${countText(failed)} failed` : ''}`;
}
