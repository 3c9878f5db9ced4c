import { benchmarks } from '../../benchmarks/index.ts';
import type { Problem } from '../../src/core/problem.ts';
import { type DataLocation, type LoadedBenchmark, loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { sharedPath } from '../shared-data.ts';

/** Loads from the reference data, which has not all images. */
export function loadShared(text: string, where: Partial<DataLocation> = {}): Promise<LoadedBenchmark> {
  const [selected] = parseSelections(text, benchmarks);
  if (!selected) throw new Error('nothing selected');
  return loadProblems(selected.benchmark, selected.selection, { dataRoot: sharedPath('data'), ...where });
}

/** How often each value occurs. */
export function countBy(problems: readonly Problem[], values: (problem: Problem) => string | readonly string[]) {
  const counts: Record<string, number> = {};
  for (const problem of problems) {
    for (const value of [values(problem)].flat()) counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

export function byFacet(problems: readonly Problem[], facet: string): Record<string, number> {
  return countBy(problems, (problem) => problem.facets[facet] ?? []);
}

export function byId(problems: readonly Problem[], id: string): Problem {
  const problem = problems.find((candidate) => candidate.id === id);
  if (!problem) throw new Error(`no problem ${id}`);
  return problem;
}
