import type { Cluster } from '../statistics/clustered-interval.ts';
import { type Figure, intervalOver, shareOf } from './figure.ts';

/** One thing that a figure is a mean over. Values in [0, 1]; null where the figure does not count it. */
export interface Unit {
  /** Units of one group are not independent of each other. */
  readonly group: string;
  /** As it is reported. */
  readonly value: number | null;
  /** What it may still become at the figure's least and most. */
  readonly least: number | null;
  readonly most: number | null;
}

/**
 * The mean of units with its interval: Wilson, on an effective sample size from the spread between groups.
 *
 * @param weight - how many yes-or-no observations a unit is worth at most. A share is over such observations, 1 each. A
 *   graded value (half points, a mean of samples) spreads less than they do, so that its unit may be worth more than one
 */
export function figureOf(units: readonly Unit[], weight = 1): Figure {
  const reported = clustersBy(units, 'value', weight);
  return {
    value: shareOf(reported),
    n: units.filter(({ value }) => value !== null).length,
    interval: intervalOver({
      reported,
      least: clustersBy(units, 'least', weight),
      most: clustersBy(units, 'most', weight),
    }),
  };
}

function clustersBy(units: readonly Unit[], reading: 'value' | 'least' | 'most', weight: number): Cluster[] {
  const clusters = new Map<string, { total: number; successes: number }>();
  for (const unit of units) {
    const value = unit[reading];
    if (value === null) continue;
    const cluster = clusters.get(unit.group);
    if (cluster === undefined) clusters.set(unit.group, { total: weight, successes: weight * value });
    else {
      cluster.total += weight;
      cluster.successes += weight * value;
    }
  }
  return [...clusters.values()];
}
