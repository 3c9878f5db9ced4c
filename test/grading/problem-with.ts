import type { AnswerPolicy, Problem } from '../../src/core/problem.ts';

/** A problem of which only what grading looks at is given. */
export function problemWith(given: {
  answer: string;
  policy: AnswerPolicy;
  choices?: readonly string[];
  question?: string;
  id?: string;
}): Problem {
  return {
    benchmark: 'example',
    id: given.id ?? '1',
    group: given.id ?? '1',
    question: given.question ?? '',
    prompt: given.question ?? '',
    images: [],
    choices: given.choices ?? [],
    answer: given.answer,
    policy: given.policy,
    facets: {},
  };
}
