import { mayBeRight, type Outcomes, verdictOn } from './outcomes.ts';

/** One checkpoint's share of right samples on each problem, in problem order, from 0 to 1. */
export interface ProblemShares {
  readonly right: Float64Array;
  /** With what is not settled counted as right. */
  readonly possible: Float64Array;
}

/** The share of each problem's samples that is right, and that is or may still turn out so. */
export function problemShares(outcomes: Outcomes): ProblemShares {
  const { problems, repeat } = outcomes;
  const right = new Float64Array(problems.length);
  const possible = new Float64Array(problems.length);
  for (const [index, problem] of problems.entries()) {
    let [rightSamples, possibleSamples] = [0, 0];
    for (let sample = 0; sample < repeat; sample += 1) {
      const verdict = verdictOn(outcomes, problem, sample);
      if (verdict === 'correct') rightSamples += 1;
      if (mayBeRight(verdict)) possibleSamples += 1;
    }
    right[index] = rightSamples / repeat;
    possible[index] = possibleSamples / repeat;
  }
  return { right, possible };
}
