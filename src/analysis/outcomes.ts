import type { Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import { sampleKey } from '../core/response.ts';

/** What one checkpoint made of a benchmark's selected problems. */
export interface Outcomes {
  readonly problems: readonly Problem[];
  /** Samples per problem, numbered from 0. */
  readonly repeat: number;
  /** By sampleKey; a sample without a verdict has failed. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** The verdict on one sample; `failed` where there is none, so that nothing asked vanishes from a count. */
export function verdictOn(outcomes: Outcomes, problem: Problem, sample: number): Verdict {
  return outcomes.verdicts.get(sampleKey(problem.id, sample)) ?? 'failed';
}

/** Whether a sample is right, or could still turn out so: the higher of the two bounds on every share of right ones. */
export function mayBeRight(verdict: Verdict): boolean {
  return verdict === 'correct' || verdict === 'undecided' || verdict === 'timeout' || verdict === 'failed';
}

/** Problems by their group, in the order in which groups first appear. */
export function groupProblems(problems: readonly Problem[]): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const group = groups.get(problem.group);
    if (group === undefined) groups.set(problem.group, [problem]);
    else group.push(problem);
  }
  return groups;
}
