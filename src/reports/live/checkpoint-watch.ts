import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type GradingMode, gradingModes } from '../../core/grade.ts';
import type { CheckpointDirectory } from '../../core/run-directory.ts';
import { type AttemptRecord, readAttempt } from './attempt-record.ts';
import { BenchmarkCount } from './benchmark-count.ts';
import { fileStamp } from './file-stamp.ts';
import { JournalTail } from './journal-tail.ts';
import type { LiveAccuracy } from './live-state.ts';

/** Follows one checkpoint's journals and summaries. */
export class CheckpointWatch {
  readonly directory: CheckpointDirectory;
  readonly #tails = new Map<string, JournalTail>();
  readonly #counts = new Map<string, BenchmarkCount>();
  readonly #summaries = new Map<GradingMode, { stamp: string; accuracies: ReadonlyMap<string, LiveAccuracy> }>();
  /** The session of the newest record; empty where there is none. */
  lastSession = '';

  constructor(directory: CheckpointDirectory) {
    this.directory = directory;
  }

  /** Benchmarks of which there is any record. */
  get benchmarks(): readonly string[] {
    return [...this.#counts.keys()];
  }

  /** Lines of journals that could not be read. */
  get unreadable(): number {
    return [...this.#tails.values()].reduce((sum, { unreadable }) => sum + unreadable, 0);
  }

  count(benchmark: string): { answered: number; failed: number } {
    return this.#counts.get(benchmark) ?? { answered: 0, failed: 0 };
  }

  /** By grading mode, the accuracies by benchmark. */
  get results(): ReadonlyMap<GradingMode, ReadonlyMap<string, LiveAccuracy>> {
    return new Map([...this.#summaries].map(([mode, { accuracies }]) => [mode, accuracies]));
  }

  /**
   * Reads what was added since the last call.
   *
   * @param known - the run's benchmarks, by whose names journals are told apart
   * @returns false where a journal is not the one that was read before, so that all must be read anew
   */
  async poll(known: readonly string[], each: (attempt: AttemptRecord) => void): Promise<boolean> {
    for (const path of journalsIn(this.directory.responses)) {
      if (!this.#tails.has(path)) this.#tails.set(path, new JournalTail(path));
    }
    for (const [path, tail] of this.#tails) {
      const isWhole = await tail.read((value) => {
        const attempt = readAttempt(value);
        if (attempt === undefined) tail.unreadable += 1;
        else this.#add(benchmarkOf(basename(path), known), attempt, each);
      });
      if (!isWhole) return false;
    }
    for (const mode of gradingModes) this.#readSummary(mode);
    return true;
  }

  #add(benchmark: string, attempt: AttemptRecord, each: (attempt: AttemptRecord) => void): void {
    let count = this.#counts.get(benchmark);
    if (count === undefined) {
      count = new BenchmarkCount();
      this.#counts.set(benchmark, count);
    }
    count.add(attempt);
    if (attempt.session > this.lastSession) this.lastSession = attempt.session;
    each(attempt);
  }

  #readSummary(mode: GradingMode): void {
    const path = this.directory.summary(mode);
    const stamp = fileStamp(path);
    if (stamp === undefined) this.#summaries.delete(mode);
    else if (this.#summaries.get(mode)?.stamp !== stamp) {
      this.#summaries.set(mode, { stamp, accuracies: accuraciesIn(path) });
    }
  }
}

function journalsIn(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const journals = files.filter((file) => file.isFile() && file.name.endsWith('.jsonl'));
  return journals.map(({ name }) => join(folder, name)).sort();
}

/** A journal is named `<benchmark>.<writer>.jsonl`. */
function benchmarkOf(file: string, known: readonly string[]): string {
  const fitting = known.filter((name) => file.startsWith(`${name}.`));
  return fitting.sort((left, right) => right.length - left.length)[0] ?? (file.split('.', 1)[0] || file);
}

/** A summary that is not one has no accuracies; the report says what is wrong with it. */
function accuraciesIn(path: string): ReadonlyMap<string, LiveAccuracy> {
  const accuracies = new Map<string, LiveAccuracy>();
  let content: { benchmarks?: Record<string, Partial<LiveAccuracy> | null> } | null;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return accuracies;
  }
  for (const [name, tally] of Object.entries(content?.benchmarks ?? {})) {
    const { asked, interval } = tally ?? {};
    if (typeof asked !== 'number') continue;
    const limits = Array.isArray(interval) ? interval.map(proportion) : [];
    const [low, high] = limits;
    accuracies.set(name, {
      asked,
      accuracy: proportion(tally?.accuracy),
      upper: proportion(tally?.upper),
      interval: typeof low === 'number' && typeof high === 'number' ? [low, high] : null,
    });
  }
  return accuracies;
}

function proportion(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}
