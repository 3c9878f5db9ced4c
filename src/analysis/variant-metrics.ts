import { type Figure, type Figures, intervalOver } from './figure.ts';
import { figureOf } from './figure-of.ts';
import { groupProblems, mayBeRight, type Outcomes, verdictOn } from './outcomes.ts';
import { sampleShare } from './sample-share.ts';

/** One sample of every selected variant of a seed. */
interface SeedSample {
  readonly group: string;
  readonly variants: number;
  readonly right: number;
  /** Right, or could still turn out so. */
  readonly possible: number;
}

/**
 * DynaMath's figures, where a group is a seed and its problems are the variants.
 *
 * - `average`: share of all samples that are right;
 * - `worst_case`: share of seeds with every selected variant right, averaged over samples;
 * - `reasoning_robustness`: worst_case / average, null where the average is 0.
 *
 * All null where nothing was asked. What is not `correct` counts as not right.
 *
 * @see Zou et al. (2024), https://arxiv.org/abs/2411.00836
 */
export function variantMetrics(outcomes: Outcomes): Figures {
  const seeds: SeedSample[] = [];
  for (const [group, variants] of groupProblems(outcomes.problems)) {
    for (let sample = 0; sample < outcomes.repeat; sample += 1) {
      const verdicts = variants.map((problem) => verdictOn(outcomes, problem, sample));
      const right = verdicts.filter((verdict) => verdict === 'correct').length;
      seeds.push({ group, variants: variants.length, right, possible: verdicts.filter(mayBeRight).length });
    }
  }
  const average = sampleShare(outcomes);
  const worst = figureOf(
    seeds.map(({ group, variants, right, possible }) => {
      const value = right === variants ? 1 : 0;
      return { group, value, least: value, most: possible === variants ? 1 : 0 };
    }),
  );
  return { average, worst_case: worst, reasoning_robustness: robustness(average, worst, seeds) };
}

/**
 * The ratio of the two shares. Their spread is that of the difference between a seed's two values where the second is
 * taken times the ratio (the delta method for a ratio of means), which is what a clustered proportion has when each seed
 * weighs as much as its share of right variants.
 *
 * A variant that turns right lowers the ratio unless it completes its seed. So the ratio is least where all that is open
 * turns right short of completing a seed, and most where only that turns right which completes one.
 *
 * No interval where seeds have different numbers of variants and the ratio is above 1.
 */
function robustness(average: Figure, worst: Figure, seeds: readonly SeedSample[]): Figure {
  const n = worst.n;
  if (average.value === null || worst.value === null || average.value === 0) return { value: null, n, interval: null };
  const meanVariants = average.n / seeds.length;
  const clusters = (rightIn: (seed: SeedSample) => number) => {
    const groups = new Map<string, { total: number; successes: number }>();
    for (const seed of seeds) {
      const right = rightIn(seed);
      const { total, successes } = groups.get(seed.group) ?? { total: 0, successes: 0 };
      const all = right === seed.variants ? 1 : 0;
      groups.set(seed.group, { total: total + right / meanVariants, successes: successes + all });
    }
    return [...groups.values()];
  };
  const interval = intervalOver({
    reported: clusters(({ right }) => right),
    least: clusters(({ variants, right, possible }) =>
      possible === variants && right < variants ? possible - 1 : possible,
    ),
    most: clusters(({ variants, right, possible }) => (possible === variants ? possible : right)),
  });
  return { value: worst.value / average.value, n, interval };
}
