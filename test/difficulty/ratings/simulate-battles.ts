import type { Battle } from '../../../src/difficulty/ratings/battle-table.ts';
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts';

/** Battles of problems with known difficulties, with ties, noise and a judge who favours what it sees first. */
export function simulateBattles(options: {
  readonly truth: readonly number[];
  readonly opponents: number;
  readonly random: () => number;
  /** Shares of battles that become a tie or the toss of a coin. */
  readonly ties?: number;
  readonly coins?: number;
  /** Advantage of the first, in log-odds. */
  readonly advantage?: number;
}): Battle[] {
  const { truth, random } = options;
  const battles: Battle[] = [];
  for (const item of truth.keys()) {
    const seen = new Set([item]);
    while (seen.size <= Math.min(options.opponents, truth.length - 1)) {
      const other = Math.floor(random() * truth.length);
      if (seen.has(other)) continue;
      seen.add(other);
      const [first, second] = random() < 0.5 ? [item, other] : [other, item];
      const gap = ((truth[first] ?? 0) - (truth[second] ?? 0)) * (Math.LN10 / 400) + (options.advantage ?? 0);
      const chance = random() < (options.coins ?? 0) ? 0.5 : 1 / (1 + Math.exp(-gap));
      const won = random() < chance;
      const winner = random() < (options.ties ?? 0) ? 'tie' : won ? 'first' : 'second';
      battles.push({ first: nameOf(first), second: nameOf(second), winner });
    }
  }
  return battles;
}

export function nameOf(item: number): string {
  return `p${item}`;
}

/** Difficulties on the Elo scale, normal with the given spread, their mean at 1000. */
export function drawTruth(items: number, spread: number, random: () => number): number[] {
  const drawn = Array.from({ length: items }, () => spread * normalQuantile(random() || 0.5));
  const mean = drawn.reduce((sum, value) => sum + value, 0) / items;
  return drawn.map((value) => 1000 + value - mean);
}
