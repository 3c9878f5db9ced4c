import type { MetricInterval, MetricIntervals, Metrics } from '../core/summary.ts';
import { type Cluster, clusteredInterval } from '../statistics/clustered-interval.ts';
import type { Interval } from '../statistics/wilson-interval.ts';

/** A figure with what it rests on; undefined (null) where it is over nothing. */
export interface Figure extends MetricInterval {
  readonly value: number | null;
}

/** Figures by name, nested as metrics are. */
export interface Figures {
  readonly [name: string]: Figure | Figures;
}

/**
 * What a figure is over, by group, read three ways: as it is reported, where only `correct` counts as right, and as what
 * is not settled would make it least and most.
 */
export interface Readings {
  readonly reported: readonly Cluster[];
  readonly least: readonly Cluster[];
  readonly most: readonly Cluster[];
}

/**
 * The interval of a figure: from the lowest to the highest limit of the clustered intervals of its three readings.
 * Groups without weight are left out.
 *
 * @returns null where the figure is undefined, or where a reading is above 1 and so no proportion
 */
export function intervalOver({ reported, least, most }: Readings): Interval | null {
  const readings = [reported, least, most].map((clusters) => clusters.filter(({ total }) => total > 0));
  if (readings.some((clusters) => clusters.length === 0 || (shareOf(clusters) ?? 0) > 1)) return null;
  const intervals = readings.map((clusters) => clusteredInterval(clusters));
  return [Math.min(...intervals.map(([low]) => low)), Math.max(...intervals.map(([, high]) => high))];
}

/** All successes over all observations; null without observations. */
export function shareOf(clusters: readonly Cluster[]): number | null {
  const total = clusters.reduce((sum, cluster) => sum + cluster.total, 0);
  const successes = clusters.reduce((sum, cluster) => sum + cluster.successes, 0);
  return total === 0 ? null : successes / total;
}

/** The values of figures alone: what `metrics` holds. */
export function valuesOf(figures: Figures): Metrics {
  return Object.fromEntries(
    Object.entries(figures).map(([name, each]) => [name, isFigure(each) ? each.value : valuesOf(each)]),
  );
}

/** What figures rest on, without their values: what `metric_intervals` holds. */
export function intervalsOf(figures: Figures): MetricIntervals {
  return Object.fromEntries(
    Object.entries(figures).map(([name, each]) => [
      name,
      isFigure(each) ? { n: each.n, interval: each.interval } : intervalsOf(each),
    ]),
  );
}

function isFigure(each: Figure | Figures): each is Figure {
  return typeof each.n === 'number';
}
