import type { Problem } from '../core/problem.ts';
import type { Metrics } from '../core/summary.ts';
import { groupProblems, type Outcomes, verdictOn } from './outcomes.ts';

/** How many one-step problems a composite problem is made of, by its `step` facet. */
const partsByStep: Readonly<Record<string, number>> = { 'two-step': 2, 'three-step': 3 };

/** A composite problem with all the one-step problems that it is made of. */
interface Composite {
  readonly whole: Problem;
  readonly parts: readonly Problem[];
}

/** How composites came out: insufficient knowledge, inadequate generalisation, complete mastery, rote memorisation. */
interface MasteryCounts {
  ik: number;
  ig: number;
  cm: number;
  rm: number;
}

/**
 * We-Math's figures, from the `step` facet (`one-step`, `two-step`, `three-step`) and groups that hold a composite
 * problem with its one-step parts.
 *
 * - `strict` and `loose`, over composites whose parts were all selected: `ik`, `ig`, `cm` as shares of composites,
 *   `rm` = RM / (CM + RM), `score` = (CM + IG/2) / composites. Strict mastery wants every part right, loose one part.
 * - `one_step`, `two_step`, `three_step`: share right among the problems of that step.
 *
 * Null where there is nothing to divide by. Samples are counted one by one; what is not `correct` counts as not right.
 *
 * @see Qiao et al. (2024), https://arxiv.org/abs/2407.01284
 */
export function fourDimensionalMetrics(outcomes: Outcomes): Metrics {
  const composites = findComposites(outcomes.problems);
  const strict: MasteryCounts = { ik: 0, ig: 0, cm: 0, rm: 0 };
  const loose: MasteryCounts = { ik: 0, ig: 0, cm: 0, rm: 0 };
  for (const { whole, parts } of composites) {
    for (let sample = 0; sample < outcomes.repeat; sample += 1) {
      const wholeRight = verdictOn(outcomes, whole, sample) === 'correct';
      const partsRight = parts.filter((part) => verdictOn(outcomes, part, sample) === 'correct').length;
      strict[masteryOf(wholeRight, partsRight, parts.length, parts.length)] += 1;
      loose[masteryOf(wholeRight, partsRight, parts.length, 1)] += 1;
    }
  }
  return {
    strict: mastery(strict),
    loose: mastery(loose),
    one_step: stepAccuracy(outcomes, 'one-step'),
    two_step: stepAccuracy(outcomes, 'two-step'),
    three_step: stepAccuracy(outcomes, 'three-step'),
  };
}

/**
 * Which of the four a composite shows.
 *
 * @param needed - how many right parts a right composite needs to count as mastery: all (strict) or 1 (loose)
 */
function masteryOf(wholeRight: boolean, partsRight: number, parts: number, needed: number): keyof MasteryCounts {
  if (wholeRight) return partsRight >= needed ? 'cm' : 'rm';
  return partsRight === parts ? 'ig' : 'ik';
}

function mastery({ ik, ig, cm, rm }: MasteryCounts): Metrics {
  const total = ik + ig + cm + rm;
  const share = (count: number, of: number) => (of === 0 ? null : count / of);
  return {
    score: share(cm + ig / 2, total),
    ik: share(ik, total),
    ig: share(ig, total),
    cm: share(cm, total),
    rm: share(rm, cm + rm),
  };
}

function findComposites(problems: readonly Problem[]): Composite[] {
  return [...groupProblems(problems).values()].flatMap((group) => {
    const parts = group.filter((problem) => hasStep(problem, 'one-step'));
    return group.flatMap((whole) => {
      const needed = Object.entries(partsByStep).find(([step]) => hasStep(whole, step))?.[1];
      return needed !== undefined && parts.length === needed ? [{ whole, parts }] : [];
    });
  });
}

function stepAccuracy(outcomes: Outcomes, step: string): number | null {
  let asked = 0;
  let right = 0;
  for (const problem of outcomes.problems.filter((candidate) => hasStep(candidate, step))) {
    for (let sample = 0; sample < outcomes.repeat; sample += 1) {
      asked += 1;
      if (verdictOn(outcomes, problem, sample) === 'correct') right += 1;
    }
  }
  return asked === 0 ? null : right / asked;
}

function hasStep(problem: Problem, step: string): boolean {
  const { step: steps } = problem.facets;
  return steps?.includes(step) ?? false;
}
