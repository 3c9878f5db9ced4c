import { normalQuantile } from './normal-quantile.ts';

/** What a paired comparison of binary outcomes is planned with. */
export interface ComparisonPlan {
  /** Share of pairs on which the two sides differ, above 0 and at most 1. */
  readonly discordant: number;
  /** Level of the test, e.g. 0.05. */
  readonly alpha: number;
  /** Chance to find a difference that is there, e.g. 0.8. */
  readonly power: number;
  readonly sides: 1 | 2;
  /** How much rows of one problem inflate the variance; 1 for independent rows. */
  readonly designEffect?: number;
}

/**
 * Smallest true difference of accuracy that n pairs find with the planned power: (z_{1−α/sides} + z_power) √(D × p_d / n)
 * for a share p_d of discordant pairs and design effect D.
 *
 * @param n - pairs, at least 1
 * @see Connor (1987), https://doi.org/10.2307/2531961
 */
export function detectableDifference(n: number, plan: ComparisonPlan): number {
  return quantileSum(plan) * Math.sqrt(((plan.designEffect ?? 1) * plan.discordant) / n);
}

/** Pairs needed to find a difference of `size` with the planned power; whole, at least 1. */
export function pairsNeeded(size: number, plan: ComparisonPlan): number {
  const needed = ((plan.designEffect ?? 1) * plan.discordant * quantileSum(plan) ** 2) / (size * size);
  return Math.max(1, Math.ceil(needed));
}

function quantileSum({ alpha, power, sides }: ComparisonPlan): number {
  return normalQuantile(1 - alpha / sides) + normalQuantile(power);
}
