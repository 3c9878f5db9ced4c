import type { ReadProblem } from '../problems/read-problems.ts';
import type { Expectation } from './expectation.ts';
import { counted, type Finding, findingOf } from './finding.ts';

/**
 * Ids that occur twice, that are not published, that other members of the row contradict, or that no row has.
 *
 * @param isWhole - whether all published rows should be there
 */
export function checkIds(read: readonly ReadProblem[], expectation: Expectation, isWhole: boolean): Finding[] {
  const { ids, rows, published } = expectation;
  const first = new Map<string, string>();
  const twice: string[] = [];
  const unknown: string[] = [];
  const contradicted: string[] = [];
  const known = new Set(ids);
  for (const { problem, place } of read) {
    const before = first.get(problem.id);
    if (before === undefined) first.set(problem.id, place);
    else twice.push(`${problem.id} (${before}; ${place})`);
    if (ids !== undefined && !known.has(problem.id)) unknown.push(`${problem.id} (${place})`);
    const said = published?.idOf?.(problem);
    if (said !== undefined && said !== '' && said !== problem.id) {
      contradicted.push(`${problem.id} should be ${said} (${place})`);
    }
  }
  const missing = isWhole && ids?.length === rows ? (ids ?? []).filter((id) => !first.has(id)) : [];
  return [
    ...findingOf(
      'wrong',
      'ids',
      twice,
      `${counted(twice.length, 'row has an id', 'rows have ids')} that another row has`,
    ),
    ...findingOf(
      'wrong',
      'ids',
      unknown,
      `${counted(unknown.length, 'row has an id', 'rows have ids')} that is not published`,
    ),
    ...findingOf(
      'wrong',
      'ids',
      contradicted,
      `${counted(contradicted.length, 'id')} of another group or version than the row's`,
    ),
    ...findingOf('wrong', 'ids', missing, `${counted(missing.length, 'published id')} without a row`),
  ];
}
