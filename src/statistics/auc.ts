import { averageRanks } from './rank-correlation.ts';

/**
 * Chance that a positive scores above a negative, ties counting half: the area under the ROC curve, from the rank sum of
 * the positives (Mann and Whitney's U over the number of pairs).
 *
 * @param labels - 1 for positives, 0 for negatives
 * @returns NaN without positives or without negatives
 * @see Hanley, McNeil (1982), https://doi.org/10.1148/radiology.143.1.7063747
 */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  if (scores.length !== labels.length) {
    throw new RangeError(`Expected a label for each score, got ${labels.length} for ${scores.length}.`);
  }
  const ranks = averageRanks(scores);
  let positives = 0;
  let rankSum = 0;
  for (let index = 0; index < ranks.length; index += 1) {
    if (labels[index] !== 1) continue;
    positives += 1;
    rankSum += ranks[index] ?? 0;
  }
  const negatives = ranks.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
