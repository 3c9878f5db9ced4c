import { isDeepStrictEqual } from 'node:util';

/** What a comparison needs of a problem; the official mapping's fields and loaded problems both have it. */
export interface Comparable {
  readonly id: string;
  readonly facets: Readonly<Record<string, unknown>>;
}

export interface Comparison {
  readonly rows: number;
  /** Problems equal in every field. */
  readonly equal: number;
  /** How many problems differ, by field; facets apart as `facets.level`. */
  readonly differing: Readonly<Record<string, number>>;
}

/** Compares problems in order, field by field. */
export function compareProblems(
  official: readonly Comparable[],
  other: readonly Comparable[],
  ignored: readonly string[] = [],
): Comparison {
  if (official.length !== other.length) throw new Error(`${other.length} problems in place of ${official.length}`);
  const differing: Record<string, number> = {};
  let equal = 0;
  for (const [index, problem] of official.entries()) {
    const fields = differingFields(problem, other[index] as Comparable).filter((field) => !ignored.includes(field));
    if (fields.length === 0) equal += 1;
    for (const field of fields) differing[field] = (differing[field] ?? 0) + 1;
  }
  return { rows: official.length, equal, differing };
}

function differingFields(one: Comparable, other: Comparable): string[] {
  const flat = (problem: Comparable): Record<string, unknown> => {
    const { facets, ...fields } = problem;
    const named = Object.entries(facets).map(([facet, value]) => [`facets.${facet}`, value] as const);
    return { ...fields, ...Object.fromEntries(named) };
  };
  const [left, right] = [flat(one), flat(other)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (field) => !isDeepStrictEqual(left[field], right[field]),
  );
}

/** Lines of a table for people: what was compared, and what the form does not carry. */
export function comparisonTable(compared: readonly { name: string; form: string; comparison: Comparison }[]): string {
  const lines = compared.map(({ name, form, comparison: { rows, equal, differing } }) => {
    const fields = Object.entries(differing).map(([field, count]) => `${field} (${count})`);
    return [
      name.padEnd(30),
      form.padEnd(8),
      String(rows).padStart(6),
      String(equal).padStart(6),
      fields.join(', ') || '-',
    ]
      .join('  ')
      .trimEnd();
  });
  return [`${'data'.padEnd(30)}  form        rows   equal  fields that differ`, ...lines].join('\n');
}
