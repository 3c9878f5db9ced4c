import { holm } from '../../statistics/adjust-p-values.ts';
import type { PairedDifference } from '../../statistics/paired-difference.ts';
import type { ClusterScores } from './cluster-scores.ts';
import {
  averageReadings,
  type DifferenceFinding,
  type DifferenceReadings,
  findDifference,
  readDifference,
} from './compare-pair.ts';

/** A difference with its p value corrected within its family. */
export interface AdjustedFinding extends DifferenceFinding {
  /** By Holm's method, over the pairs of the list that it stands in, on the same benchmark. */
  readonly adjusted: number;
}

/** Differences of two checkpoints, newer less older. */
export interface PairFinding<Finding extends DifferenceFinding = AdjustedFinding> {
  readonly newer: string;
  readonly older: string;
  /** Over the benchmarks that all checkpoints were asked, each with the same weight. */
  readonly average: Finding;
  /** Those that both were asked. */
  readonly benchmarks: Readonly<Record<string, Finding>>;
}

/** Results of all checkpoints on one benchmark. */
export interface NamedScores {
  readonly name: string;
  readonly scores: ClusterScores;
}

/** Differences of pairs of checkpoints, each worked out once. Checkpoints by place. */
export class PairBook {
  readonly #names: readonly string[];
  readonly #benchmarks: readonly NamedScores[];
  readonly #averaged: readonly ClusterScores[];
  readonly #readings = new Map<string, DifferenceReadings>();

  /** @param averaged - those of the benchmarks that averages are over, on which all checkpoints have results */
  constructor(names: readonly string[], benchmarks: readonly NamedScores[], averaged: readonly ClusterScores[]) {
    this.#names = names;
    this.#benchmarks = benchmarks;
    this.#averaged = averaged;
  }

  /** The averaged difference. */
  readings(newer: number, older: number): DifferenceReadings {
    if (newer < older) return mirrored(this.readings(older, newer));
    const key = `${newer}-${older}`;
    const known = this.#readings.get(key);
    if (known !== undefined) return known;
    const readings = averageReadings(this.#averaged.map((scores) => readDifference(scores, newer, older)));
    this.#readings.set(key, readings);
    return readings;
  }

  find(newer: number, older: number): PairFinding<DifferenceFinding> {
    const pair = [newer, older] as const;
    const both = this.#benchmarks.filter(({ scores: { right } }) => pair.every((place) => right[place] !== undefined));
    return {
      newer: this.#names[newer] ?? '',
      older: this.#names[older] ?? '',
      average: { ...findDifference(this.#averaged, this.readings(newer, older), pair), mcnemar: null },
      benchmarks: Object.fromEntries(
        both.map(({ name, scores }) => [name, findDifference([scores], readDifference(scores, newer, older), pair)]),
      ),
    };
  }
}

function mirrored({ plain, pessimistic, optimistic }: DifferenceReadings): DifferenceReadings {
  const turned = (difference: PairedDifference) => ({ ...difference, mean: -difference.mean });
  return { plain: turned(plain), pessimistic: turned(optimistic), optimistic: turned(pessimistic) };
}

/** Corrects p values for the number of pairs in a list, on each benchmark and for the average. */
export function adjustPairs(pairs: readonly PairFinding<DifferenceFinding>[]): PairFinding[] {
  const average = holm(pairs.map((pair) => pair.average.p));
  const names = [...new Set(pairs.flatMap(({ benchmarks }) => Object.keys(benchmarks)))];
  const byBenchmark = new Map(names.map((name) => [name, holmOf(pairs.map(({ benchmarks }) => benchmarks[name]))]));
  return pairs.map((pair, place) => ({
    ...pair,
    average: { ...pair.average, adjusted: average[place] ?? 1 },
    benchmarks: Object.fromEntries(
      Object.entries(pair.benchmarks).map(([name, finding]) => [
        name,
        { ...finding, adjusted: byBenchmark.get(name)?.[place] ?? 1 },
      ]),
    ),
  }));
}

/** Corrected p values in their places; what is absent is no test. */
function holmOf(findings: readonly (DifferenceFinding | undefined)[]): (number | undefined)[] {
  const adjusted = holm(findings.flatMap((finding) => (finding === undefined ? [] : [finding.p])));
  let next = 0;
  return findings.map((finding) => {
    if (finding === undefined) return undefined;
    next += 1;
    return adjusted[next - 1];
  });
}
