import { join, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { RunDirectory } from '../core/run-directory.ts';
import { acquireRunLock } from '../core/run-lock.ts';
import { type AskedQuestion, openRun } from '../core/run-record.ts';
import { appendSession, newSessionId, readSessions, type Session, sessionBase } from '../core/session.ts';
import type { Audit } from '../grading/judge/audit-checkpoint.ts';
import { ImageStore } from '../inference/images/image-store.ts';
import { ansiPaint, plainPaint } from '../reports/paint.ts';
import type { CheckpointSource } from '../sweep/find-checkpoints.ts';
import type { BenchmarkUnderTest } from '../sweep/grade-and-summarise.ts';
import { reapLeftovers, runSweep, type SweptCheckpoint } from '../sweep/run-sweep.ts';
import type { Serving, SweepSettings } from '../sweep/sweep-settings.ts';
import type { GradingPlan } from './build-grader.ts';
import { auditWhereWanted, type GradingSession, type JudgeOutcome, judgeOutcome } from './grading-session.ts';
import { InterimReport } from './interim-report.ts';
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
  readonly grading: GradingPlan;
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
  readonly judge: JudgeOutcome;
}

/**
 * Locks the run, writes run.json and the session, and sweeps the checkpoints.
 *
 * @throws {SynthrlError} `INTERRUPTED` after Ctrl-C, with everything that was answered kept; and what the stages throw
 */
export async function runEvaluation(evaluation: Evaluation, terminal: Terminal): Promise<EvaluationResult> {
  const run = new RunDirectory(resolve(evaluation.runsRoot), evaluation.runName);
  const lock = acquireRunLock(run.lock);
  const progress = new Progress({
    live: terminal.live,
    write: (text) => terminal.write(text),
    size: terminal.screen,
    paint: terminal.notesInColour ? ansiPaint : plainPaint,
  });
  const interrupt = listenForInterrupt((sentence) => progress.say(sentence));
  try {
    return await evaluateLocked(evaluation, run, progress, interrupt.signal);
  } finally {
    progress.end();
    interrupt.end();
    lock.release();
    removeIfEmpty(run.path);
  }
}

async function evaluateLocked(
  evaluation: Evaluation,
  run: RunDirectory,
  progress: Progress,
  signal: AbortSignal,
): Promise<EvaluationResult> {
  const now = new Date();
  const session = newSessionId(now);
  const cacheRoot = resolve(evaluation.cacheRoot);
  const images = new ImageStore({ folder: join(cacheRoot, 'images'), limits: evaluation.question.images });
  // What cannot serve is found before anything is written or deleted.
  const serving = await evaluation.openServing(images, (sentence) => progress.say(sentence));
  // The files that name leftover servers are among what --fresh deletes.
  await reapLeftovers({ serving, run, listener: progress });
  if (evaluation.fresh) removeRunContent(run);
  openRun(run, evaluation.question, now);
  const before = await readSessions(run);
  const simulated = knownToSimulate(serving, evaluation.settings);
  if (simulated !== undefined) refuseMixing(run, before, simulated);
  let isRecorded = false;
  // One line per invocation that did work: written when it is known what serves, before the first question.
  progress.onFirstEngine((engine) => {
    refuseMixing(run, before, engine.simulated);
    appendSession(run, { ...sessionOf(evaluation, session, now), engine });
    isRecorded = true;
  });
  if (serving.kind === 'endpoints') progress.engine(serving.engine);
  const grading = await evaluation.grading.open(run, session);
  try {
    return await sweepAndAudit(evaluation, grading, { run, serving, images, session, listener: progress, signal });
  } finally {
    // No server was needed, but the judge was asked.
    if (!isRecorded && (grading.cost()?.calls ?? 0) > 0) appendSession(run, sessionOf(evaluation, session, now));
    await grading.close();
  }
}

async function sweepAndAudit(
  { question, benchmarks, checkpoints, command }: Evaluation,
  grading: GradingSession,
  opened: Pick<SweepSettings, 'run' | 'serving' | 'images' | 'session' | 'listener' | 'signal'>,
): Promise<EvaluationResult> {
  const { run, images, session, signal } = opened;
  const log = openLog(run, session);
  // What the judge has not said when the sweep is stopped is asked by the next session.
  signal.addEventListener('abort', () => void grading.close(), { once: true });
  const { grader } = grading;
  const report = new InterimReport(run, { checkpoints: checkpoints.length, log });
  const listener = report.following(opened.listener);
  const sweep = runSweep({ ...opened, listener, question, benchmarks, checkpoints, grader, log });
  const swept = await sweep.finally(() => report.end());
  log.info({ images: images.counts }, 'images prepared');
  if (signal.aborted) throw interrupted(command);
  const audits: Audit[] = [];
  for (const { source, summary } of swept) {
    if (summary) await auditWhereWanted(grading, run.checkpoint(source.name), benchmarks, audits);
  }
  return { run, swept, judge: judgeOutcome(grading, audits) };
}

function sessionOf(evaluation: Evaluation, id: string, now: Date): Session {
  return {
    ...sessionBase(evaluation.command, id, now),
    ...programRecord(),
    settings: evaluation.settings,
    ...(evaluation.grading.judge ? { judge: evaluation.grading.judge } : {}),
    data: Object.fromEntries(evaluation.benchmarks.map(({ loaded }) => [loaded.benchmark.name, loaded.dataPath])),
  };
}

/** Whether the answers will be made up; undefined where only the server can say. */
function knownToSimulate(serving: Serving, settings: Evaluation['settings']): boolean | undefined {
  if (serving.kind === 'endpoints') return serving.engine.simulated;
  if (serving.engine.name === 'simulator') return true;
  return settings['vllm-command'] === undefined ? false : undefined;
}

/** Made-up answers and a model's never stand in one run: nothing in a journal's lines tells them apart. */
function refuseMixing(run: RunDirectory, sessions: readonly Session[], simulated: boolean): void {
  const other = sessions.find(({ engine }) => engine !== undefined && engine.simulated !== simulated);
  if (other === undefined) return;
  const [there, now] = simulated ? ['a model', 'the simulator'] : ['the simulator', 'a model'];
  throw new SynthrlError(
    'RUN_CONFLICT',
    `The answers in ${run.path} come from ${there}, and now ${now} would answer.`,
    {
      hint: 'Use another --run-name for a new run, or --fresh to delete it and begin anew.',
    },
  );
}

function interrupted(command: string): SynthrlError {
  return new SynthrlError('INTERRUPTED', 'Stopped. Every answer that had arrived is saved.', {
    hint: `Run the same ${command} command again: it asks only for what is missing.`,
  });
}
