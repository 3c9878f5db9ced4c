import { compareNames } from '../../core/run-directory.ts';
import type { ProblemShares } from '../problem-shares.ts';
import type { BenchmarkScores, ComparedCheckpoint } from './score-benchmark.ts';

/**
 * What became of a problem along training. `learned`: wrong, then right, and it stays so; `forgotten`: the reverse;
 * `flipping`: changed more than once; `unsettled`: without a settled verdict at some checkpoint.
 */
export const trajectoryKinds = [
  'always_right',
  'learned',
  'flipping',
  'forgotten',
  'always_wrong',
  'unsettled',
] as const;
export type TrajectoryKind = (typeof trajectoryKinds)[number];

/** Trajectories of one benchmark's problems. */
export interface BenchmarkTrajectories {
  readonly benchmark: string;
  /** Problems; the counts add up to it. */
  readonly n: number;
  readonly counts: Readonly<Record<TrajectoryKind, number>>;
  /** Ids of those that changed, in order with numbers as numbers; a file may list the first ones only. */
  readonly problems: Readonly<Record<'learned' | 'flipping' | 'forgotten', readonly string[]>>;
  /** From each checkpoint to the next: how many problems turned right, and how many wrong, of those settled at both. */
  readonly changes: readonly {
    readonly from: string;
    readonly to: string;
    readonly gained: number;
    readonly lost: number;
  }[];
}

/** What became of every problem along the steps of training. */
export interface Trajectories {
  /** Checkpoints in the order of training. */
  readonly along: readonly string[];
  readonly benchmarks: readonly BenchmarkTrajectories[];
}

/**
 * Follows every problem along training: over the checkpoints that have a step, after the base where that has none. A
 * problem that is sampled several times is right where more than half of its samples are.
 *
 * @param base - place of the base among the checkpoints
 * @returns null with fewer than two such checkpoints
 */
export function trajectories(options: {
  readonly checkpoints: readonly ComparedCheckpoint[];
  readonly benchmarks: readonly BenchmarkScores[];
  readonly base: number;
}): Trajectories | null {
  const { checkpoints, benchmarks } = options;
  const stepAt = (place: number) => checkpoints[place]?.step ?? Number.NEGATIVE_INFINITY;
  const along = [...checkpoints.keys()]
    .filter((place) => checkpoints[place]?.step !== null || place === options.base)
    .sort((left, right) => stepAt(left) - stepAt(right) || left - right);
  if (along.length < 2) return null;
  const nameAt = (place: number) => checkpoints[place]?.name ?? '';
  const followed = benchmarks.flatMap((scores) => {
    const present = along.flatMap((place) => {
      const shares = scores.shares[place];
      return shares === undefined ? [] : [{ name: nameAt(place), states: statesOf(shares) }];
    });
    return present.length < 2 ? [] : [follow(scores, present)];
  });
  return { along: along.map(nameAt), benchmarks: followed };
}

/** 1 right, 0 wrong, -1 not settled. */
type States = Int8Array;

interface Stop {
  readonly name: string;
  readonly states: States;
}

function statesOf({ right, possible }: ProblemShares): States {
  return Int8Array.from(right, (share, index) => (share > 0.5 ? 1 : (possible[index] ?? 0) > 0.5 ? -1 : 0));
}

function follow(scores: BenchmarkScores, stops: readonly Stop[]): BenchmarkTrajectories {
  const ids: Record<TrajectoryKind, string[]> = {
    always_right: [],
    learned: [],
    flipping: [],
    forgotten: [],
    always_wrong: [],
    unsettled: [],
  };
  for (const [index, { id }] of scores.problems.entries()) {
    ids[kindOf(stops.map(({ states }) => states[index] ?? -1))].push(id);
  }
  const listed = (kind: TrajectoryKind) => ids[kind].sort(compareNames);
  const counts = Object.fromEntries(trajectoryKinds.map((kind) => [kind, ids[kind].length]));
  return {
    benchmark: scores.name,
    n: scores.problems.length,
    counts: counts as Record<TrajectoryKind, number>,
    problems: { learned: listed('learned'), flipping: listed('flipping'), forgotten: listed('forgotten') },
    changes: stops.slice(1).map((stop, place) => changesBetween(stops[place] ?? stop, stop)),
  };
}

function kindOf(states: readonly number[]): TrajectoryKind {
  if (states.includes(-1)) return 'unsettled';
  const turns = states.slice(1).filter((state, place) => state !== states[place]).length;
  const right = states.at(-1) === 1;
  if (turns === 0) return right ? 'always_right' : 'always_wrong';
  if (turns > 1) return 'flipping';
  return right ? 'learned' : 'forgotten';
}

function changesBetween(before: Stop, after: Stop): BenchmarkTrajectories['changes'][number] {
  let [gained, lost] = [0, 0];
  for (const [index, state] of after.states.entries()) {
    if (state === 1 && before.states[index] === 0) gained += 1;
    if (state === 0 && before.states[index] === 1) lost += 1;
  }
  return { from: before.name, to: after.name, gained, lost };
}
