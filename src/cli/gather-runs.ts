import { resolve } from 'node:path';
import { canonicalJson } from '../core/canonical-json.ts';
import { SynthrlError } from '../core/errors.ts';
import type { GradingMode } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import { RunDirectory } from '../core/run-directory.ts';
import { readSessions } from '../core/session.ts';
import type { CheckpointAnswers } from '../difficulty/responses/gather-responses.ts';
import type { LoadedBenchmark } from '../problems/load-problems.ts';
import { type GradedBenchmark, loadVerdicts, type RunVerdicts } from './load-verdicts.ts';
import type { Settings } from './options.ts';

export type GatherSettings = Settings<'data-root' | 'data' | 'runs-root' | 'benchmarks' | 'grades' | 'from-runs'>;

/** One benchmark with the answers of all runs that asked it. */
export interface GatheredBenchmark {
  readonly name: string;
  /** As the first of the runs asked it. */
  readonly loaded: LoadedBenchmark;
  /** Each id once. */
  readonly problems: readonly Problem[];
  readonly answers: readonly CheckpointAnswers[];
}

/** Runs put together. */
export interface GatheredRuns {
  readonly runs: readonly string[];
  readonly benchmarks: readonly GatheredBenchmark[];
  /** Whole sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads the verdicts of runs and puts them together by benchmark.
 *
 * @throws {SynthrlError} `RUN_CONFLICT` where runs share no problems or have different ones under one id; `USAGE` for a
 * benchmark that none of them asked; what `loadVerdicts` throws
 */
export async function gatherRuns(settings: GatherSettings): Promise<GatheredRuns> {
  const root = resolve(settings['runs-root']);
  const named = (settings['from-runs'] ?? []).map((name) => new RunDirectory(root, name));
  const directories = [...new Map(named.map((run) => [run.path, run])).values()];
  const mode = settings.grades as GradingMode | undefined;
  const runs: RunVerdicts[] = [];
  for (const run of directories) runs.push(await loadVerdicts(run, settings, { mode }));
  const names = chooseBenchmarks(runs, settings.benchmarks);
  const benchmarks = names.map((name) => gatherBenchmark(name, runs));
  checkConnected(
    runs.map((run) => ({
      name: run.run.name,
      keys: run.benchmarks.filter(({ name }) => names.includes(name)).flatMap(problemKeys),
    })),
  );
  return { runs: runs.map(({ run }) => run.name), benchmarks, notes: await notesOf(runs) };
}

function chooseBenchmarks(runs: readonly RunVerdicts[], wanted: string | undefined): string[] {
  const there = [...new Set(runs.flatMap(({ benchmarks }) => benchmarks.map(({ name }) => name)))];
  if (wanted === undefined) return there;
  const names = [...new Set(wanted.split(',').map((name) => name.trim()))];
  const unknown = names.find((name) => !there.includes(name));
  if (unknown === undefined) return names;
  throw new SynthrlError('USAGE', `None of the runs has grades of \`${unknown}\`.`, {
    hint: `They have grades of ${there.join(', ')}. Name benchmarks without a split: all that was asked of them counts.`,
  });
}

function gatherBenchmark(name: string, runs: readonly RunVerdicts[]): GatheredBenchmark {
  const sides = runs.flatMap((run) => {
    const benchmark = run.benchmarks.find((one) => one.name === name);
    return benchmark === undefined ? [] : [{ run, benchmark }];
  });
  const [first] = sides;
  if (first === undefined) throw new Error('a benchmark is chosen from those of the runs');
  const problems = new Map<string, Problem>();
  for (const { run, benchmark } of sides) {
    checkSameData(first, { run, benchmark }, problems);
    for (const problem of benchmark.problems) problems.set(problem.id, problems.get(problem.id) ?? problem);
  }
  checkConnected(sides.map(({ run, benchmark }) => ({ name: run.run.name, keys: problemKeys(benchmark) })));
  const answers = sides.flatMap(({ run, benchmark }) =>
    run.checkpoints.flatMap(({ name: checkpoint, fingerprint, verdicts }) => {
      const own = verdicts.get(name);
      if (own === undefined) return [];
      return [{ run: run.run.name, checkpoint, fingerprint, problems: benchmark.problems, verdicts: own }];
    }),
  );
  return { name, loaded: first.benchmark.loaded, problems: [...problems.values()], answers };
}

interface Side {
  readonly run: RunVerdicts;
  readonly benchmark: GradedBenchmark;
}

/** Other selections of one data set may be put together; other problems under the same ids may not. */
function checkSameData(first: Side, side: Side, known: ReadonlyMap<string, Problem>): void {
  if (first.benchmark.dataHash === side.benchmark.dataHash) return;
  const contentOf = ({ prompt, choices, answer }: Problem) => canonicalJson([prompt, choices, answer]);
  const changed = side.benchmark.problems.find((problem) => {
    const before = known.get(problem.id);
    return before !== undefined && contentOf(before) !== contentOf(problem);
  });
  if (changed === undefined && first.benchmark.selection !== side.benchmark.selection) return;
  const which = changed === undefined ? '' : `: problem ${changed.id} is another one`;
  throw new SynthrlError(
    'RUN_CONFLICT',
    `The runs ${first.run.run.name} and ${side.run.run.name} answered different data of ${side.benchmark.name}${which}.`,
    { hint: 'Rate from runs on the same data, or leave one of them out.' },
  );
}

function problemKeys({ name, problems }: GradedBenchmark): string[] {
  return problems.map(({ id }) => `${name} ${id}`);
}

/** Runs must be connected by shared problems, directly or over others: only then do their answers lie on one scale. */
function checkConnected(runs: readonly { readonly name: string; readonly keys: readonly string[] }[]): void {
  const [first, ...others] = runs;
  const reached = new Set(first?.keys);
  let apart = others;
  for (let before = Number.POSITIVE_INFINITY; apart.length < before; ) {
    before = apart.length;
    const touching = apart.filter(({ keys }) => keys.some((key) => reached.has(key)));
    apart = apart.filter((run) => !touching.includes(run));
    for (const key of touching.flatMap(({ keys }) => keys)) reached.add(key);
  }
  const [alone] = apart;
  if (alone === undefined) return;
  const rest = runs.filter((run) => run !== alone).map(({ name }) => name);
  throw new SynthrlError('RUN_CONFLICT', `The run ${alone.name} shares no problems with ${rest.join(', ')}.`, {
    hint: 'How hard problems are can only be told where the same ones were answered. Rate from each run alone.',
  });
}

async function notesOf(runs: readonly RunVerdicts[]): Promise<string[]> {
  const notes: string[] = [];
  const graders = [...new Set(runs.map(({ grader }) => grader))];
  if (graders.length > 1) notes.push(`The runs were graded differently (${graders.join(', ')}).`);
  const simulated: string[] = [];
  for (const { run } of runs) {
    if ((await readSessions(run)).some(({ engine }) => engine?.simulated === true)) simulated.push(run.name);
  }
  if (simulated.length > 0) notes.push(`The answers of ${simulated.join(', ')} are made up by the simulator.`);
  return notes;
}
