import { existsSync } from 'node:fs';
import { SynthrlError } from '../core/errors.ts';
import { type GradingMode, gradeSchema, type Verdict } from '../core/grade.ts';
import { readJsonLines } from '../core/json-lines.ts';
import type { Problem } from '../core/problem.ts';
import { sampleKey } from '../core/response.ts';
import type { CheckpointDirectory, RunDirectory } from '../core/run-directory.ts';
import { type RunRecord, readRunRecord } from '../core/run-record.ts';
import { readSessions, type Session } from '../core/session.ts';
import type { LoadedBenchmark } from '../problems/load-problems.ts';
import { readCheckpointRecord } from '../sweep/checkpoint-record.ts';
import { stepOf } from '../sweep/step-of.ts';
import type { Settings } from './options.ts';
import { loadAsBefore } from './regrade-run.ts';

/** Which mode's grades are read where none is named: the first that a run has. */
const modesByPreference = ['rules', 'fallback', 'judge', 'official', 'imported'] as const satisfies GradingMode[];

/** A benchmark that a run's checkpoints were graded on. */
export interface GradedBenchmark {
  readonly name: string;
  /** Normal form of what was asked, e.g. `testmini`. */
  readonly selection: string;
  readonly dataHash: string;
  /** Those that at least one checkpoint has a grade of (`--limit` may have left others out), in the order of the data. */
  readonly problems: readonly Problem[];
  /** Samples per problem. */
  readonly repeat: number;
  readonly loaded: LoadedBenchmark;
}

/** What one checkpoint got. */
export interface GradedCheckpoint {
  readonly name: string;
  readonly step: number | null;
  /** By benchmark, then by sampleKey. A benchmark without grades is absent, and so is a sample that was not asked. */
  readonly verdicts: ReadonlyMap<string, ReadonlyMap<string, Verdict>>;
  /** SHA-256 of the weights; null where responses were imported or an endpoint served the model. */
  readonly fingerprint: string | null;
}

/** The grades of a run in one mode, with the problems that they are about. */
export interface RunVerdicts {
  readonly run: RunDirectory;
  readonly record: RunRecord;
  readonly benchmarks: readonly GradedBenchmark[];
  /** By step (those without one first), then by name. Checkpoints without a grade are left out. */
  readonly checkpoints: readonly GradedCheckpoint[];
  readonly mode: GradingMode;
  /** Grader and version of every grade, e.g. `rules/1`. */
  readonly grader: string;
}

/**
 * Reads the verdicts of a run from its grades, and the problems from the data as it was loaded before, without images.
 *
 * @param settings - where the data lies now, as far as flags say; else where the run's last session found it
 * @param options.mode - whose grades; by default the first of rules, fallback, judge, official, imported that there is
 * @throws {SynthrlError} `RUN_NOT_FOUND`; `GRADES_NOT_FOUND` for a run without grades (of that mode); `GRADES_MIXED` where
 * different graders made them; `RECORD_INVALID` for a line that is no grade; `DATA_CHANGED`, `DATA_NOT_FOUND`, …
 */
export async function loadVerdicts(
  run: RunDirectory,
  settings: Settings<'data-root' | 'data'>,
  options: { readonly mode?: GradingMode | undefined } = {},
): Promise<RunVerdicts> {
  const record = readRunRecord(run);
  const sessions = await readSessions(run);
  const asked = askedBenchmarks(record, sessions);
  const mode = chooseMode(run, [...asked.keys()], options.mode);
  const graders = new Map<string, string>();
  const checkpoints: GradedCheckpoint[] = [];
  for (const directory of run.checkpoints()) {
    const verdicts = new Map<string, ReadonlyMap<string, Verdict>>();
    for (const name of asked.keys()) {
      const path = directory.grades(mode, name);
      if (existsSync(path)) verdicts.set(name, await readGrades(path, graders));
    }
    if (verdicts.size > 0) checkpoints.push({ ...identityOf(directory), verdicts });
  }
  const [grader = mode, other] = graders.keys();
  if (other !== undefined) throw mixed(run, graders);
  const benchmarks: GradedBenchmark[] = [];
  for (const [name, { repeat, ...question }] of asked) {
    const graded = gradedProblems(checkpoints, name);
    if (graded.size === 0) continue;
    const { loaded } = await loadAsBefore({ name, ...question }, sessions, { ...settings, limit: undefined });
    const problems = loaded.problems.filter(({ id }) => graded.has(id));
    benchmarks.push({ name, ...question, repeat, problems, loaded });
  }
  checkpoints.sort((left, right) => (left.step ?? -1) - (right.step ?? -1));
  return { run, record, benchmarks, checkpoints, mode, grader };
}

export interface AskedBenchmark {
  readonly selection: string;
  readonly dataHash: string;
  readonly repeat: number;
}

/** Benchmarks of the run's question, or of all that was imported: a run takes one data set for each. */
export function askedBenchmarks({ question }: RunRecord, sessions: readonly Session[]): Map<string, AskedBenchmark> {
  if (question.kind === 'asked') {
    const { benchmarks, repeat } = question;
    return new Map(benchmarks.map(({ name, selection, dataHash }) => [name, { selection, dataHash, repeat }]));
  }
  const imports = sessions.flatMap(({ imported }) => (imported === undefined ? [] : [imported]));
  return new Map(imports.map(({ benchmark, selection, dataHash }) => [benchmark, { selection, dataHash, repeat: 1 }]));
}

function chooseMode(run: RunDirectory, benchmarks: readonly string[], wanted: GradingMode | undefined): GradingMode {
  const isThere = (mode: GradingMode) =>
    run.checkpoints().some((checkpoint) => benchmarks.some((name) => existsSync(checkpoint.grades(mode, name))));
  const there = modesByPreference.filter(isThere);
  const mode = wanted ?? there[0];
  if (mode !== undefined && there.includes(mode)) return mode;
  const which = wanted === undefined ? '' : ` of the mode ${wanted}`;
  const others = there.length === 0 ? '' : ` It has those of ${there.join(', ')}.`;
  throw new SynthrlError('GRADES_NOT_FOUND', `The run at ${run.path} has no grades${which}.${others}`, {
    hint: `Make them from its responses with \`synthrl grade ${run.name}\`.`,
  });
}

function identityOf(directory: CheckpointDirectory): Pick<GradedCheckpoint, 'name' | 'step' | 'fingerprint'> {
  const record = readCheckpointRecord(directory);
  const { name } = directory;
  return { name, step: record === undefined ? stepOf(name) : record.step, fingerprint: record?.fingerprint ?? null };
}

const gradeLine = gradeSchema.pick({ problem: true, sample: true, verdict: true, grader: true });

/** @param graders - gets each grader, with a file that names it */
async function readGrades(path: string, graders: Map<string, string>): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for await (const { value, line } of readJsonLines(path)) {
    const read = gradeLine.safeParse(value);
    if (!read.success) {
      throw new SynthrlError('RECORD_INVALID', `${path}:${line} is not a grade.`, {
        hint: 'It is made from the responses: run `synthrl grade`, or import its file again.',
        cause: read.error,
      });
    }
    const { problem, sample, verdict, grader } = read.data;
    if (!graders.has(grader)) graders.set(grader, path);
    verdicts.set(sampleKey(problem, sample), verdict);
  }
  return verdicts;
}

/** Ids of problems that some checkpoint has a grade of. */
function gradedProblems(checkpoints: readonly GradedCheckpoint[], benchmark: string): Set<string> {
  const ids = new Set<string>();
  for (const { verdicts } of checkpoints) {
    for (const key of verdicts.get(benchmark)?.keys() ?? []) ids.add(key.slice(key.indexOf('/') + 1));
  }
  return ids;
}

function mixed(run: RunDirectory, graders: ReadonlyMap<string, string>): SynthrlError {
  const [[one, there] = [], [other, elsewhere] = []] = [...graders];
  return new SynthrlError(
    'GRADES_MIXED',
    `Different graders made the grades of ${run.path}: ${one} those in ${there}, ${other} those in ${elsewhere}.`,
    { hint: `Grade the whole run again with \`synthrl grade ${run.name}\`.` },
  );
}
