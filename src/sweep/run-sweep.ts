import { errorMessage, SynthrlError } from '../core/errors.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import type { AskItem } from '../inference/ask.ts';
import { askCheckpoint, findOpenWork, type OpenWork } from './ask-checkpoint.ts';
import { openCheckpoint } from './checkpoint-record.ts';
import type { CheckpointSource } from './find-checkpoints.ts';
import { gradeAndSummarise } from './grade-and-summarise.ts';
import { inspectWeights } from './inspect-weights.ts';
import { serveCheckpoint } from './serve-checkpoint.ts';
import { SlotPool } from './slot-pool.ts';
import type { CheckpointStage, Serving, SweepSettings } from './sweep-settings.ts';

/** How often a checkpoint's servers are started again after all of them ended under it. */
const serverRestarts = 2;

/** What became of one checkpoint. */
export interface SweptCheckpoint {
  readonly source: CheckpointSource;
  /** Its summary; absent when it could not be opened at all. */
  readonly summary?: CheckpointSummary;
  /** Why it could not be evaluated, or not to its end. */
  readonly failure?: SynthrlError;
}

/** Failures of one checkpoint that leave the others a chance; any other failure ends the sweep. */
const ownFailures: ReadonlySet<string> = new Set(['CHECKPOINT_INCOMPLETE', 'SERVER_START_FAILED', 'PORT_TAKEN']);

interface Job {
  readonly source: CheckpointSource;
  readonly items: readonly AskItem[];
}

/**
 * Evaluates every checkpoint: serve, ask what is missing, stop, grade, summarise. Checkpoints run side by side on the
 * slots, without a barrier between them; grading holds no slot.
 *
 * @returns one entry per checkpoint, in the order given
 * @throws {SynthrlError} what no other checkpoint would survive either; what was done before is kept
 */
export async function runSweep(settings: SweepSettings): Promise<SweptCheckpoint[]> {
  const results = new Map<CheckpointSource, Promise<SweptCheckpoint>>();
  let ended: { error: unknown } | undefined;
  // Nobody waits for a summary before the last server is stopped: what it throws is kept until then.
  const beginSummary = (source: CheckpointSource, failure?: SynthrlError) => {
    const summary = summarise(settings, source, failure);
    summary.catch((error: unknown) => {
      ended ??= { error };
    });
    results.set(source, summary);
  };
  const queue: Job[] = [];
  for (const source of settings.checkpoints) {
    const opened = await openJob(settings, source);
    if (opened instanceof SynthrlError) results.set(source, Promise.resolve({ source, failure: opened }));
    else if (opened.items.length === 0) beginSummary(source);
    else queue.push(opened);
  }

  const { serving } = settings;
  const pool = new SlotPool(serving.kind === 'launch' ? serving.slots : []);
  // One worker per slot takes the next checkpoint as soon as a slot is free.
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      if (settings.signal.aborted || ended) return;
      try {
        beginSummary(job.source, await askJob(settings, job, pool, queue.length + 1));
      } catch (error) {
        ended ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: serving.kind === 'launch' ? serving.slots.length : 1 }, worker));
  const swept = await Promise.all(settings.checkpoints.flatMap((source) => results.get(source) ?? []));
  if (ended) throw ended.error;
  return swept;
}

/** Ends servers that an earlier, killed sweep of this run left behind: they would hold the GPUs. */
export async function reapLeftovers({
  serving,
  run,
  listener,
}: Pick<SweepSettings, 'serving' | 'run' | 'listener'>): Promise<void> {
  if (serving.kind !== 'launch') return;
  for (const leftover of await serving.launcher.leftovers(run.path)) {
    if (leftover.pids.length > 0) listener.say(`ending a server that an earlier run left behind: ${leftover.label}`);
    await serving.launcher.reap(leftover);
  }
}

/** Checks a checkpoint and finds what is to be asked; its own failure is returned, so that the others go on. */
async function openJob(settings: SweepSettings, source: CheckpointSource): Promise<Job | SynthrlError> {
  const directory = settings.run.checkpoint(source.name);
  try {
    openCheckpoint(directory, source, fingerprintOf(settings.serving, source));
    const open = await findOpenWork(settings, directory);
    begin(settings, source, open);
    return { source, items: open.items };
  } catch (error) {
    return ownFailure(settings, source, error);
  }
}

/** Asks one checkpoint's open work on a share of the slots; starts its servers again when all of them ended. */
async function askJob(
  settings: SweepSettings,
  job: Job,
  pool: SlotPool,
  waiting: number,
): Promise<SynthrlError | undefined> {
  const { source } = job;
  const directory = settings.run.checkpoint(source.name);
  if (settings.serving.kind === 'endpoints') {
    const { endpoints } = settings.serving;
    enter(settings, source, 'asking');
    await askCheckpoint(settings, source, directory, { endpoints, isDown: () => false }, job.items);
    return undefined;
  }
  const slots = await pool.take(waiting);
  try {
    let { items } = job;
    for (let restarts = 0; items.length > 0; restarts += 1) {
      const unasked = await serveAndAsk(settings, settings.serving, source, slots, items);
      if (unasked === 0 || settings.signal.aborted || restarts === serverRestarts) break;
      settings.listener.say(`${source.name}: its servers ended with ${unasked} samples not asked; starting them again`);
      const open = await findOpenWork(settings, directory);
      items = open.items;
      begin(settings, source, open);
    }
    return undefined;
  } catch (error) {
    if (settings.signal.aborted) return undefined;
    return ownFailure(settings, source, error);
  } finally {
    pool.giveBack(slots);
  }
}

async function serveAndAsk(
  settings: SweepSettings,
  serving: Extract<Serving, { kind: 'launch' }>,
  source: CheckpointSource,
  slots: Parameters<typeof serveCheckpoint>[4],
  items: readonly AskItem[],
): Promise<number> {
  const directory = settings.run.checkpoint(source.name);
  enter(settings, source, 'starting');
  const served = await serveCheckpoint(settings, serving, source, directory, slots);
  try {
    enter(settings, source, 'asking');
    return (await askCheckpoint(settings, source, directory, served, items)).unasked;
  } finally {
    await served.stop();
  }
}

function ownFailure(settings: SweepSettings, source: CheckpointSource, error: unknown): SynthrlError {
  if (!(error instanceof SynthrlError) || !ownFailures.has(error.code)) throw error;
  settings.log.error({ checkpoint: source.name, code: error.code }, errorMessage(error));
  enter(settings, source, 'failed');
  settings.listener.say(`${error.code}: ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`);
  return error;
}

function fingerprintOf(serving: Serving, source: CheckpointSource): string | null {
  if (serving.kind === 'endpoints' || !source.isFolder) return null;
  const weights = inspectWeights(source.model, { weightsOptional: serving.weightsOptional });
  if (weights.state === 'complete') return weights.fingerprint;
  throw new SynthrlError('CHECKPOINT_INCOMPLETE', `${source.name} cannot be served: ${weights.reason}.`, {
    hint: 'Wait until it is written, or merge its shards into a Hugging Face folder; --steps chooses the others.',
  });
}

async function summarise(
  settings: SweepSettings,
  source: CheckpointSource,
  failure?: SynthrlError,
): Promise<SweptCheckpoint> {
  enter(settings, source, 'grading');
  const summary = await gradeAndSummarise({
    checkpoint: settings.run.checkpoint(source.name),
    benchmarks: settings.benchmarks,
    repeat: settings.question.repeat,
    grader: settings.grader,
    onTorn: (benchmark, lines) =>
      settings.log.warn({ checkpoint: source.name, benchmark, lines }, 'torn journal lines dropped'),
  });
  enter(settings, source, failure ? 'failed' : 'done');
  return failure ? { source, summary, failure } : { source, summary };
}

function begin({ listener }: SweepSettings, { name }: CheckpointSource, { work }: OpenWork): void {
  listener.begin({ checkpoint: name, work });
}

function enter({ listener }: SweepSettings, { name }: CheckpointSource, stage: CheckpointStage): void {
  listener.stage({ checkpoint: name, stage });
}
