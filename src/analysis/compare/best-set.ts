import { nonInferiority } from '../../statistics/difference-tests.ts';
import { normalQuantile } from '../../statistics/normal-quantile.ts';
import type { DifferenceReadings } from './compare-pair.ts';

/** How one checkpoint stands against the highest. */
export interface BestSetMember {
  /** Place among the checkpoints. */
  readonly checkpoint: number;
  /** Of all others being no better than it, corrected for looking at all of them. */
  readonly p: number;
  /** Whether it may be the best at 95 %. */
  readonly inSet: boolean;
}

/**
 * The checkpoints of which none can be said not to be the best. A checkpoint is out where some other one is shown to be
 * better: where the largest of its deficits, each over its standard error, is larger than chance makes the largest in
 * 5 of 100 repetitions if all were as good. That chance is taken over all others together, with the correlation that
 * checkpoints on the same problems have. The truly best one has no true deficit, so it is in the set with at least 95 %.
 *
 * Each deficit is read pessimistically where verdicts are not settled, and at its own degrees of freedom.
 *
 * @param options.readings - the averaged difference of two checkpoints, first less second
 * @param options.draws - of the errors of all accuracies together, round by round
 * @param options.covariance - that the draws were made with
 * @see Gupta (1965), https://doi.org/10.1080/00401706.1965.10490251 (a subset that holds the best)
 * @see Hsu (1984), https://doi.org/10.1214/aos/1176346732 (multiple comparisons with the best)
 * @see Mogstad, Romano, Shaikh, Wilhelm (2024), https://doi.org/10.1093/restud/rdad006 (sets of the best by resampling)
 */
export function bestSet(options: {
  readonly count: number;
  readonly readings: (newer: number, older: number) => DifferenceReadings;
  readonly covariance: Float64Array;
  readonly draws: Float64Array;
}): BestSetMember[] {
  return Array.from({ length: options.count }, (_, checkpoint) => {
    const p = pOfBeingBest(checkpoint, options);
    return { checkpoint, p, inSet: p >= 0.05 };
  });
}

function pOfBeingBest(
  checkpoint: number,
  { count, readings, covariance, draws }: Parameters<typeof bestSet>[0],
): number {
  const variance = (one: number, other: number) => covariance[one * count + other] ?? 0;
  const rivals: { place: number; scale: number }[] = [];
  let largest = Number.NEGATIVE_INFINITY;
  for (let rival = 0; rival < count; rival += 1) {
    if (rival === checkpoint) continue;
    largest = Math.max(largest, normalScore(nonInferiority(readings(rival, checkpoint).pessimistic, 0).p));
    const spread = variance(rival, rival) + variance(checkpoint, checkpoint) - 2 * variance(rival, checkpoint);
    if (spread > 1e-12 * variance(rival, rival)) rivals.push({ place: rival, scale: 1 / Math.sqrt(spread) });
  }
  const rounds = draws.length / count;
  let asLarge = 0;
  for (let round = 0; round < rounds; round += 1) {
    const own = draws[round * count + checkpoint] ?? 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (const { place, scale } of rivals) {
      highest = Math.max(highest, ((draws[round * count + place] ?? 0) - own) * scale);
    }
    if (highest >= largest) asLarge += 1;
  }
  // The one that was seen is one of the repetitions.
  return rivals.length === 0 ? 1 : (asLarge + 1) / (rounds + 1);
}

/** The normal deviate that is exceeded with the same chance. */
function normalScore(tail: number): number {
  if (tail <= 0) return Number.POSITIVE_INFINITY;
  return tail >= 1 ? Number.NEGATIVE_INFINITY : -normalQuantile(tail);
}
