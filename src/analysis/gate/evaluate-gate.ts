import { SynthrlError } from '../../core/errors.ts';
import type { Verdict } from '../../core/grade.ts';
import type { Problem } from '../../core/problem.ts';
import { bucketOf } from '../../difficulty/ratings/bucket.ts';
import { holm } from '../../statistics/adjust-p-values.ts';
import type { ProblemRatings } from '../difficulty-summary.ts';
import { describeRule, type GateBound, type GatePart, type GateRule, type GateRules } from './gate-rule.ts';
import { testMargin } from './test-margin.ts';
import { testShare } from './test-share.ts';

/** A benchmark with what both sides made of it. */
export interface GatedBenchmark {
  readonly name: string;
  readonly problems: readonly Problem[];
  readonly repeat: number;
  readonly newer: ReadonlyMap<string, Verdict>;
  /** Undefined where only floors are asked of the new side. */
  readonly older: ReadonlyMap<string, Verdict>;
  readonly ratings: ProblemRatings | undefined;
}

/** What one test found. Proportions in [0, 1]. */
export interface RuleFinding {
  readonly passes: boolean;
  /** One-sided p value of the rule being broken; 1 where that cannot be said. */
  readonly brokenP: number;
  /** Samples that it rests on. */
  readonly n: number;
  readonly newer: number | null;
  readonly older: number | null;
  /** One-sided limits of the difference, or of the share where there is no other side, over both bounds of what is not settled. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly note?: string;
}

export type GateDecision = 'pass' | 'regression' | 'cannot decide';

export interface RuleResult extends Omit<RuleFinding, 'passes' | 'brokenP'> {
  readonly rule: string;
  /** A benchmark's name, or `average`. */
  readonly scope: string;
  readonly metric: GateRule['metric'];
  readonly part: GatePart | undefined;
  readonly bound: GateBound;
  readonly decision: GateDecision;
  /** Of the rule being broken, corrected for the number of tests by Holm's method. */
  readonly p: number;
}

export interface GateResult {
  /** A regression where any rule shows one; a pass where all rules pass; else it cannot be decided. */
  readonly decision: GateDecision;
  readonly alpha: number;
  readonly rules: readonly RuleResult[];
}

/**
 * Holds two checkpoints against rules. Each rule passes by its own one-sided test at level α, uncorrected, because all of
 * them must pass; it is broken where the opposite test is significant after Holm's correction over all tests.
 *
 * @throws {SynthrlError} `GATE_INVALID` for a rule about a benchmark, facet or bucket that is not there
 */
export function evaluateGate(rules: GateRules, benchmarks: readonly GatedBenchmark[]): GateResult {
  const tests = rules.rules.flatMap((rule) => testsOf(rule, benchmarks));
  const findings = tests.map(({ rule, over }) => findingOf(rule, over, rules.alpha));
  const adjusted = holm(findings.map(({ brokenP }) => brokenP));
  const results = tests.map(({ rule, scope }, index): RuleResult => {
    const { passes, brokenP: _, ...finding } = findings[index] as RuleFinding;
    const p = adjusted[index] ?? 1;
    const decision = p < rules.alpha ? 'regression' : passes ? 'pass' : 'cannot decide';
    const { metric, part, bound } = rule;
    return { rule: rule.name ?? describeRule(rule, scope), scope, metric, part, bound, decision, p, ...finding };
  });
  const decision = results.some((result) => result.decision === 'regression')
    ? 'regression'
    : results.every((result) => result.decision === 'pass')
      ? 'pass'
      : 'cannot decide';
  return { decision, alpha: rules.alpha, rules: results };
}

interface Test {
  readonly rule: GateRule;
  readonly scope: string;
  readonly over: readonly GatedBenchmark[];
}

function testsOf(rule: GateRule, benchmarks: readonly GatedBenchmark[]): Test[] {
  if (rule.on === 'average') return [{ rule, scope: 'average', over: benchmarks.map((one) => partOf(one, rule.part)) }];
  return benchmarksOf(rule, benchmarks).map((one) => ({ rule, scope: one.name, over: [partOf(one, rule.part)] }));
}

/**
 * The benchmarks that a rule is about.
 *
 * @throws {SynthrlError} `GATE_INVALID` for one that is not there
 */
export function benchmarksOf({ on }: GateRule, benchmarks: readonly GatedBenchmark[]): readonly GatedBenchmark[] {
  if (on === 'each' || on === 'average') return benchmarks;
  return on.map((name) => {
    const benchmark = benchmarks.find((one) => one.name === name);
    if (benchmark !== undefined) return benchmark;
    throw new SynthrlError('GATE_INVALID', `A rule is about ${name}, which the runs do not have.`, {
      hint: `They have ${benchmarks.map((one) => one.name).join(', ')}.`,
    });
  });
}

/**
 * The part of a benchmark that a rule is about.
 *
 * @throws {SynthrlError} `GATE_INVALID` where there is none
 */
export function partOf(benchmark: GatedBenchmark, part: GatePart | undefined): GatedBenchmark {
  if (part === undefined) return benchmark;
  const { ratings, name, problems } = benchmark;
  if (part.kind === 'facet') {
    const kept = problems.filter(({ facets }) => facets[part.facet]?.includes(part.value));
    if (kept.length > 0) return { ...benchmark, problems: kept };
    throw new SynthrlError('GATE_INVALID', `No problem of ${name} has ${part.facet}=${part.value}.`, {
      hint: `Facets of ${name}: ${[...new Set(problems.flatMap(({ facets }) => Object.keys(facets)))].join(', ')}.`,
    });
  }
  if (ratings === undefined) {
    throw new SynthrlError(
      'GATE_INVALID',
      `A rule is about the ${part.bucket} problems of ${name}, which has no ratings.`,
      {
        hint: `Make them with \`synthrl rate ${name}\`, or name them with --ratings ${name}=<file>.`,
      },
    );
  }
  const kept = problems.filter((problem) => {
    const rating = ratings.of(problem);
    return rating !== undefined && bucketOf(rating.rating, ratings.set.cuts) === part.bucket;
  });
  return { ...benchmark, problems: kept };
}

function findingOf(rule: GateRule, over: readonly GatedBenchmark[], alpha: number): RuleFinding {
  const n = over.reduce((sum, { problems, repeat }) => sum + problems.length * repeat, 0);
  if (rule.metric === 'asked') {
    const passes = n >= rule.bound.amount;
    return { passes, brokenP: 1, n, newer: n, older: null, lower: null, upper: null };
  }
  if (over.some(({ problems }) => problems.length === 0)) {
    const note = 'There is no such problem.';
    return { passes: false, brokenP: 1, n, newer: null, older: null, lower: null, upper: null, note };
  }
  if (rule.bound.kind === 'margin') return testMargin(over, rule.bound.amount, alpha);
  return testShare(over, rule.metric, rule.bound, alpha);
}
