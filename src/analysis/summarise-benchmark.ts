import type { BenchmarkSummary, MetricSet } from '../core/summary.ts';
import { consistencyMetrics } from './consistency-metrics.ts';
import { difficultySummary, type ProblemRatings } from './difficulty-summary.ts';
import { FacetTallies } from './facet-tallies.ts';
import { type Figures, intervalsOf, valuesOf } from './figure.ts';
import { fourDimensionalMetrics } from './four-dimensional-metrics.ts';
import { type Outcomes, verdictOn } from './outcomes.ts';
import { repeatMetrics } from './repeat-metrics.ts';
import { TallyBuilder } from './tally-builder.ts';
import { variantMetrics } from './variant-metrics.ts';

const metricSets: Readonly<Record<MetricSet, (outcomes: Outcomes) => Figures>> = {
  variants: variantMetrics,
  'four-dimensional': fourDimensionalMetrics,
  consistency: consistencyMetrics,
};

/**
 * What one checkpoint's verdicts on one benchmark add up to: the tally, the benchmark's own metrics with
 * their intervals, and a tally for every label of every facet. Several samples per problem add `mean` and `pass_at_k` to the metrics.
 *
 * @param options.problems - everything that was asked, each id once
 * @param options.crossFacets - pairs of facets to combine
 * @param options.ratings - how hard the problems are, where that is known
 * @throws {Error} a bug: verdicts that do not add up to problems × repeat
 */
export function summariseBenchmark(
  options: Outcomes & {
    readonly metrics: readonly MetricSet[];
    readonly crossFacets: readonly (readonly [string, string])[];
    readonly ratings?: ProblemRatings;
  },
): BenchmarkSummary {
  const { problems, repeat } = options;
  const whole = new TallyBuilder();
  const facets = new FacetTallies(options.crossFacets);
  for (const problem of problems) {
    for (let sample = 0; sample < repeat; sample += 1) {
      const verdict = verdictOn(options, problem, sample);
      whole.add(problem.group, verdict);
      facets.add(problem, verdict);
    }
  }
  const tally = whole.build();
  if (tally.asked !== problems.length * repeat) {
    throw new Error(`${tally.asked} samples were counted of ${problems.length} problems × ${repeat}`);
  }
  const sets = options.metrics.map((name) => metricSets[name](options));
  const figures: Figures = Object.assign({}, ...sets, repeat > 1 ? repeatMetrics(options) : {});
  return {
    ...tally,
    metrics: valuesOf(figures),
    metric_intervals: intervalsOf(figures),
    facets: facets.build(),
    ...(options.ratings ? { difficulty: difficultySummary(options, options.ratings) } : {}),
  };
}
