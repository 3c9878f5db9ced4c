import { createHash } from 'node:crypto';
import type { ImageSource, Problem } from '../core/problem.ts';
import type { ReadProblem } from '../problems/read-problems.ts';
import { counted, type Finding, findingOf } from './finding.ts';

/**
 * Rows of different groups with the same question, answer, options and pictures.
 *
 * @param contentOf - what is equal for equal pictures
 * @param published - such rows, by their ids, where the authors' are all known; others are wrong then
 */
export function checkCopies(
  read: readonly ReadProblem[],
  contentOf: (source: ImageSource) => string,
  published: readonly (readonly string[])[] | undefined,
): Finding[] {
  const alike = new Map<string, Problem[]>();
  for (const { problem } of read) {
    const key = contentKey(problem, contentOf);
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [problem]);
    else if (others.every(({ group }) => group !== problem.group)) others.push(problem);
  }
  const copies = [...alike.values()].filter(({ length }) => length > 1).map((same) => same.map(({ id }) => id));
  const isKnown = (ids: readonly string[]): boolean =>
    (published ?? []).some((known) => ids.every((id) => known.includes(id)));
  const known = copies.filter(isKnown);
  const others = copies.filter((ids) => !isKnown(ids));
  const state = published === undefined ? 'note' : 'wrong';
  const shown = (sets: readonly (readonly string[])[]): string[] => sets.map((ids) => ids.join(' = '));
  return [
    ...findingOf(state, 'copies', shown(others), `${counted(others.length, 'problem')} under several ids`),
    ...findingOf('note', 'copies', shown(known), `${counted(known.length, 'problem')} under several ids, as published`),
  ];
}

function contentKey(problem: Problem, contentOf: (source: ImageSource) => string): string {
  const { prompt, answer, choices } = problem;
  const said = JSON.stringify([prompt, answer, choices, problem.images.map(contentOf)]);
  return createHash('sha256').update(said).digest('base64');
}
