import type { Problem } from '../../core/problem.ts';
import type { Outcome } from '../values/comparison.ts';

/** What the rules say of one candidate answer, with the rule that said it. */
export interface Judgement {
  readonly verdict: 'correct' | 'incorrect' | 'undecided' | 'no_answer';
  readonly rule: string;
}

/** Judges the text of one candidate; undefined where no answer of the wanted kind can be read in it. */
export type Judge = (text: string, problem: Problem) => Judgement | undefined;

/**
 * A comparison as a verdict: agreement in the shown digits only is left open. The rule's name holds what the comparison needed, as in
 * `free-number:unit-converted`.
 */
export function judgementOf({ found, by }: Outcome, rule: string): Judgement {
  const name = by === undefined ? rule : `${rule}:${by}`;
  if (found === 'equal') return { verdict: 'correct', rule: name };
  if (found === 'different') return { verdict: 'incorrect', rule: name };
  return { verdict: 'undecided', rule: found === 'rounded' ? `${rule}-rounded` : `${rule}-unknown` };
}
