import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunDirectory } from '../../core/run-directory.ts';
import type { RunHolder } from '../../core/run-lock.ts';
import type { RunRecord } from '../../core/run-record.ts';
import type { Session } from '../../core/session.ts';
import type { CheckpointWatch } from './checkpoint-watch.ts';
import type { LiveCount, LivePhase, LiveState } from './live-state.ts';
import { liveText } from './live-text.ts';
import type { SessionActivity } from './session-activity.ts';

/** What was read of a run. */
export interface WatchedRun {
  readonly run: RunDirectory;
  /** Whether it has a run.json. */
  readonly exists: boolean;
  /** Undefined where that is not one of ours. */
  readonly record: RunRecord | undefined;
  readonly sessions: readonly Session[];
  readonly checkpoints: readonly CheckpointWatch[];
  readonly holder: RunHolder | undefined;
  /** What could not be read. */
  readonly problems: readonly string[];
}

interface Context {
  readonly activity: SessionActivity;
  readonly titles: Readonly<Record<string, string>>;
  readonly takesIn: (session: Session, checkpoint: string) => boolean;
  readonly nowMs: number;
}

/** Puts together what the live page shows. */
export function describeRun(watched: WatchedRun, context: Context): LiveState {
  const { run, sessions, holder, problems } = watched;
  const session = sessions.findLast(({ imported }) => imported === undefined) ?? sessions.at(-1);
  const benchmarks = benchmarksOf(watched, session);
  const checkpoints = watched.checkpoints.map((watch) =>
    describeCheckpoint(watch, benchmarks, session, watched, context),
  );
  const wanted = checkpoints.filter((checkpoint) => checkpoint.wanted);
  const all = sumOf(wanted.map((checkpoint) => checkpoint.all));
  const rate = context.activity.rate(context.nowMs);
  const open = all.total === null ? 0 : all.total - all.answered - all.failed;
  const phase = phaseOf(watched, all);
  const unreadable = watched.checkpoints.reduce((sum, one) => sum + one.unreadable, 0);
  return {
    phase,
    run: liveText(run.name),
    notes: [
      ...problems.map(liveText),
      ...(unreadable === 0 ? [] : [`${unreadable} lines of journals could not be read.`]),
    ],
    simulated: sessions.some(({ engine }) => engine?.simulated === true),
    all,
    benchmarks: benchmarks.map(({ name }) => ({
      name: liveText(name),
      title: liveText(Object.hasOwn(context.titles, name) ? (context.titles[name] ?? name) : name),
    })),
    checkpoints,
    rate,
    secondsLeft: phase === 'working' && rate !== null && rate.responses > 0 && open > 0 ? open / rate.responses : null,
    servers: context.activity.servers(context.nowMs),
    failures: context.activity.failures(),
    session: session === undefined ? null : describeSession(session),
    holder: holder === undefined ? null : { ...holder, host: liveText(holder.host) },
    reportWritten: writtenAt(join(run.report, 'index.html')),
  };
}

interface WatchedBenchmark {
  readonly name: string;
  /** Samples for each checkpoint; null where that is not known. */
  readonly total: number | null;
}

/** Those that run.json names, or those of which there are records. */
function benchmarksOf({ record, checkpoints }: WatchedRun, session: Session | undefined): WatchedBenchmark[] {
  const question = record?.question;
  if (question?.kind !== 'asked') {
    const names = new Set(checkpoints.flatMap((checkpoint) => checkpoint.benchmarks));
    return [...names].map((name) => ({ name, total: null }));
  }
  const limit = limitOf(session) ?? Number.POSITIVE_INFINITY;
  return question.benchmarks.map(({ name, problems }) => ({
    name,
    total: Math.min(problems, limit) * question.repeat,
  }));
}

function describeCheckpoint(
  watch: CheckpointWatch,
  benchmarks: readonly WatchedBenchmark[],
  session: Session | undefined,
  watched: WatchedRun,
  { takesIn }: Context,
): LiveState['checkpoints'][number] {
  const { name } = watch.directory;
  const counts = benchmarks.map((benchmark): LiveCount => {
    const { answered, failed } = watch.count(benchmark.name);
    // Earlier sessions may have asked more than the last one's limit.
    return { answered, failed, total: benchmark.total === null ? null : Math.max(benchmark.total, answered + failed) };
  });
  const results = [...watch.results].map(([mode, accuracies]) => ({
    mode,
    accuracies: benchmarks.map((benchmark) => accuracies.get(benchmark.name) ?? null),
  }));
  const wanted = isWanted(watch, session, watched) && (session === undefined || takesIn(session, name));
  return { name: liveText(name), wanted, all: sumOf(counts), counts, results };
}

/** `eval` asks one checkpoint of a run: the one that its session has records of, once there are any. */
function isWanted(
  { lastSession }: CheckpointWatch,
  session: Session | undefined,
  { checkpoints }: WatchedRun,
): boolean {
  if (session?.command !== 'eval') return true;
  return lastSession === session.session || checkpoints.every((one) => one.lastSession !== session.session);
}

function phaseOf({ exists, record, holder, checkpoints }: WatchedRun, all: LiveCount): LivePhase {
  if (!exists) return 'waiting';
  if (record === undefined) return 'unreadable';
  if (holder !== undefined) return holder.alive ? 'working' : 'gone';
  const isWhole = checkpoints.length > 0 && all.failed === 0 && (all.total === null || all.answered === all.total);
  return isWhole ? 'finished' : 'stopped';
}

function describeSession({ session, started, command, engine, settings }: Session): LiveState['session'] {
  return {
    id: liveText(session),
    started: liveText(started),
    command: liveText(command),
    engine: engine === undefined ? '' : liveText(`${engine.name} ${engine.version}`),
    limit: limitIn(settings),
  };
}

function limitOf(session: Session | undefined): number | null {
  return session === undefined ? null : limitIn(session.settings);
}

function limitIn(settings: Readonly<Record<string, unknown>>): number | null {
  const { limit } = settings;
  return typeof limit === 'number' && limit >= 1 ? Math.floor(limit) : null;
}

function sumOf(counts: readonly LiveCount[]): LiveCount {
  const total = counts.every((count) => count.total !== null)
    ? counts.reduce((sum, count) => sum + (count.total ?? 0), 0)
    : null;
  return {
    answered: counts.reduce((sum, { answered }) => sum + answered, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    total,
  };
}

function writtenAt(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : stat.mtime.toISOString();
}
