import type { Verdict } from '../../src/core/grade.ts';
import type { Problem } from '../../src/core/problem.ts';
import { sampleKey } from '../../src/core/response.ts';

/** A problem whose content does not matter here. */
export function makeProblem(members: Partial<Problem> & { id: string }): Problem {
  return {
    benchmark: 'sample',
    group: members.id,
    question: '',
    prompt: '',
    images: [],
    choices: [],
    answer: '1',
    policy: { type: 'number' },
    facets: {},
    ...members,
  };
}

/** Verdicts by sampleKey from one list of verdicts per problem, one per sample. */
export function makeVerdicts(byProblem: Readonly<Record<string, readonly Verdict[]>>): Map<string, Verdict> {
  return new Map(
    Object.entries(byProblem).flatMap(([id, verdicts]) =>
      verdicts.map((verdict, sample): [string, Verdict] => [sampleKey(id, sample), verdict]),
    ),
  );
}
