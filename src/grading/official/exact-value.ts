import { type Expression, greatestCommonDivisor, type Rational, rational } from './expression.ts';
import { stripEnd } from './python-text.ts';

/** Largest exact result, in bits; degrees of roots and the like are small. */
const mostBits = 4096;

/** Most factors of a fraction's binomial coefficient. */
const mostOfFraction = 40n;

/** Longest decimal that is brought to lowest terms: beyond it only the value counts, which that leaves unchanged. */
const longestReduced = 60;

/** The expression's value as a fraction, where only numbers, sums, products and whole powers make it up. */
export function exactValue(expression: Expression): Rational | undefined {
  if (expression.kind === 'rational') return expression;
  if (expression.kind === 'sum') return combined(expression.terms, rational(0n), addExactly);
  if (expression.kind === 'product') return combined(expression.factors, rational(1n), multiplyExactly);
  return expression.kind === 'power' ? exactPower(expression.base, expression.exponent) : undefined;
}

/** Greatest common divisor of numbers; as SymPy does, what stands behind a divisor of 1 is not looked at. */
export function greatestCommonOf(values: readonly Rational[]): Rational {
  let [result = rational(0n), ...others] = values;
  for (const value of others) {
    result = greatestCommonPart(result, value);
    if (result.numerator === 1n && result.denominator === 1n) break;
  }
  return result;
}

function greatestCommonPart(left: Rational, right: Rational): Rational {
  return rational(numeratorsCommon(left.numerator, right.numerator), multipleOf(left.denominator, right.denominator));
}

/** Least common multiple of two fractions. */
export function leastCommonMultiple(left: Rational, right: Rational): Rational {
  if (left.numerator === 0n || right.numerator === 0n) return rational(0n);
  const product = multiplyExactly(left, right);
  const common = greatestCommonPart(left, right);
  const quotient = multiplyExactly(product, rational(common.denominator, common.numerator));
  return quotient.numerator < 0n ? { ...quotient, numerator: -quotient.numerator } : quotient;
}

/** A decimal of a text, over a whole number: `1,000.25`, `.5`. */
export function decimalOver(text: string, divisor: bigint): Rational {
  const [whole = '', written = ''] = text.replaceAll(',', '').split('.');
  const fraction = stripEnd(written, '0');
  const [numerator, denominator] = [BigInt(whole + fraction), 10n ** BigInt(fraction.length) * divisor];
  const isShort = fraction.length <= longestReduced || denominator === 1n;
  return isShort ? rational(numerator, denominator) : { kind: 'rational', numerator, denominator };
}

/** n over k for a whole k; undefined for another, and where the result would be too large. */
export function binomialOf(from: Rational, chosen: Rational): Rational | undefined {
  if (chosen.denominator !== 1n) return undefined;
  if (chosen.numerator < 0n || (from.denominator === 1n && from.numerator >= 0n && chosen.numerator > from.numerator)) {
    return rational(0n);
  }
  if (from.denominator !== 1n && chosen.numerator > mostOfFraction) return undefined;
  if (chosen.numerator * BigInt(bitsOf(from)) > mostBits) return undefined;
  let result = rational(1n);
  for (let step = 0n; step < chosen.numerator; step += 1n) {
    result = multiplyExactly(result, addExactly(from, rational(-step)));
    result = rational(result.numerator, result.denominator * (step + 1n));
  }
  return result;
}

function combined(
  parts: readonly Expression[],
  start: Rational,
  combine: (left: Rational, right: Rational) => Rational,
): Rational | undefined {
  let result = start;
  for (const part of parts) {
    const value = exactValue(part);
    if (value === undefined) return undefined;
    result = combine(result, value);
    if (bitsOf(result) > mostBits) return undefined;
  }
  return result;
}

function exactPower(base: Expression, exponent: Expression): Rational | undefined {
  const value = exactValue(base);
  const power = exactValue(exponent);
  if (value === undefined || power?.denominator !== 1n) return undefined;
  const size = power.numerator < 0n ? -power.numerator : power.numerator;
  if (size * BigInt(bitsOf(value)) > mostBits || (power.numerator < 0n && value.numerator === 0n)) return undefined;
  const numerator = value.numerator ** size;
  const denominator = value.denominator ** size;
  return power.numerator < 0n ? rational(denominator, numerator) : rational(numerator, denominator);
}

function addExactly(left: Rational, right: Rational): Rational {
  return rational(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

function multiplyExactly(left: Rational, right: Rational): Rational {
  return rational(left.numerator * right.numerator, left.denominator * right.denominator);
}

function bitsOf({ numerator, denominator }: Rational): number {
  return 4 * Math.max(numerator.toString(16).length, denominator.toString(16).length);
}

function numeratorsCommon(left: bigint, right: bigint): bigint {
  return left === 0n && right === 0n ? 0n : greatestCommonDivisor(left, right);
}

function multipleOf(left: bigint, right: bigint): bigint {
  return (left * right) / greatestCommonDivisor(left, right);
}
