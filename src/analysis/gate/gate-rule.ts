/** What a rule looks at. Shares are over all samples asked. */
export const gateMetrics = ['accuracy', 'no_answer', 'undecided', 'failed', 'asked'] as const;
export type GateMetric = (typeof gateMetrics)[number];

/** Part of a benchmark that a rule is limited to. */
export type GatePart =
  | { readonly kind: 'bucket'; readonly bucket: 'easy' | 'medium' | 'hard' }
  | { readonly kind: 'facet'; readonly facet: string; readonly value: string };

/** What a rule asks. Amounts are proportions from 0 to 1, counts for `asked`. */
export type GateBound =
  /** The new side may be worse by less than this. */
  | { readonly kind: 'margin'; readonly amount: number }
  | { readonly kind: 'at_least'; readonly amount: number }
  | { readonly kind: 'at_most'; readonly amount: number };

/** One rule as it is written; `each` and lists of benchmarks make one test per benchmark. */
export interface GateRule {
  readonly name: string | undefined;
  readonly metric: GateMetric;
  readonly on: 'each' | 'average' | readonly string[];
  readonly part: GatePart | undefined;
  readonly bound: GateBound;
}

export interface GateRules {
  /** Level of each one-sided test. */
  readonly alpha: number;
  readonly rules: readonly GateRule[];
}

/** What is asked where no file of rules is given: no benchmark worse by 2 points, their average not by 1. */
export const defaultGateRules: GateRules = {
  alpha: 0.05,
  rules: [
    { name: undefined, metric: 'accuracy', on: 'each', part: undefined, bound: { kind: 'margin', amount: 0.02 } },
    { name: undefined, metric: 'accuracy', on: 'average', part: undefined, bound: { kind: 'margin', amount: 0.01 } },
  ],
};

/** A rule in words, where it has no name of its own. */
export function describeRule({ metric, part, bound }: GateRule, scope: string): string {
  const where =
    part === undefined ? scope : `${scope}, ${part.kind === 'bucket' ? part.bucket : `${part.facet} ${part.value}`}`;
  if (metric === 'asked') return `${where}: at least ${bound.amount} samples`;
  const amount = `${Number((bound.amount * 100).toFixed(4))}`;
  if (bound.kind === 'margin')
    return `${where}: ${metric} not worse by ${amount} ${amount === '1' ? 'point' : 'points'}`;
  return `${where}: ${metric} ${bound.kind === 'at_least' ? 'at least' : 'at most'} ${amount} %`;
}
