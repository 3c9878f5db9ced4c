import {
  type Expression,
  isInteger,
  isRational,
  type Product,
  powerOf,
  type Rational,
  rational,
} from './expression.ts';

/** How tightly SymPy holds each kind of expression to bind; what binds no tighter than its surroundings is bracketed. */
const binding = { comparison: 35, sum: 40, product: 50, power: 60, call: 70, atom: 1000 } as const;

/**
 * The text that SymPy 1.14 prints for an unevaluated expression and that the published code hands to Python. Its slips
 * are kept: a product that begins with a negative number leaves the brackets of its fractions and inner products out, so
 * that `-1/(2*3)` is printed as `-1*1/2*3`.
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'rational':
      return printRational(expression);
    case 'pi':
      return 'pi';
    case 'sum':
      return printSum(expression.terms);
    case 'product':
      return printProduct(expression);
    case 'power':
      return printPower(expression.base, expression.exponent);
    case 'call':
      return `${expression.name}(${expression.inputs.map(printExpression).join(', ')})`;
    case 'comparison': {
      const left = bracketed(expression.left, binding.comparison);
      return `${left} ${expression.relation} ${bracketed(expression.right, binding.comparison)}`;
    }
  }
}

function printRational({ numerator, denominator }: Rational): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

function printSum(terms: readonly Expression[]): string {
  const parts = inPrintedOrder(terms).map((term) => {
    const text = printExpression(term);
    if (term.kind === 'sum') return ` + (${text})`;
    return text.startsWith('-') ? ` - ${text.slice(1)}` : ` + ${text}`;
  });
  const text = parts.join('');
  return text.startsWith(' - ') ? `-${text.slice(3)}` : text.slice(3);
}

/** Sums of nothing but numbers are printed from the smallest on; the order of others changes no more than a last digit. */
function inPrintedOrder(terms: readonly Expression[]): readonly Expression[] {
  const numbers = terms.filter((term): term is Rational => term.kind === 'rational');
  if (numbers.length < terms.length) return terms;
  return numbers.toSorted((left, right) => {
    const difference = left.numerator * right.denominator - right.numerator * left.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
}

function printProduct(product: Product): string {
  const level = bindingOf(product);
  const { factors } = product;
  const isSpelledOut = isRational(factors[0] ?? rational(0n), 1n) || factors.slice(1).some(isPlainNumber);
  return isSpelledOut ? printFactors(factors, level) : printCoefficient(factors, level);
}

/** Every factor as it stands: those with a negative exponent below the line. */
function printFactors(factors: readonly Expression[], level: number): string {
  const above = factors.filter((factor) => !isBelow(factor));
  const below = factors.filter(isBelow).map(inverseOf);
  const numerator = printJoined(above, level, (first) => first.kind !== 'sum' && beginsNegative(first));
  const denominator = printJoined(below, level, (first) => below.length > 1 && beginsNegative(first));
  if (below.length === 0) return numerator;
  return below.length > 1 ? `${numerator}/(${denominator})` : `${numerator}/${denominator}`;
}

function printJoined(factors: readonly Expression[], level: number, isBare: (first: Expression) => boolean): string {
  if (factors.length === 0) return '1';
  return factors
    .map((factor, index) => (index === 0 && isBare(factor) ? printExpression(factor) : bracketed(factor, level)))
    .join('*');
}

/** A leading fraction is taken apart: its sign before everything, its numerator above the line, its denominator below. */
function printCoefficient(factors: readonly Expression[], level: number): string {
  const [leading] = factors;
  const isNegative = leading?.kind === 'rational' && leading.numerator < 0n;
  const above: string[] = [];
  const below: string[] = [];
  for (const [index, factor] of factors.entries()) {
    if (index === 0 && factor.kind === 'rational') {
      const size = isNegative ? -factor.numerator : factor.numerator;
      if (size !== 1n) above.push(String(size));
      if (factor.denominator !== 1n) below.push(String(factor.denominator));
    } else if (isBelow(factor)) {
      const inverse = inverseOf(factor);
      const isGrouped = factor.kind === 'power' && isRational(factor.exponent, -1n) && isCompound(factor.base);
      below.push(isGrouped ? `(${printExpression(inverse)})` : bracketed(inverse, level));
    } else above.push(bracketed(factor, level));
  }
  const numerator = `${isNegative ? '-' : ''}${above.length === 0 ? '1' : above.join('*')}`;
  if (below.length === 0) return numerator;
  return below.length > 1 ? `${numerator}/(${below.join('*')})` : `${numerator}/${below[0]}`;
}

function printPower(base: Expression, exponent: Expression): string {
  if (isRational(exponent, 1n, 2n)) return `sqrt(${printExpression(base)})`;
  if (isRational(exponent, -1n, 2n)) return `1/sqrt(${printExpression(base)})`;
  if (isRational(exponent, -1n)) return `1/${bracketed(base, binding.power)}`;
  return `${bracketed(base, binding.power)}**${bracketed(exponent, binding.power)}`;
}

function bracketed(expression: Expression, level: number): string {
  const text = printExpression(expression);
  return bindingOf(expression) <= level ? `(${text})` : text;
}

function bindingOf(expression: Expression): number {
  if (expression.kind === 'pi') return binding.atom;
  if (expression.kind !== 'rational' && expression.kind !== 'product') return binding[expression.kind];
  if (beginsNegative(expression)) return binding.sum;
  return isInteger(expression) ? binding.atom : binding.product;
}

function beginsNegative(expression: Expression): boolean {
  if (expression.kind === 'rational') return expression.numerator < 0n;
  if (expression.kind === 'product') {
    const [leading] = expression.factors;
    return leading?.kind === 'rational' && leading.numerator < 0n;
  }
  return expression.kind === 'sum' && 2 * expression.terms.filter(beginsNegative).length > expression.terms.length;
}

/** What makes SymPy print a product factor by factor: a number, or a power of integers. */
function isPlainNumber(factor: Expression): boolean {
  if (factor.kind === 'rational') return true;
  return factor.kind === 'power' && isInteger(factor.base) && isInteger(factor.exponent);
}

function isCompound({ kind }: Expression): boolean {
  return kind === 'product' || kind === 'power';
}

function isBelow(factor: Expression): boolean {
  return factor.kind === 'power' && factor.exponent.kind !== 'sum' && beginsNegative(factor.exponent);
}

/** A power with the sign of its exponent turned. */
function inverseOf(factor: Expression): Expression {
  if (factor.kind !== 'power' || isRational(factor.exponent, -1n))
    return factor.kind === 'power' ? factor.base : factor;
  const { base, exponent } = factor;
  if (exponent.kind === 'rational') return powerOf(base, { ...exponent, numerator: -exponent.numerator });
  if (exponent.kind !== 'product') return factor;
  const [leading, ...others] = exponent.factors;
  const turned = leading?.kind === 'rational' ? { ...leading, numerator: -leading.numerator } : rational(1n);
  return powerOf(base, { kind: 'product', factors: [turned, ...others] });
}
