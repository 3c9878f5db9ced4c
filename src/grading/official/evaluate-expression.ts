import {
  type Expression,
  isInteger,
  isRational,
  type Product,
  powerOf,
  productOf,
  type Rational,
  rational,
} from './expression.ts';
import {
  add,
  divide,
  finite,
  multiply,
  NotEvaluable,
  negate,
  type PythonNumber,
  power,
  toFloat,
} from './python-number.ts';

/** Largest number whose factorial is computed. */
const largestFactorial = 2000n;

/**
 * The value that Python gives to the text which SymPy prints for an expression: integers stay exact, a fraction is the
 * nearest float, quotients are divided once, numerators by denominators.
 *
 * @throws {NotEvaluable} where Python raises, where the value is complex, or where the work has no bound
 */
export function evaluateExpression(expression: Expression): PythonNumber {
  switch (expression.kind) {
    case 'rational':
      return expression.denominator === 1n
        ? expression.numerator
        : divide(expression.numerator, expression.denominator);
    case 'pi':
      return Math.PI;
    case 'sum':
      return inPrintedOrder(expression.terms).map(evaluateExpression).reduce(add);
    case 'product':
      return evaluateProduct(expression);
    case 'power':
      return evaluatePower(expression.base, expression.exponent);
    case 'call':
      return evaluateCall(expression.name, expression.inputs.map(evaluateExpression));
    case 'comparison':
      return compare(expression.relation, evaluateExpression(expression.left), evaluateExpression(expression.right));
  }
}

/** Sums of nothing but numbers are printed from the smallest on. */
function inPrintedOrder(terms: readonly Expression[]): readonly Expression[] {
  const numbers = terms.filter((term): term is Rational => term.kind === 'rational');
  if (numbers.length < terms.length || terms.length < 3) return terms;
  return numbers.toSorted((left, right) => {
    const difference = left.numerator * right.denominator - right.numerator * left.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
}

function evaluateProduct({ factors }: Product): PythonNumber {
  const keepsNumbers = isRational(factors[0] ?? rational(0n), 1n) || factors.slice(1).some(isPlainNumber);
  const numerators: Expression[] = [];
  const denominators: Expression[] = [];
  let isNegative = false;
  for (const [index, factor] of factors.entries()) {
    if (factor.kind === 'power' && isNegativeExponent(factor.exponent)) {
      denominators.push(inverseOf(factor.base, factor.exponent));
    } else if (!keepsNumbers && index === 0 && factor.kind === 'rational') {
      // A leading fraction is printed with its numerator above and its denominator below.
      isNegative = factor.numerator < 0n;
      const size = isNegative ? -factor.numerator : factor.numerator;
      if (size !== 1n) numerators.push(rational(size));
      if (factor.denominator !== 1n) denominators.push(rational(factor.denominator));
    } else numerators.push(factor);
  }
  const above = numerators.map(evaluateExpression).reduce(multiply, 1n);
  const below = denominators.map(evaluateExpression).reduce(multiply, 1n);
  const signed = isNegative ? negate(above) : above;
  return denominators.length === 0 ? signed : divide(signed, below);
}

/** What makes SymPy print a product factor by factor: a number, or a power of integers. */
function isPlainNumber(factor: Expression): boolean {
  if (factor.kind === 'rational') return true;
  return factor.kind === 'power' && isInteger(factor.base) && isInteger(factor.exponent);
}

function isNegativeExponent(exponent: Expression): boolean {
  const leading = exponent.kind === 'product' ? exponent.factors[0] : exponent;
  return leading?.kind === 'rational' && leading.numerator < 0n;
}

function inverseOf(base: Expression, exponent: Expression): Expression {
  if (isRational(exponent, -1n)) return base;
  if (exponent.kind === 'rational') return powerOf(base, { ...exponent, numerator: -exponent.numerator });
  if (exponent.kind !== 'product') return powerOf(base, productOf(rational(-1n), exponent));
  const [leading, ...others] = exponent.factors;
  const flipped = leading?.kind === 'rational' ? { ...leading, numerator: -leading.numerator } : rational(1n);
  return powerOf(base, { kind: 'product', factors: [flipped, ...others] });
}

function evaluatePower(base: Expression, exponent: Expression): PythonNumber {
  const value = evaluateExpression(base);
  if (isRational(exponent, 1n, 2n)) return squareRoot(value);
  if (isRational(exponent, -1n, 2n)) return divide(1n, squareRoot(value));
  if (isRational(exponent, -1n)) return divide(1n, value);
  return power(value, evaluateExpression(exponent));
}

function squareRoot(value: PythonNumber): number {
  return real(Math.sqrt(toFloat(value)));
}

function evaluateCall(name: string, inputs: readonly PythonNumber[]): PythonNumber {
  const input = inputs[0] ?? 0n;
  if (name === 'factorial') return factorial(input);
  if (name === 'floor') return typeof input === 'bigint' ? input : BigInt(Math.floor(finite(input)));
  if (name === 'log') return divide(logarithm(input), logarithm(inputs[1] ?? 10n));
  const compute = functions[name];
  if (compute === undefined) throw new NotEvaluable(`no function ${name}`);
  return real(compute(toFloat(input)));
}

const functions: Readonly<Record<string, (input: number) => number>> = {
  exp: Math.exp,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
};

function logarithm(value: PythonNumber): number {
  if (value <= 0) throw new NotEvaluable('logarithm of no positive number');
  return real(Math.log(toFloat(value)));
}

/** Python raises for a value outside a function's domain. */
function real(value: number): number {
  return finite(value);
}

function factorial(value: PythonNumber): bigint {
  if (typeof value !== 'bigint' || value < 0n || value > largestFactorial) throw new NotEvaluable('factorial');
  let result = 1n;
  for (let factor = 2n; factor <= value; factor += 1n) result *= factor;
  return result;
}

/** Python's truth values are the integers 1 and 0. */
function compare(relation: string, left: PythonNumber, right: PythonNumber): bigint {
  const holds =
    (relation === '<' && left < right) ||
    (relation === '<=' && left <= right) ||
    (relation === '>' && left > right) ||
    (relation === '>=' && left >= right);
  return holds ? 1n : 0n;
}
