import { sortedQuantile } from '../../statistics/bootstrap.ts';
import { normalCdf } from '../../statistics/normal-cdf.ts';
import {
  averageDifference,
  clusteredDifference,
  differenceReach,
  type PairedDifference,
} from '../../statistics/paired-difference.ts';
import { accuracyOf, type ClusterScores, unsettledOf } from './cluster-scores.ts';
import type { DifferenceReadings } from './compare-pair.ts';
import { heldOutEstimate } from './held-out-estimate.ts';

/** A figure of the checkpoint that was picked because it is the highest. */
export interface PickedFigure {
  /** As it was measured: too high on average, since it was picked for being high. */
  readonly measured: number;
  /** Without what picking added; null where there is too little data to hold some out. */
  readonly corrected: number | null;
  /** 95 %, whichever was picked, over both bounds of what is not settled; null where there are too few groups to tell anything. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** The highest checkpoint's average accuracy, and what it gains over the base; gain is null where it is the base itself. */
export interface BestEstimate {
  readonly accuracy: PickedFigure;
  readonly gain: PickedFigure | null;
}

/** Everything that estimates of the highest checkpoint rest on. Checkpoints by place, matrices row by row. */
export interface PickedFrom {
  readonly scores: readonly ClusterScores[];
  readonly highest: number;
  readonly base: number;
  /** Those that may be the best. */
  readonly candidates: readonly number[];
  /** Averaged difference of two checkpoints, first less second. */
  readonly readings: (newer: number, older: number) => DifferenceReadings;
  readonly covariance: Float64Array;
  readonly draws: Float64Array;
  readonly seed: string;
}

/**
 * What the highest checkpoint is worth, corrected for having been picked.
 *
 * The corrected figure is {@link heldOutEstimate}. The lower limit is one that holds for all checkpoints at the same time
 * (97.5 %), and therefore for whichever is picked. The upper one needs no such care: were the picked one truly above its
 * ordinary limit, the truly best one would be measured below its own by as much; the widest error of those that may be
 * the best is taken.
 *
 * @see Andrews, Kitagawa, McCloskey (2024), https://doi.org/10.1093/qje/qjad043 (inference on winners; simultaneous limits)
 */
export function bestEstimate(from: PickedFrom): BestEstimate {
  const { scores, highest, base, candidates, readings } = from;
  const held = heldOutEstimate(scores, { base, seed: from.seed });
  const mean = (value: (one: ClusterScores) => number) =>
    scores.reduce((sum, one) => sum + value(one), 0) / scores.length;
  const open = mean((one) => unsettledOf(one, highest));
  const measured = mean((one) => accuracyOf(one, highest));
  const accuracy = pickedFigure({
    measured,
    corrected: held?.accuracy ?? null,
    own: accuracySpread(scores, highest),
    widest: candidates.map((checkpoint) => accuracySpread(scores, checkpoint)),
    deviate: simultaneousDeviate(from, null),
    unsettled: [0, open],
    range: [0, 1],
  });
  if (highest === base) return { accuracy, gain: null };
  const gain = pickedFigure({
    measured: measured - mean((one) => accuracyOf(one, base)),
    corrected: held?.gain ?? null,
    own: readings(highest, base).plain,
    widest: candidates.filter((one) => one !== base).map((checkpoint) => readings(checkpoint, base).plain),
    deviate: simultaneousDeviate(from, base),
    unsettled: [mean((one) => unsettledOf(one, base)), open],
    range: [-1, 1],
  });
  return { accuracy, gain };
}

function pickedFigure(figure: {
  measured: number;
  corrected: number | null;
  own: PairedDifference;
  widest: readonly PairedDifference[];
  deviate: number;
  unsettled: readonly [below: number, above: number];
  range: readonly [least: number, most: number];
}): PickedFigure {
  const { measured, corrected, own, unsettled, range } = figure;
  const down = differenceReach(own, normalCdf(figure.deviate));
  const up = Math.max(...[own, ...figure.widest].map((one) => differenceReach(one, 0.975)));
  if (!Number.isFinite(down) || !Number.isFinite(up)) return { measured, corrected, interval: null };
  const low = Math.min(own.mean - down, corrected ?? measured) - unsettled[0];
  const high = Math.max(own.mean + up, corrected ?? measured) + unsettled[1];
  const isOpen = low <= range[0] && high >= range[1];
  return { measured, corrected, interval: isOpen ? null : [Math.max(range[0], low), Math.min(range[1], high)] };
}

/**
 * The normal deviate below which the largest error of all accuracies (or of all differences to the base), each over its
 * standard error, stays in 97.5 of 100 repetitions.
 */
function simultaneousDeviate({ covariance, draws, scores }: PickedFrom, base: number | null): number {
  const count = scores[0]?.right.length ?? 0;
  const at = (one: number, other: number) => covariance[one * count + other] ?? 0;
  const scales = Array.from({ length: count }, (_, one) => {
    const spread = base === null ? at(one, one) : at(one, one) + at(base, base) - 2 * at(one, base);
    return one !== base && spread > 1e-12 * at(one, one) ? 1 / Math.sqrt(spread) : 0;
  });
  if (scales.every((scale) => scale === 0)) return 1.96;
  const largest = new Float64Array(draws.length / count);
  for (let round = 0; round < largest.length; round += 1) {
    const under = base === null ? 0 : (draws[round * count + base] ?? 0);
    let most = Number.NEGATIVE_INFINITY;
    for (const [one, scale] of scales.entries()) {
      if (scale > 0) most = Math.max(most, ((draws[round * count + one] ?? 0) - under) * scale);
    }
    largest[round] = most;
  }
  return sortedQuantile(largest.sort(), 0.975);
}

/**
 * A checkpoint's average accuracy with its error. One group of average size that is all right and one that is all wrong
 * are added, so that a checkpoint which gets everything right does not count as known to be perfect.
 *
 * @see Agresti, Coull (1998), https://doi.org/10.1080/00031305.1998.10480550
 */
function accuracySpread(scores: readonly ClusterScores[], checkpoint: number): PairedDifference {
  return averageDifference(
    scores.map(({ n, sizes, right }) => {
      const added = n / sizes.length;
      const spread = clusteredDifference({
        sums: Float64Array.from([...(right[checkpoint] ?? []), added, 0]),
        sizes: Float64Array.from([...sizes, added, added]),
      });
      return sizes.length < 2
        ? { ...spread, standardError: Number.POSITIVE_INFINITY, freedom: 0 }
        : { ...spread, freedom: sizes.length - 1 };
    }),
  );
}
