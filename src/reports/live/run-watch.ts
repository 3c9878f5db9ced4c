import { errorMessage, SynthrlError, systemErrorCode } from '../../core/errors.ts';
import type { RunDirectory } from '../../core/run-directory.ts';
import { readRunHolder } from '../../core/run-lock.ts';
import { type RunRecord, readRunRecord } from '../../core/run-record.ts';
import { readSessions, type Session } from '../../core/session.ts';
import { CheckpointWatch } from './checkpoint-watch.ts';
import { describeRun, type WatchedRun } from './describe-run.ts';
import { fileStamp } from './file-stamp.ts';
import type { LiveState } from './live-state.ts';
import { SessionActivity } from './session-activity.ts';

/** What the watch needs to know from outside of the run. */
export interface RunWatchOptions {
  readonly run: RunDirectory;
  /** Benchmarks' titles for people, by name. */
  readonly titles: Readonly<Record<string, string>>;
  /** Whether a session's settings take a checkpoint in; default: all of them. */
  readonly takesIn?: (session: Session, checkpoint: string) => boolean;
}

/** Follows a run directory that another process may be working on. Reads only, and each byte of a journal once. */
export class RunWatch {
  readonly #options: RunWatchOptions;
  #checkpoints = new Map<string, CheckpointWatch>();
  #activity = new SessionActivity();
  #record: { stamp: string; record: RunRecord | undefined } | undefined;
  #sessions: { stamp: string; sessions: readonly Session[] } = { stamp: '', sessions: [] };
  #problems: string[] = [];
  /** Whether what is there now was all read once, so that what comes is new. */
  #caughtUp = false;

  constructor(options: RunWatchOptions) {
    this.#options = options;
  }

  /** Reads what has changed. What cannot be read stands in the state's notes, and is tried again by the next call. */
  async poll(): Promise<void> {
    this.#problems = [];
    try {
      if (this.#readRecord() !== undefined) {
        await this.#readSessions();
        if (!(await this.#readCheckpoints())) return this.#forget();
      }
      this.#caughtUp = true;
      this.#activity.watch();
    } catch (error) {
      // Files vanish while they are listed when a run is begun anew.
      if (systemErrorCode(error) !== 'ENOENT') this.#problems.push(errorMessage(error));
    }
  }

  state(nowMs: number): LiveState {
    const { run, titles, takesIn = () => true } = this.#options;
    const watched: WatchedRun = {
      run,
      exists: this.#record !== undefined,
      record: this.#record?.record,
      sessions: this.#sessions.sessions,
      checkpoints: [...this.#checkpoints.values()],
      holder: readRunHolder(run.lock),
      problems: this.#problems,
    };
    return describeRun(watched, { activity: this.#activity, titles, takesIn, nowMs });
  }

  #readRecord(): RunRecord | undefined {
    const { run } = this.#options;
    const stamp = fileStamp(run.record);
    if (stamp === undefined) {
      if (this.#record !== undefined) this.#forget();
      this.#record = undefined;
      return undefined;
    }
    if (this.#record?.stamp !== stamp) {
      if (this.#record !== undefined) this.#forget();
      this.#record = { stamp, record: undefined };
      try {
        this.#record = { stamp, record: readRunRecord(run) };
      } catch (error) {
        if (!(error instanceof SynthrlError)) throw error;
      }
    }
    if (this.#record.record === undefined) this.#problems.push(`${run.record} cannot be read as the record of a run.`);
    return this.#record.record;
  }

  async #readSessions(): Promise<void> {
    const { run } = this.#options;
    const stamp = fileStamp(run.sessions) ?? '';
    if (stamp === this.#sessions.stamp) return;
    try {
      this.#sessions = { stamp, sessions: await readSessions(run) };
    } catch (error) {
      if (!(error instanceof SynthrlError)) throw error;
      this.#problems.push(error.message);
    }
  }

  /** @returns false where files are not those that were read before, so that all must be read anew */
  async #readCheckpoints(): Promise<boolean> {
    const { run } = this.#options;
    const question = this.#record?.record?.question;
    const known = question?.kind === 'asked' ? question.benchmarks.map(({ name }) => name) : [];
    const seenMs = this.#caughtUp ? Date.now() : undefined;
    const directories = run.checkpoints();
    const names = new Set(directories.map(({ name }) => name));
    let isWhole = [...this.#checkpoints.keys()].every((name) => names.has(name));
    for (const directory of directories) {
      const watch = this.#checkpoints.get(directory.name) ?? new CheckpointWatch(directory);
      this.#checkpoints.set(directory.name, watch);
      const each = (attempt: Parameters<SessionActivity['add']>[0]) =>
        this.#activity.add(attempt, directory.name, seenMs);
      if (!(await watch.poll(known, each))) isWhole = false;
    }
    return isWhole;
  }

  /** The run was begun anew: everything is read again. */
  #forget(): void {
    this.#checkpoints = new Map();
    this.#activity = new SessionActivity();
    this.#sessions = { stamp: '', sessions: [] };
    this.#caughtUp = false;
  }
}
