import type { Problem } from '../../core/problem.ts';
import { isRefusal } from '../extraction/refusal.ts';
import { shorterForms } from '../extraction/shorter-forms.ts';
import { compareValues } from '../values/compare-values.ts';
import { rationalFromDouble, roundHalfEven } from '../values/rational.ts';
import { readValue, stripPunctuation } from '../values/read-value.ts';
import type { NumberValue, Value } from '../values/value.ts';
import { goldOf } from './comparison-policy.ts';
import { type Judgement, judgementOf } from './judgement.ts';

/** Judges an answer that is to be one number: equal, within the tolerance, or equal after rounding. */
export function judgeNumber(text: string, problem: Problem): Judgement | undefined {
  const { value: gold } = goldOf(problem);
  const answer = readNumber(text);
  if (answer === undefined)
    return isRefusal(text.slice(0, 600)) ? { verdict: 'no_answer', rule: 'refusal' } : undefined;
  if (gold.kind !== 'number') return { verdict: 'undecided', rule: 'gold-unreadable' };
  if (answer.kind === 'sequence') return { verdict: 'incorrect', rule: 'several-values' };
  if (answer.kind !== 'number') return { verdict: 'undecided', rule: `number-unknown` };
  return judgeRead(gold, answer, problem);
}

function judgeRead(gold: NumberValue, answer: NumberValue, problem: Problem): Judgement {
  if (problem.policy.type !== 'number') return { verdict: 'undecided', rule: 'no-number-policy' };
  const { tolerance, decimals } = problem.policy;
  const { policy } = goldOf(problem);
  const compared = compareValues(
    gold,
    { ...answer, unit: gold.unit === '' && policy.degrees === 'unit' ? '' : answer.unit, label: undefined },
    policy,
  );
  if (compared.found === 'equal') return judgementOf(compared, 'number');
  const asWritten =
    answer.percent && !gold.percent && policy.percent === 'as-written' ? answer.approximate * 100 : answer.approximate;
  if (tolerance !== undefined) {
    const within = Math.abs(asWritten - gold.approximate) <= tolerance * (1 + 1e-9);
    return { verdict: within ? 'correct' : 'incorrect', rule: 'number-tolerance' };
  }
  if (decimals !== undefined) {
    const same = rounded(asWritten, decimals) === rounded(gold.approximate, decimals);
    return { verdict: same ? 'correct' : 'incorrect', rule: 'number-decimals' };
  }
  return judgementOf(compared, 'number');
}

/** A double in steps of its last digit, rounded as Python's `round` does: on its exact value, ties to even. */
function rounded(value: number, decimals: number): bigint | undefined {
  const exact = rationalFromDouble(value);
  return exact && roundHalfEven(exact, decimals);
}

/** The number that a text states, in its longest form that states one. */
function readNumber(text: string): Value | undefined {
  let other: Value | undefined;
  for (const form of shorterForms(text.slice(0, 600))) {
    const value = readValue(form);
    if (value.kind === 'number') return value;
    const comma = readDecimalComma(form);
    if (comma !== undefined) return comma;
    if (value.kind === 'sequence' || value.kind === 'ratio') return value;
    if (value.kind === 'expression' || value.kind === 'relation') other ??= value;
  }
  return other;
}

/** `1000,99` as one number: a comma before one or two digits separates no thousands. */
export function readDecimalComma(text: string): NumberValue | undefined {
  const match = /^(-?\d+),(\d{1,2})$/.exec(stripPunctuation(text));
  const value = match && readValue(`${match[1]}.${match[2]}`);
  return value?.kind === 'number' ? value : undefined;
}
