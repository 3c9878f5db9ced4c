import { detectableDifference, pairsNeeded } from '../../statistics/detectable-difference.ts';
import { pairedDifference } from '../../statistics/paired-difference.ts';
import { pairedOutcomes } from '../paired-outcomes.ts';
import { benchmarksOf, type GatedBenchmark, partOf } from './evaluate-gate.ts';
import { describeRule, type GateRules } from './gate-rule.ts';

/** What one margin rule could tell with this data. Proportions in [0, 1]. */
export interface RulePlan {
  readonly rule: string;
  readonly scope: string;
  readonly margin: number;
  readonly n: number;
  /** Share of problems on which the two sides differ; with several samples each, the mean square of the differences. */
  readonly discordant: number;
  /** How much rows of one underlying problem inflate the variance. */
  readonly designEffect: number;
  /** Loss beyond the margin that is shown with the planned power; the least margin at which an equal side passes so often. */
  readonly detectable: number;
  /** Problems that it would take for an equal side to pass at this margin with the planned power; null at a margin of 0. */
  readonly needed: number | null;
}

export interface GatePlan {
  readonly alpha: number;
  /** Chance to be right about what is there. */
  readonly power: number;
  readonly rules: readonly RulePlan[];
}

const power = 0.8;

/** Least share of discordant problems that is planned with: seeing none in few does not mean that there are none. */
const leastDiscordant = 0.01;

/**
 * Says what each margin rule can tell, from how often the two sides differ on the data at hand.
 *
 * @throws {SynthrlError} `GATE_INVALID` for a rule about a benchmark, facet or bucket that is not there
 */
export function planGate({ alpha, rules }: GateRules, benchmarks: readonly GatedBenchmark[]): GatePlan {
  const plans = rules
    .filter(({ bound }) => bound.kind === 'margin')
    .flatMap((rule) => {
      const planned = (benchmark: GatedBenchmark) =>
        planRule(
          rule.name ?? describeRule(rule, benchmark.name),
          partOf(benchmark, rule.part),
          rule.bound.amount,
          alpha,
        );
      if (rule.on === 'average')
        return [averagePlan(rule.name ?? describeRule(rule, 'average'), benchmarks.map(planned))];
      return benchmarksOf(rule, benchmarks).map(planned);
    });
  return { alpha, power, rules: plans };
}

function planRule(rule: string, benchmark: GatedBenchmark, margin: number, alpha: number): RulePlan {
  const n = benchmark.problems.length;
  const { plain, clusters } = pairedOutcomes(benchmark);
  const squares = plain.reduce((sum, difference) => sum + difference * difference, 0);
  const discordant = Math.max(leastDiscordant, n === 0 ? 0 : squares / n);
  const designEffect = designEffectOf(plain, clusters);
  const plan = { alpha, power, sides: 1, discordant, designEffect } as const;
  return {
    rule,
    scope: benchmark.name,
    margin,
    n,
    discordant,
    designEffect,
    detectable: n === 0 ? 1 : Math.min(1, detectableDifference(n, plan)),
    needed: margin === 0 ? null : pairsNeeded(margin, plan),
  };
}

/** Of the plain mean over benchmarks, whose errors add up by squares; problems are taken to grow alike in all of them. */
function averagePlan(rule: string, plans: readonly RulePlan[]): RulePlan {
  const sum = (value: (plan: RulePlan) => number) => plans.reduce((all, plan) => all + value(plan), 0);
  const n = sum((plan) => plan.n);
  const mean = (value: (plan: RulePlan) => number) => sum((plan) => value(plan) * plan.n) / Math.max(1, n);
  const isPartless = plans.some((plan) => plan.n === 0);
  const detectable = Math.hypot(...plans.map((plan) => plan.detectable)) / plans.length;
  const margin = plans[0]?.margin ?? 0;
  return {
    rule,
    scope: 'average',
    margin,
    n,
    discordant: mean((plan) => plan.discordant),
    designEffect: mean((plan) => plan.designEffect),
    detectable,
    needed:
      margin === 0 ? null : isPartless ? sum((plan) => plan.needed ?? 0) : Math.ceil(n * (detectable / margin) ** 2),
  };
}

/** Variance of the mean difference with the groups seen, over that without; 1 where every problem is its own group. */
function designEffectOf(differences: Float64Array, clusters: readonly string[]): number {
  if (new Set(clusters).size < 2) return 1;
  const clustered = pairedDifference(differences, clusters).standardError;
  const independent = pairedDifference(differences).standardError;
  return independent === 0 ? 1 : Math.max(1, (clustered / independent) ** 2);
}
