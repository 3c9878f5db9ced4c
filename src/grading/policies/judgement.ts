import type { Problem } from '../../core/problem.ts';
import type { Comparison, ComparisonPolicy } from '../values/compare-values.ts';

/** What the rules say of one candidate answer, with the rule that said it. */
export interface Judgement {
  readonly verdict: 'correct' | 'incorrect' | 'undecided' | 'no_answer';
  readonly rule: string;
}

/** Judges the text of one candidate; undefined where no answer of the wanted kind can be read in it. */
export type Judge = (text: string, problem: Problem) => Judgement | undefined;

/** What the question says about how its answers compare. */
export function policyOf(problem: Problem): ComparisonPolicy {
  const question = problem.question.slice(-4000);
  return {
    percent: /percent|%|百分/i.test(question),
    ratio: /\bratio\b|proportion|\bodds\b|比/i.test(question),
    clock: /\btime\b|clock|时间|钟|几点/i.test(question),
  };
}

/** A comparison as a verdict: agreement in the shown digits only is left open. */
export function judgementOf(comparison: Comparison, rule: string): Judgement {
  if (comparison === 'equal') return { verdict: 'correct', rule };
  if (comparison === 'different') return { verdict: 'incorrect', rule };
  return { verdict: 'undecided', rule: comparison === 'rounded' ? `${rule}-rounded` : `${rule}-unknown` };
}
