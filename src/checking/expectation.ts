import type { Benchmark } from '../problems/define-benchmark.ts';
import type { PublishedSplit } from '../problems/published.ts';
import { namedFileSplit, type Selection } from '../problems/selection.ts';

/** What a selection should hold if the data is as published. */
export interface Expectation {
  /** Undefined where that is not known. */
  readonly rows: number | undefined;
  /** Rows by facet and value, of facets of which every value is known. */
  readonly facets: PublishedSplit['facets'];
  /** Ids that rows may have; undefined where they are not known. */
  readonly ids: readonly string[] | undefined;
  readonly published: PublishedSplit | undefined;
}

/**
 * What is published of a selection; of facet values, only what one facet alone says.
 *
 * @param split - as located: the name of a split, or `file`
 */
export function expectationOf(benchmark: Benchmark, split: string, selection: Selection): Expectation {
  const published = split === namedFileSplit ? undefined : benchmark.published?.[split];
  const declared = benchmark.splits[split]?.parts.reduce((sum, { rows }) => sum + rows, 0);
  const ids = published?.ids;
  const [first, ...others] = Object.entries(selection.facets);
  if (first === undefined)
    return { rows: published?.rows ?? declared, facets: published?.facets ?? {}, ids, published };
  const [facet, values] = first;
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  const counts = Object.entries(published?.facets[facet] ?? {}).filter(([value]) => wanted.has(value.toLowerCase()));
  if (others.length > 0 || counts.length < wanted.size) return { rows: undefined, facets: {}, ids, published };
  // A row may have several values of one facet, so only one value tells how many rows there are.
  const isOneValued = sumOf(Object.entries(published?.facets[facet] ?? {})) === published?.rows;
  const rows = isOneValued || counts.length === 1 ? sumOf(counts) : undefined;
  return { rows, facets: isOneValued ? { [facet]: Object.fromEntries(counts) } : {}, ids, published };
}

function sumOf(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
