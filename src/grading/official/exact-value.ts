import { type Expression, greatestCommonDivisor, type Rational, rational } from './expression.ts';

/** Largest exponent taken exactly; roots have small degrees. */
const largestExponent = 64n;

/** The expression's value as a fraction, where only numbers, sums, products and whole powers make it up. */
export function exactValue(expression: Expression): Rational | undefined {
  if (expression.kind === 'rational') return expression;
  if (expression.kind === 'sum') return combined(expression.terms, rational(0n), addExactly);
  if (expression.kind === 'product') return combined(expression.factors, rational(1n), multiplyExactly);
  return expression.kind === 'power' ? exactPower(expression.base, expression.exponent) : undefined;
}

/** Greatest common divisor of two fractions. */
export function greatestCommonPart(left: Rational, right: Rational): Rational {
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
  const [whole = '', fraction = ''] = text.replaceAll(',', '').split('.');
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length) * divisor);
}

/** n over k for a whole k of at most 1,000; undefined for another. */
export function binomialOf(from: Rational, chosen: Rational): Rational | undefined {
  if (chosen.denominator !== 1n || chosen.numerator > 1000n) return undefined;
  if (chosen.numerator < 0n) return rational(0n);
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
  }
  return result;
}

function exactPower(base: Expression, exponent: Expression): Rational | undefined {
  const value = exactValue(base);
  const power = exactValue(exponent);
  if (value === undefined || power?.denominator !== 1n) return undefined;
  const size = power.numerator < 0n ? -power.numerator : power.numerator;
  if (size > largestExponent || (power.numerator < 0n && value.numerator === 0n)) return undefined;
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

function numeratorsCommon(left: bigint, right: bigint): bigint {
  return left === 0n && right === 0n ? 0n : greatestCommonDivisor(left, right);
}

function multipleOf(left: bigint, right: bigint): bigint {
  return (left * right) / greatestCommonDivisor(left, right);
}
