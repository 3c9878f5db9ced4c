import type { GradingMode } from './grade.ts';
import type { Tally } from './tally.ts';

/** Benchmark-specific figures by name, nested where a metric has parts. Proportions in [0, 1]; null where undefined. */
export interface Metrics {
  readonly [name: string]: number | null | Metrics;
}

/** What one figure of Metrics rests on. */
export interface MetricInterval {
  /** How many units the figure is a share or mean of: samples, groups, composites. 0 where there are none. */
  readonly n: number;
  /** 95 % interval, in [0, 1], that covers both bounds of what is not settled; null where the figure is undefined. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** Under every name of Metrics, with the same nesting. */
export interface MetricIntervals {
  readonly [name: string]: MetricInterval | MetricIntervals;
}

/**
 * Figures beyond accuracy that a benchmark declares. `variants`: DynaMath average, worst case, reasoning robustness.
 * `four-dimensional`: We-Math's strict and loose scores and step accuracies. `consistency`: HallusionBench's question pairs
 * and figures.
 */
export type MetricSet = 'variants' | 'four-dimensional' | 'consistency';

/** Accuracy over all problems, each counting by its chance to be in the bucket. */
export interface WeightedShare {
  /** Sum of the chances: how many problems the share is worth. */
  readonly n: number;
  /** In [0, 1]; null where n is 0. */
  readonly accuracy: number | null;
  /** 95 %, over both bounds of what is not settled. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** Results by how hard the problems are. The three views stand side by side; none replaces another. */
export interface DifficultySummary {
  /** Which ratings: their method, judge and design, and a hash of them. */
  readonly source: string;
  /** By the side of the cuts on which a rating lies; a problem without a rating is `unrated`. */
  readonly buckets: Readonly<Record<'easy' | 'medium' | 'hard' | 'unrated', Tally>>;
  /** By the chance of each bucket, which a rating near a cut shares out. */
  readonly weighted: Readonly<Record<'easy' | 'medium' | 'hard', WeightedShare>>;
  /** By quarters of the ratings, `q1` the easiest. */
  readonly quarters: Readonly<Record<'q1' | 'q2' | 'q3' | 'q4', Tally>>;
}

/** A tally with the benchmark's own metrics and its breakdowns, side by side. */
export interface BenchmarkSummary extends Tally {
  readonly metrics: Metrics;
  readonly metric_intervals: MetricIntervals;
  /** By facet name, then by value. A combined facet is named `subject*level`, its values `algebra*3`. */
  readonly facets: Readonly<Record<string, Readonly<Record<string, Tally>>>>;
  /** Absent where no ratings of the benchmark were found. */
  readonly difficulty?: DifficultySummary;
}

/** summary.<mode>.json of one checkpoint. Holds no clock, so that equal runs give equal files. */
export interface CheckpointSummary {
  readonly name: string;
  /** Training step, where the name tells one. */
  readonly step: number | null;
  readonly mode: GradingMode;
  /** Grader and version, e.g. `rules/1`. */
  readonly grader: string;
  readonly complete: boolean;
  /** Responses that are undecided because the judge could not be reached; absent where there are none. */
  readonly unjudged?: number;
  readonly benchmarks: Readonly<Record<string, BenchmarkSummary>>;
}

/** What a judge was asked in one invocation, and what that cost. */
export interface JudgeCost {
  readonly server: string;
  readonly model: string;
  /** True where the judge says that it is the simulator; else absent. */
  readonly simulated?: boolean;
  /** Requests that were sent, those that failed among them. */
  readonly calls: number;
  /** As the server counted them; 0 where it does not count. */
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Judgements that were there already, and so were not asked for. */
  readonly cacheHits: number;
  /** Judgements that the judge could not be brought to give in the form asked for. */
  readonly unusable: number;
  /** Judgements that could not be had because requests failed. */
  readonly failed: number;
}

/** What `eval-all`, `grade` and `import` print with --json. */
export interface RunSummary {
  readonly run: string;
  readonly complete: boolean;
  readonly judge?: JudgeCost;
  readonly checkpoints: readonly {
    readonly name: string;
    readonly step: number | null;
    readonly benchmarks: Readonly<Record<string, BenchmarkSummary>>;
  }[];
}
