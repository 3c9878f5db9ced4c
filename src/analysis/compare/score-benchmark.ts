import type { Verdict } from '../../core/grade.ts';
import type { Problem } from '../../core/problem.ts';
import { sampleKey } from '../../core/response.ts';
import type { ProblemRatings } from '../difficulty-summary.ts';
import { type ProblemShares, problemShares } from '../problem-shares.ts';

/** A benchmark that checkpoints were asked. */
export interface ComparedBenchmark {
  readonly name: string;
  readonly problems: readonly Problem[];
  /** Samples per problem. */
  readonly repeat: number;
  /** Undefined where its problems have no ratings. */
  readonly ratings?: ProblemRatings | undefined;
}

/** What one checkpoint got. */
export interface ComparedCheckpoint {
  readonly name: string;
  readonly step: number | null;
  /** Of the weights; null where it is not known. */
  readonly fingerprint: string | null;
  /** By benchmark, then by sampleKey. What was not asked is absent. */
  readonly verdicts: ReadonlyMap<string, ReadonlyMap<string, Verdict>>;
}

/** Results on one benchmark, over the problems that every checkpoint with results on it was asked. */
export interface BenchmarkScores {
  readonly name: string;
  readonly repeat: number;
  readonly ratings: ProblemRatings | undefined;
  /** By group, then by id, so that the order of the data changes no figure. */
  readonly problems: readonly Problem[];
  /** Problems that some of the checkpoints were asked and others not. */
  readonly leftOut: number;
  /** By checkpoint, in problem order; undefined for one without results on this benchmark. */
  readonly shares: readonly (ProblemShares | undefined)[];
}

/** Lines up what all checkpoints made of a benchmark. */
export function scoreBenchmark(
  benchmark: ComparedBenchmark,
  checkpoints: readonly ComparedCheckpoint[],
): BenchmarkScores {
  const { name, repeat, ratings } = benchmark;
  const results = checkpoints.map(({ verdicts }) => verdicts.get(name));
  const asked = (verdicts: ReadonlyMap<string, Verdict>, { id }: Problem) => {
    for (let sample = 0; sample < repeat; sample += 1) if (verdicts.has(sampleKey(id, sample))) return true;
    return false;
  };
  const all = results.filter((verdicts) => verdicts !== undefined);
  const known = benchmark.problems.filter((problem) => all.some((verdicts) => asked(verdicts, problem)));
  const problems = known.filter((problem) => all.every((verdicts) => asked(verdicts, problem))).sort(byGroup);
  const shares = results.map((verdicts) =>
    verdicts === undefined ? undefined : problemShares({ problems, repeat, verdicts }),
  );
  return { name, repeat, ratings, problems, leftOut: known.length - problems.length, shares };
}

function byGroup(left: Problem, right: Problem): number {
  if (left.group !== right.group) return left.group < right.group ? -1 : 1;
  return left.id < right.id ? -1 : Number(left.id !== right.id);
}
