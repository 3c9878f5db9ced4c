import { join, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { RunDirectory } from '../core/run-directory.ts';
import { acquireRunLock } from '../core/run-lock.ts';
import { type AskedQuestion, openRun } from '../core/run-record.ts';
import { appendSession, newSessionId, type Session, sessionBase } from '../core/session.ts';
import type { Grader } from '../grading/grader.ts';
import { ImageStore } from '../inference/images/image-store.ts';
import type { CheckpointSource } from '../sweep/find-checkpoints.ts';
import type { BenchmarkUnderTest } from '../sweep/grade-and-summarise.ts';
import { runSweep, type SweptCheckpoint } from '../sweep/run-sweep.ts';
import type { Serving } from '../sweep/sweep-settings.ts';
import { listenForInterrupt } from './interrupt.ts';
import { openLog } from './open-log.ts';
import { programRecord } from './program-record.ts';
import { Progress } from './progress.ts';
import { removeIfEmpty, removeRunContent } from './remove-run-content.ts';
import type { Terminal } from './terminal.ts';

/** One evaluation of checkpoints under one question. */
export interface Evaluation {
  readonly command: string;
  readonly runsRoot: string;
  readonly runName: string;
  readonly cacheRoot: string;
  readonly fresh: boolean;
  readonly question: AskedQuestion;
  readonly benchmarks: readonly BenchmarkUnderTest[];
  readonly grader: Grader;
  readonly checkpoints: readonly CheckpointSource[];
  /** Settings for the session record; no key among them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Opens what serves; called with the run locked. */
  readonly openServing: (images: ImageStore, say: (sentence: string) => void) => Promise<Serving>;
}

/** What an evaluation left behind. */
export interface EvaluationResult {
  readonly run: RunDirectory;
  readonly swept: readonly SweptCheckpoint[];
  readonly images: { readonly decoded: number; readonly reused: number };
}

/**
 * Locks the run, writes run.json and the session, and sweeps the checkpoints.
 *
 * @throws {SynthrlError} `INTERRUPTED` after Ctrl-C, with everything that was answered kept; and what the stages throw
 */
export async function runEvaluation(evaluation: Evaluation, terminal: Terminal): Promise<EvaluationResult> {
  const run = new RunDirectory(resolve(evaluation.runsRoot), evaluation.runName);
  const lock = acquireRunLock(run.lock);
  const interrupt = listenForInterrupt((sentence) => terminal.note(sentence));
  const now = new Date();
  const id = newSessionId(now);
  try {
    const progress = new Progress({ live: terminal.live, write: (text) => terminal.write(text) });
    try {
      const cacheRoot = resolve(evaluation.cacheRoot);
      const images = new ImageStore({ folder: join(cacheRoot, 'images'), limits: evaluation.question.images });
      // What cannot serve is found before anything is written or deleted.
      const serving = await evaluation.openServing(images, (sentence) => progress.say(sentence));
      if (evaluation.fresh) removeRunContent(run);
      openRun(run, evaluation.question, now);
      // One line per invocation that did work: written when it is known what serves, before the first question.
      progress.onFirstEngine((engine) => appendSession(run, { ...sessionOf(evaluation, id, now), engine }));
      if (serving.kind === 'endpoints') progress.engine(serving.engine);
      const log = openLog(run, id);
      const { question, benchmarks, checkpoints, grader } = evaluation;
      const settings = {
        run,
        question,
        benchmarks,
        checkpoints,
        serving,
        images,
        grader,
        session: id,
        listener: progress,
        log,
      };
      const swept = await runSweep({ ...settings, signal: interrupt.signal });
      log.info({ images: images.counts }, 'images prepared');
      if (interrupt.signal.aborted) throw interrupted(evaluation.command);
      return { run, swept, images: images.counts };
    } finally {
      progress.end();
    }
  } finally {
    interrupt.end();
    lock.release();
    removeIfEmpty(run.path);
  }
}

function sessionOf(evaluation: Evaluation, id: string, now: Date): Session {
  return {
    ...sessionBase(evaluation.command, id, now),
    ...programRecord(),
    settings: evaluation.settings,
    data: Object.fromEntries(evaluation.benchmarks.map(({ loaded }) => [loaded.benchmark.name, loaded.dataPath])),
  };
}

function interrupted(command: string): SynthrlError {
  return new SynthrlError('INTERRUPTED', 'Stopped. Every answer that had arrived is saved.', {
    hint: `Run the same ${command} command again: it asks only for what is missing.`,
  });
}
