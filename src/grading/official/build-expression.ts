import { binomialOf, decimalOver, exactValue } from './exact-value.ts';
import { type Expression, isRational, rational } from './expression.ts';
import { NotEvaluable } from './python-number.ts';
import { longestInteger } from './python-number-text.ts';

/** A number as written, with thousands separators, over 1 or (percent) 100. */
export function decimal(text: string, divisor: bigint): Expression {
  if (text.length > longestInteger) throw new NotEvaluable('number too long');
  return decimalOver(text, divisor);
}

/** Binomial coefficients are computed when they are read. */
export function binomial(from: Expression, chosen: Expression): Expression {
  const [all, part] = [exactValue(from), exactValue(chosen)];
  const value = all === undefined || part === undefined ? undefined : binomialOf(all, part);
  if (value === undefined) throw new NotEvaluable('binomial of no numbers');
  return value;
}

/** Powers of e: the zeroth is 1; the first is the name `E`, which has no value. */
export function exponentialOf(exponent: Expression): Expression {
  if (exactValue(exponent)?.numerator === 0n) return rational(1n);
  if (isRational(exponent, 1n)) throw new NotEvaluable('no name');
  return { kind: 'call', name: 'exp', inputs: [exponent] };
}

/**
 * A call of one of Python's functions.
 *
 * @param name as LaTeX names it, e.g. `arcsin`
 * @param base of a logarithm; 10 where none stands
 */
export function callOf(name: string, input: Expression, base: Expression | undefined): Expression {
  if (name === 'exp') return exponentialOf(input);
  if (name === 'log') return { kind: 'call', name, inputs: [input, base ?? rational(10n)] };
  return { kind: 'call', name: name.replace(/^arc?/, 'a'), inputs: [input] };
}
