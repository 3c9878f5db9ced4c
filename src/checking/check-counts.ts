import type { Problem } from '../core/problem.ts';
import type { Expectation } from './expectation.ts';
import { counted, type Finding, findingOf } from './finding.ts';

/** How forms that lack a column state its facet. */
const unstated: ReadonlySet<string> = new Set(['unknown', 'not stated']);

/** Compares how many rows there are, in all and by facet value, with what is published. */
export function checkCounts(problems: readonly Problem[], { rows, facets }: Expectation): Finding[] {
  const byFacet = Object.entries(facets).flatMap(([facet, published]) => checkFacet(problems, facet, published));
  if (rows === undefined || rows === problems.length) return byFacet;
  const difference = problems.length - rows;
  const how = difference > 0 ? `${counted(difference, 'row')} more than` : `${counted(-difference, 'row')} fewer than`;
  const detail = `${counted(problems.length, 'row')}, ${how} the ${rows.toLocaleString('en-US')} published`;
  return [{ state: 'wrong', subject: 'counts', detail, count: Math.abs(difference), examples: [] }, ...byFacet];
}

function checkFacet(
  problems: readonly Problem[],
  facet: string,
  published: Readonly<Record<string, number>>,
): Finding[] {
  const found = new Map<string, number>();
  for (const problem of problems) {
    for (const value of problem.facets[facet] ?? []) found.set(value, (found.get(value) ?? 0) + 1);
  }
  const values = [...found.keys()];
  if (values.length > 0 && values.every((value) => unstated.has(value))) {
    return findingOf('note', 'counts', values, `the data does not state the ${facet} of its rows`);
  }
  const differing = Object.entries(published).flatMap(([value, count]) => {
    const there = found.get(value) ?? 0;
    return there === count ? [] : [`${value}: ${there} of ${count}`];
  });
  const extra = values.flatMap((value) =>
    Object.hasOwn(published, value) ? [] : [`${JSON.stringify(value)}: ${found.get(value) ?? 0} of none`],
  );
  const all = [...extra, ...differing];
  return findingOf(
    'wrong',
    'counts',
    all,
    `${counted(all.length, 'value')} of ${facet} with other counts than published`,
  );
}
