import { type Cluster, effectiveSampleSize } from './clustered-interval.ts';
import { type Interval, wilsonInterval } from './wilson-interval.ts';

/** How often a trusted label moved a cheap verdict, on rows drawn at random. */
export interface LabelledRows {
  /** Rows that were labelled. */
  readonly total: number;
  /** Of these, rows that count as a success by their label and not by their verdict. */
  readonly raised: number;
  /** Of these, rows that count as a success by their verdict and not by their label. */
  readonly lowered: number;
}

/**
 * Share of successes by trusted labels, from cheap verdicts on all rows and labels on a random part of them. With M rows
 * in all, D of them eligible for a label, n labelled, verdicts f and labels y in {0, 1}:
 *
 *     estimate = (1/M) Σ_all f + (D/M) × (1/n) Σ_labelled (y − f)
 *
 * Its error has two uncorrelated parts, which are put together by squares of their distances (MOVER):
 *
 * - the share of labels over all M rows against the share in the population that the rows are from: Wilson at the
 *   estimate, on the effective number of rows that the clusters of verdicts show;
 * - the mean of y − f over the labelled rows against the mean over the eligible ones. The draw alone decides it, so that
 *   clusters do not matter: Wilson limits of the two shares raised/n and lowered/n, with their correlation, shrunk by
 *   √(1 − n/D) because rows are drawn without replacement. With no flip seen it still allows for some, as Wilson does.
 *
 * @param rows.clusters - all M rows with their successes by verdict
 * @param rows.eligible - D, from which the labelled rows were drawn at random, each with the same chance
 * @returns undefined without labelled rows
 * @throws {RangeError} where the counts contradict each other
 * @see Angelopoulos, Bates, Fannjiang, Jordan, Zrnic (2023), https://doi.org/10.1126/science.adi6000 (the estimator)
 * @see Zou, Donner (2008), https://doi.org/10.1002/sim.3095 (limits of a sum from the limits of its parts)
 */
export function predictionPoweredInterval(
  rows: { readonly clusters: readonly Cluster[]; readonly eligible: number; readonly labelled: LabelledRows },
  confidence = 0.95,
): { readonly estimate: number; readonly interval: Interval } | undefined {
  const { clusters, eligible, labelled } = rows;
  const total = clusters.reduce((sum, cluster) => sum + cluster.total, 0);
  const successes = clusters.reduce((sum, cluster) => sum + cluster.successes, 0);
  if (labelled.total === 0) return undefined;
  if (labelled.total > eligible || eligible > total || labelled.raised + labelled.lowered > labelled.total) {
    throw new RangeError(`Expected labelled ≤ eligible ≤ all rows, got ${labelled.total}, ${eligible}, ${total}.`);
  }
  const weight = eligible / total;
  const estimate = clamp(successes / total + (weight * (labelled.raised - labelled.lowered)) / labelled.total);
  const independent = clusters.every((cluster) => cluster.total === 1);
  const population = wilsonInterval(estimate, independent ? total : effectiveSampleSize(clusters), confidence);
  const [below, above] = drawDistances(labelled, confidence);
  const scale = weight * Math.sqrt(1 - labelled.total / eligible);
  return {
    estimate,
    interval: [
      clamp(estimate - Math.hypot(estimate - population[0], scale * below)),
      clamp(estimate + Math.hypot(population[1] - estimate, scale * above)),
    ],
  };
}

/** How far the mean of y − f may lie below and above what the labelled rows show. */
function drawDistances({ total, raised, lowered }: LabelledRows, confidence: number): [number, number] {
  const up = raised / total;
  const down = lowered / total;
  const [upLow, upHigh] = wilsonInterval(up, total, confidence);
  const [downLow, downHigh] = wilsonInterval(down, total, confidence);
  // A row that is raised cannot be lowered.
  const spread = (1 - up) * (1 - down);
  const correlation = spread === 0 ? 0 : -Math.sqrt((up * down) / spread);
  const distance = (one: number, other: number): number =>
    Math.sqrt(Math.max(0, one * one + other * other - 2 * correlation * one * other));
  return [distance(up - upLow, downHigh - down), distance(upHigh - up, down - downLow)];
}

function clamp(proportion: number): number {
  return Math.min(1, Math.max(0, proportion));
}
