import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GatedBenchmark } from '../analysis/gate/evaluate-gate.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { SynthrlError } from '../core/errors.ts';
import type { GradingMode } from '../core/grade.ts';
import { RunDirectory } from '../core/run-directory.ts';
import { readSessions } from '../core/session.ts';
import { findRatings } from './find-ratings.ts';
import { type GradedBenchmark, type GradedCheckpoint, loadVerdicts, type RunVerdicts } from './load-verdicts.ts';
import type { Settings } from './options.ts';

type GateSettings = Settings<
  'data-root' | 'data' | 'ratings' | 'runs-root' | 'checkpoint' | 'baseline-checkpoint' | 'grades'
> & {
  readonly baseline: string;
};

/** One side of a gate. */
export interface GateSide {
  readonly run: string;
  readonly checkpoint: string;
}

/** What a gate compares. */
export interface GateSides {
  readonly newer: GateSide;
  readonly older: GateSide;
  readonly mode: GradingMode;
  readonly grader: string;
  readonly simulated: boolean;
  readonly benchmarks: readonly GatedBenchmark[];
  /** What people should know, in whole sentences. */
  readonly notes: readonly string[];
}

interface Chosen {
  readonly of: RunVerdicts;
  readonly checkpoint: GradedCheckpoint;
}

/**
 * Finds both sides: the named checkpoint of the run, or its last, against a checkpoint of the same run or of another.
 *
 * @throws {SynthrlError} `RUN_CONFLICT` where the sides answered different questions or were graded differently; `USAGE`
 * for a checkpoint that is not there
 */
export async function chooseSides(runName: string, settings: GateSettings): Promise<GateSides> {
  const root = resolve(settings['runs-root']);
  const mode = settings.grades as GradingMode | undefined;
  const newerRun = await loadVerdicts(new RunDirectory(root, runName), settings, { mode });
  const newer = { of: newerRun, checkpoint: checkpointOf(newerRun, settings.checkpoint) };
  const older = await baselineOf(newerRun, root, settings);
  checkComparable(newer, older);
  const same = newer.checkpoint.fingerprint !== null && newer.checkpoint.fingerprint === older.checkpoint.fingerprint;
  const notes = same ? ['Both sides have the same weights: differences are chance or the server.'] : [];
  notes.push(...unknownQuestion(newer, older));
  const shared = newerRun.benchmarks.filter(
    ({ name }) => newer.checkpoint.verdicts.has(name) && older.checkpoint.verdicts.has(name),
  );
  for (const { name } of newerRun.benchmarks) {
    if (!shared.some((one) => one.name === name)) notes.push(`${name} is left out: only one side was asked it.`);
  }
  if (shared.length === 0) throw conflict('they share no benchmark');
  const benchmarks = await Promise.all(shared.map((one) => gated(one, newer, older, settings, notes)));
  return {
    newer: sideOf(newer),
    older: sideOf(older),
    mode: newerRun.mode,
    grader: newerRun.grader,
    simulated: (await isSimulated(newerRun)) || (await isSimulated(older.of)),
    benchmarks,
    notes,
  };
}

async function baselineOf(run: RunVerdicts, root: string, settings: GateSettings): Promise<Chosen> {
  const { baseline } = settings;
  if (run.checkpoints.some(({ name }) => name === baseline))
    return { of: run, checkpoint: checkpointOf(run, baseline) };
  const directory = new RunDirectory(root, baseline);
  if (existsSync(directory.record)) {
    const other = await loadVerdicts(directory, settings, { mode: run.mode });
    return { of: other, checkpoint: checkpointOf(other, settings['baseline-checkpoint']) };
  }
  throw new SynthrlError('USAGE', `\`--baseline ${baseline}\` is neither a checkpoint of ${run.run.name} nor a run.`, {
    hint: `Its checkpoints: ${run.checkpoints.map(({ name }) => name).join(', ')}.`,
  });
}

/** The named checkpoint, else the last by step. */
function checkpointOf(run: RunVerdicts, name: string | undefined): GradedCheckpoint {
  const found = name === undefined ? run.checkpoints.at(-1) : run.checkpoints.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new SynthrlError('USAGE', `${run.run.name} has no graded checkpoint ${name ?? ''}.`, {
    hint: `It has ${run.checkpoints.map((one) => one.name).join(', ')}.`,
  });
}

function checkComparable(newer: Chosen, older: Chosen): void {
  if (newer.of.run.path === older.of.run.path) {
    if (newer.checkpoint.name !== older.checkpoint.name) return;
    throw new SynthrlError('USAGE', `${newer.checkpoint.name} would be held against itself.`, {
      hint: 'Name the other side with --checkpoint or --baseline.',
    });
  }
  if (newer.of.grader !== older.of.grader)
    throw conflict(`the grader of one is ${newer.of.grader}, of the other ${older.of.grader}`);
  const [one, other] = [newer.of, older.of].map(({ record }) => record.question);
  if (one?.kind === 'asked' && other?.kind === 'asked') {
    const differing = (['prompt', 'images', 'sampling', 'repeat'] as const).filter(
      (part) => canonicalJson(one[part]) !== canonicalJson(other[part]),
    );
    if (differing.length > 0) throw conflict(`they were asked with different ${differing.join(' and ')} settings`);
  }
  for (const { name, dataHash, selection } of newer.of.benchmarks) {
    const there = older.of.benchmarks.find((benchmark) => benchmark.name === name);
    if (there === undefined) continue;
    if (there.selection !== selection)
      throw conflict(`of ${name} one was asked ${selection}, the other ${there.selection}`);
    if (there.dataHash !== dataHash) throw conflict(`the data of ${name} differs`);
  }
}

/** Of imported responses nobody knows how they were asked; where both sides are, the user is taken to know. */
function unknownQuestion(newer: Chosen, older: Chosen): string[] {
  const [imported, further] = [newer, older].filter(({ of }) => of.record.question.kind === 'imported');
  if (imported === undefined || further !== undefined) return [];
  return [`${imported.of.run.name} was imported: whether it was asked in the same way as the other side is not known.`];
}

function conflict(difference: string): SynthrlError {
  return new SynthrlError('RUN_CONFLICT', `The two sides cannot be compared: ${difference}.`, {
    hint: 'Evaluate or grade one of them again, in the way of the other.',
  });
}

async function gated(
  benchmark: GradedBenchmark,
  newer: Chosen,
  older: Chosen,
  settings: GateSettings,
  notes: string[],
): Promise<GatedBenchmark> {
  const { name, repeat, loaded } = benchmark;
  const sides = [newer, older].map(({ checkpoint }) => checkpoint.verdicts.get(name) ?? new Map<string, never>());
  const asked = sides.map((verdicts) => new Set([...verdicts.keys()].map((key) => key.slice(key.indexOf('/') + 1))));
  const problems = loaded.problems.filter(({ id }) => asked.every((ids) => ids.has(id)));
  const most = Math.max(...asked.map((ids) => ids.size));
  if (problems.length < most) notes.push(`${name}: ${problems.length} problems were asked on both sides, of ${most}.`);
  const ratings = await findRatings(loaded, settings);
  const [first = new Map(), second = new Map()] = sides;
  return { name, problems, repeat, newer: first, older: second, ratings };
}

function sideOf({ of, checkpoint }: Chosen): GateSide {
  return { run: of.run.name, checkpoint: checkpoint.name };
}

async function isSimulated({ run }: RunVerdicts): Promise<boolean> {
  return (await readSessions(run)).some(({ engine }) => engine?.simulated === true);
}
