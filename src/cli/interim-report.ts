import type { Logger } from 'pino';
import { errorMessage } from '../core/errors.ts';
import type { RunDirectory } from '../core/run-directory.ts';
import type { SweepListener } from '../sweep/sweep-settings.ts';

/** Milliseconds between the end of one report and the beginning of the next: drawing charts holds up what else goes on. */
const restMs = 20_000;

/** Brings a run's report up to date while a sweep goes on, after checkpoints that are done. One is written at a time. */
export class InterimReport {
  readonly #run: RunDirectory;
  readonly #log: Logger;
  readonly #checkpoints: number;
  readonly #done = new Set<string>();
  #isWanted = false;
  #isEnded = false;
  #writing: Promise<void> | undefined;
  #endedMs = Number.NEGATIVE_INFINITY;

  constructor(run: RunDirectory, options: { checkpoints: number; log: Logger }) {
    this.#run = run;
    this.#checkpoints = options.checkpoints;
    this.#log = options.log;
  }

  /** The listener, with a report after each checkpoint that is done. */
  following(listener: SweepListener): SweepListener {
    return {
      say: (sentence) => listener.say(sentence),
      begin: (event) => listener.begin(event),
      progress: (event) => {
        listener.progress(event);
        this.#writeWhenRested();
      },
      stage: (event) => {
        listener.stage(event);
        if (event.stage !== 'done' && event.stage !== 'failed') return;
        this.#done.add(event.checkpoint);
        this.#isWanted = true;
        this.#writeWhenRested();
      },
      engine: (engine) => listener.engine(engine),
    };
  }

  /** Resolves when none is being written any more; none is begun after it. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#writing;
  }

  #writeWhenRested(): void {
    const isResting = performance.now() - this.#endedMs < restMs;
    // The report after the last checkpoint is the sweep's own.
    const isLast = this.#done.size >= this.#checkpoints;
    if (!this.#isWanted || this.#isEnded || isLast || this.#writing || isResting) return;
    this.#isWanted = false;
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined;
      this.#endedMs = performance.now();
    });
  }

  /** Never rejects: the sweep goes on without it, and writes its own report at the end. */
  async #write(): Promise<void> {
    try {
      const { writeRunReport } = await import('./show-results.ts');
      await writeRunReport(this.#run, { withAnswers: false });
    } catch (error) {
      this.#log.warn({ reason: errorMessage(error) }, 'the report could not be written while the sweep goes on');
    }
  }
}
