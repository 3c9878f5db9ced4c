import { SynthrlError } from '../core/errors.ts';
import type { CheckpointDirectory, RunDirectory } from '../core/run-directory.ts';
import type { RunRecord } from '../core/run-record.ts';
import { readSessions, type Session } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import type { Grader } from '../grading/grader.ts';
import type { LoadedBenchmark } from '../problems/load-problems.ts';
import { type BenchmarkUnderTest, gradeAndSummarise, readSummaries } from '../sweep/grade-and-summarise.ts';
import { withRatings } from './find-ratings.ts';
import { limitProblems, loadSelections } from './load-question.ts';
import type { Settings } from './options.ts';

export type RegradeSettings = Settings<'data-root' | 'data' | 'ratings' | 'limit'>;

type OnGraded = (checkpoint: CheckpointDirectory, benchmarks: readonly BenchmarkUnderTest[]) => Promise<void>;

/**
 * Grades every checkpoint of a run from its journals. The data is looked for where flags say, else where the run's last
 * session found it, and must be the data that the run asked.
 *
 * @param onGraded - called with each checkpoint when its grades are written
 * @returns summaries of the grader's mode, and those of imported verdicts
 * @throws {SynthrlError} `DATA_CHANGED`, `DATA_NOT_FOUND`, …
 */
export async function regradeRun(
  run: RunDirectory,
  record: RunRecord,
  settings: RegradeSettings,
  grader: Grader,
  onGraded: OnGraded,
): Promise<CheckpointSummary[]> {
  const sessions = await readSessions(run);
  if (record.question.kind === 'imported') return regradeImported(run, sessions, settings, grader, onGraded);
  const benchmarks: BenchmarkUnderTest[] = [];
  for (const { name, selection, dataHash } of record.question.benchmarks) {
    benchmarks.push(await loadAsBefore({ name, selection, dataHash }, sessions, settings));
  }
  const rated = await withRatings(benchmarks, settings);
  const summaries: CheckpointSummary[] = [];
  for (const checkpoint of run.checkpoints()) {
    summaries.push(await gradeAndSummarise({ checkpoint, benchmarks: rated, repeat: record.question.repeat, grader }));
    await onGraded(checkpoint, benchmarks);
  }
  return bySteps(run, summaries);
}

async function regradeImported(
  run: RunDirectory,
  sessions: Session[],
  settings: RegradeSettings,
  grader: Grader,
  onGraded: OnGraded,
): Promise<CheckpointSummary[]> {
  const imports = sessions.flatMap(({ imported }) => (imported?.kind === 'responses' ? [imported] : []));
  // All checkpoints of a run share one data set for each benchmark; it is read once.
  const known = new Map<string, BenchmarkUnderTest>();
  for (const checkpoint of run.checkpoints()) {
    const benchmarks = new Map<string, BenchmarkUnderTest>();
    for (const one of imports.filter((imported) => imported.checkpoint === checkpoint.name)) {
      const { benchmark: name, selection, dataHash } = one;
      const key = `${name}:${selection} ${dataHash}`;
      const loaded = known.get(key) ?? (await loadAsBefore({ name, selection, dataHash }, sessions, settings));
      known.set(key, loaded);
      benchmarks.set(name, loaded);
    }
    if (benchmarks.size === 0) continue;
    const graded = await withRatings([...benchmarks.values()], settings);
    await gradeAndSummarise({ checkpoint, benchmarks: graded, repeat: 1, grader });
    await onGraded(checkpoint, graded);
  }
  // Imported verdicts have no responses to grade; their summaries stand as they are.
  return readSummaries(run).filter(({ mode }) => mode === grader.mode || mode === 'imported');
}

/** Loads a benchmark of an earlier session and checks that it is the same data. */
export async function loadAsBefore(
  asked: { name: string; selection: string; dataHash: string },
  sessions: readonly Session[],
  settings: Omit<RegradeSettings, 'ratings'>,
): Promise<BenchmarkUnderTest> {
  const [loaded] = await loadSelections(
    `${asked.name}:${asked.selection}`,
    withRecordedData(asked.name, sessions, settings),
    {
      requireImages: false,
    },
  );
  if (loaded === undefined || loaded.dataHash !== asked.dataHash) {
    throw new SynthrlError(
      'DATA_CHANGED',
      `The data of ${asked.name} at ${loaded?.dataPath ?? 'its place'} is not what this run asked.`,
      {
        hint: `Name the data that it was run on with --data ${asked.name}=<file or folder>.`,
      },
    );
  }
  const [limited] = limitProblems([loaded as LoadedBenchmark], settings.limit);
  if (limited === undefined) throw new Error('one benchmark in, one out');
  return limited;
}

/** Flags come first; else the place that the last session recorded. */
function withRecordedData<DataSettings extends Settings<'data'>>(
  name: string,
  sessions: readonly Session[],
  settings: DataSettings,
): DataSettings {
  if (settings.data?.some((entry) => entry.startsWith(`${name}=`))) return settings;
  const recorded = sessions.findLast((session) => session.data?.[name] !== undefined)?.data?.[name];
  return recorded === undefined ? settings : { ...settings, data: [...(settings.data ?? []), `${name}=${recorded}`] };
}

function bySteps(run: RunDirectory, summaries: readonly CheckpointSummary[]): CheckpointSummary[] {
  const order = run.checkpoints().map(({ name }) => name);
  return [...summaries].sort(
    (left, right) => (left.step ?? -1) - (right.step ?? -1) || order.indexOf(left.name) - order.indexOf(right.name),
  );
}
