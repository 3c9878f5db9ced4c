import type { Problem } from '../../core/problem.ts';
import { bucketNames, bucketOf } from '../../difficulty/ratings/bucket.ts';
import { benjaminiHochberg } from '../../statistics/adjust-p-values.ts';
import { clusterScores } from './cluster-scores.ts';
import { type DifferenceFinding, findDifference, readDifference } from './compare-pair.ts';
import type { BenchmarkScores, ComparedCheckpoint } from './score-benchmark.ts';

/** The difference of one checkpoint to the base on some of a benchmark's problems. */
export interface PartFinding extends DifferenceFinding {
  readonly benchmark: string;
  /** A value of the facet, or a bucket of difficulty. */
  readonly label: string;
  readonly checkpoint: string;
  /** p corrected over the whole table by Benjamini and Hochberg's method. */
  readonly adjusted: number;
}

/** Exploration: differences to the base by a facet, or by bucket of difficulty. */
export interface PartTable {
  /** The facet's name, or `bucket`. */
  readonly by: string;
  readonly findings: readonly PartFinding[];
}

/** What sorts a benchmark's problems into parts: labels in their order, and which labels a problem has. */
interface Sorter {
  readonly labels: (scores: BenchmarkScores) => readonly string[];
  readonly has: (scores: BenchmarkScores, problem: Problem, label: string) => boolean;
}

/** By the values of a facet; benchmarks without it have no part in the table. */
export function byFacet(facet: string): Sorter {
  return {
    labels: ({ problems }) => [...new Set(problems.flatMap((problem) => valuesOf(problem, facet)))].sort(),
    has: (_, problem, label) => valuesOf(problem, facet).includes(label),
  };
}

/** The facet's name comes from the command line, and may be `constructor`. */
function valuesOf({ facets }: Problem, facet: string): readonly string[] {
  return Object.hasOwn(facets, facet) ? (facets[facet] ?? []) : [];
}

/** By bucket of difficulty, for benchmarks with ratings; a problem without a rating is `unrated`. */
export const byBucket: Sorter = {
  labels: ({ ratings }) => (ratings === undefined ? [] : [...bucketNames, 'unrated']),
  has: ({ ratings }, problem, label) => {
    const rating = ratings?.of(problem);
    return (
      (rating === undefined || ratings === undefined ? 'unrated' : bucketOf(rating.rating, ratings.set.cuts)) === label
    );
  },
};

/** Compares every checkpoint with the base on each part of each benchmark. */
export function compareParts(
  by: string,
  sorter: Sorter,
  options: {
    readonly checkpoints: readonly ComparedCheckpoint[];
    readonly benchmarks: readonly BenchmarkScores[];
    readonly base: number;
  },
): PartTable {
  const { checkpoints, benchmarks, base } = options;
  const found: Omit<PartFinding, 'adjusted'>[] = [];
  for (const scores of benchmarks) {
    if (scores.shares[base] === undefined) continue;
    for (const label of sorter.labels(scores)) {
      const part = clusterScores(scores, (problem) => sorter.has(scores, problem, label));
      if (part.n === 0) continue;
      for (const [place, { name }] of checkpoints.entries()) {
        if (place === base || scores.shares[place] === undefined) continue;
        const finding = findDifference([part], readDifference(part, place, base), [place, base]);
        found.push({ benchmark: scores.name, label, checkpoint: name, ...finding });
      }
    }
  }
  const adjusted = benjaminiHochberg(found.map(({ p }) => p));
  return { by, findings: found.map((finding, place) => ({ ...finding, adjusted: adjusted[place] ?? 1 })) };
}
