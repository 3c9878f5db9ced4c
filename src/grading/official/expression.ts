/**
 * An expression as the published code holds it before it is turned to Python text: nothing is computed, and nested sums
 * and products are joined only where that code joins them, as the order of division depends on it.
 */
export type Expression =
  | Rational
  | { readonly kind: 'pi' }
  | { readonly kind: 'sum'; readonly terms: readonly Expression[] }
  | Product
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly Expression[] }
  | {
      readonly kind: 'comparison';
      readonly relation: string;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Lowest terms, the denominator positive. */
export interface Rational {
  readonly kind: 'rational';
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export interface Product {
  readonly kind: 'product';
  readonly factors: readonly Expression[];
}

/** @param denominator not zero */
export function rational(numerator: bigint, denominator = 1n): Rational {
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator, denominator) * sign;
  return { kind: 'rational', numerator: numerator / divisor, denominator: denominator / divisor };
}

export function isInteger(expression: Expression): expression is Rational {
  return expression.kind === 'rational' && expression.denominator === 1n;
}

/** Whether the expression is exactly the fraction. */
export function isRational(expression: Expression, numerator: bigint, denominator = 1n): boolean {
  return expression.kind === 'rational' && expression.numerator === numerator && expression.denominator === denominator;
}

export function sumOf(left: Expression, right: Expression): Expression {
  const terms = [left, right].flatMap((part) => (part.kind === 'sum' ? part.terms : [part]));
  return { kind: 'sum', terms };
}

export function productOf(left: Expression, right: Expression): Product {
  const factors = [left, right].flatMap((part) => (part.kind === 'product' ? part.factors : [part]));
  return { kind: 'product', factors };
}

/** A quotient stays one factor pair, whatever its parts are. */
export function quotientOf(left: Expression, right: Expression): Product {
  return { kind: 'product', factors: [left, powerOf(right, rational(-1n))] };
}

export function powerOf(base: Expression, exponent: Expression): Expression {
  return { kind: 'power', base, exponent };
}

/** A minus sign is taken into a number; before anything else it is a factor. */
export function negativeOf(expression: Expression): Expression {
  return expression.kind === 'rational'
    ? { ...expression, numerator: -expression.numerator }
    : productOf(rational(-1n), expression);
}

/** Not negative; of two zeros it is 1, so that nothing is divided by zero. */
export function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [first, second] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (second !== 0n) [first, second] = [second, first % second];
  return first === 0n ? 1n : first;
}
