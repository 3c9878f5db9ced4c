import { type Expression, partsOf } from './expression.ts';
import type { Rational } from './rational.ts';
import * as exact from './rational.ts';

/** The value of a closed expression: always as a double, and exactly where it is a fraction of bounded size. */
export interface Evaluated {
  readonly exact: Rational | undefined;
  readonly approximate: number;
}

/** @returns undefined for free symbols, division by zero, and anything that is not a finite real number */
export function evaluateExpression(expression: Expression): Evaluated | undefined {
  const result = evaluate(expression);
  return result !== undefined && Number.isFinite(result.approximate) ? result : undefined;
}

function evaluate(expression: Expression): Evaluated | undefined {
  switch (expression.kind) {
    case 'number':
      return fromExact(expression.value);
    case 'symbol':
      return constant(expression.name);
    case 'sum':
      return sum(expression.terms);
    case 'product':
      return fold(expression.factors, exact.multiply, (left, right) => left * right);
    case 'quotient':
      return quotient(evaluate(expression.top), evaluate(expression.bottom));
    case 'power':
      return raise(evaluate(expression.base), evaluate(expression.exponent));
    case 'root':
      return root(expression.degree && evaluate(expression.degree), evaluate(expression.of), expression);
    case 'call':
      return call(expression.name, expression.of);
    case 'pair':
      return pair(expression.name, evaluate(expression.first), evaluate(expression.second));
    case 'unknown':
      return undefined;
  }
}

function fromExact(value: Rational): Evaluated {
  return { exact: value, approximate: exact.toNumber(value) };
}

/** Parts may be beyond a double (3^1008) where their quotient is not: the exact value, where there is one, leads. */
function combine(value: Rational | undefined, approximate: number): Evaluated {
  return value === undefined ? inexact(approximate) : fromExact(value);
}

function inexact(approximate: number): Evaluated {
  return { exact: undefined, approximate };
}

function constant(name: string): Evaluated | undefined {
  if (name === 'pi') return inexact(Math.PI);
  return name === 'e' ? inexact(Math.E) : undefined;
}

function fold(
  parts: readonly Expression[],
  exactly: (left: Rational, right: Rational) => Rational | undefined,
  approximately: (left: number, right: number) => number,
): Evaluated | undefined {
  let total: Evaluated | undefined;
  for (const part of parts) {
    const value = evaluate(part);
    if (value === undefined) return undefined;
    total =
      total === undefined
        ? value
        : combine(
            total.exact && value.exact && exactly(total.exact, value.exact),
            approximately(total.approximate, value.approximate),
          );
  }
  return total;
}

/** A sum in which a term is lost beside another says nothing that could be compared, unless it is exact. */
function sum(terms: readonly Expression[]): Evaluated | undefined {
  const total = fold(terms, exact.add, (left, right) => left + right);
  if (total === undefined || total.exact !== undefined) return total;
  const sizes = terms.map((term) => Math.abs(evaluate(term)?.approximate ?? 0)).filter((size) => size > 0);
  return Math.min(...sizes) < 1e-8 * Math.max(...sizes) ? undefined : total;
}

/** A root or power so near to 1 that a double cannot tell its base (2^(2^-100)) is given up. */
function unlessLost(base: number, approximate: number): Evaluated | undefined {
  return base !== 1 && Math.abs(approximate - 1) < 1e-6 ? undefined : inexact(approximate);
}

function quotient(top: Evaluated | undefined, bottom: Evaluated | undefined): Evaluated | undefined {
  if (top === undefined || bottom === undefined || bottom.approximate === 0) return undefined;
  return combine(
    top.exact && bottom.exact && exact.divide(top.exact, bottom.exact),
    top.approximate / bottom.approximate,
  );
}

function raise(base: Evaluated | undefined, exponent: Evaluated | undefined): Evaluated | undefined {
  if (base === undefined || exponent === undefined) return undefined;
  const raised = base.exact && exponent.exact && exact.power(base.exact, exponent.exact);
  // A double that ran out at zero would make different tiny numbers equal.
  const approximate = raised ? exact.toNumber(raised) : base.approximate ** exponent.approximate;
  if (raised !== undefined) return { exact: raised, approximate };
  return approximate === 0 && base.approximate !== 0 ? undefined : unlessLost(base.approximate, approximate);
}

function root(
  degree: Evaluated | undefined,
  of: Evaluated | undefined,
  expression: Expression & { kind: 'root' },
): Evaluated | undefined {
  if (of === undefined || (expression.degree !== undefined && degree === undefined)) return undefined;
  const order = degree?.approximate ?? 2;
  const odd = Number.isInteger(order) && order % 2 !== 0;
  if (order === 0 || (of.approximate < 0 && !odd)) return undefined;
  const size = order === 2 ? Math.sqrt(of.approximate) : Math.abs(of.approximate) ** (1 / order);
  const approximate = of.approximate < 0 ? -size : size;
  const whole = wholeRoot(of.exact, approximate, order);
  return whole ? { exact: whole, approximate } : unlessLost(of.approximate, approximate);
}

/** The root itself where it is a fraction (`\sqrt{9/4}`): the rounded double is proved by raising it again. */
function wholeRoot(of: Rational | undefined, approximate: number, order: number): Rational | undefined {
  if (of === undefined || !Number.isInteger(order) || order < 1 || order > 20) return undefined;
  const bottomSize = exact.toNumber({ top: of.bottom, bottom: 1n }) ** (1 / order);
  const bottom = Math.round(bottomSize);
  const top = Math.round(approximate * bottom);
  if (!Number.isSafeInteger(bottom) || !Number.isSafeInteger(top)) return undefined;
  const candidate = exact.rational(BigInt(top), BigInt(bottom));
  const times = exact.rational(BigInt(order));
  const raised = candidate && times && exact.power(candidate, times);
  return raised && exact.equals(raised, of) ? candidate : undefined;
}

function call(name: string, argument: Expression): Evaluated | undefined {
  const of = evaluate(argument);
  if (of === undefined) return undefined;
  switch (name) {
    case 'negate':
      return { exact: of.exact && exact.negate(of.exact), approximate: -of.approximate };
    case 'absolute': {
      const negative = of.approximate < 0;
      return {
        exact: of.exact && (negative ? exact.negate(of.exact) : of.exact),
        approximate: Math.abs(of.approximate),
      };
    }
    case 'factorial': {
      const value = of.exact && exact.factorial(of.exact);
      return value && fromExact(value);
    }
    case 'percent':
      return quotient(of, fromExact({ top: 100n, bottom: 1n }));
    case 'degrees':
      return of;
    default:
      return elementary(name, argument, of.approximate);
  }
}

function pair(
  name: 'logarithm' | 'binomial',
  first: Evaluated | undefined,
  second: Evaluated | undefined,
): Evaluated | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (name === 'logarithm') {
    return first.approximate <= 0 ? undefined : inexact(Math.log(second.approximate) / Math.log(first.approximate));
  }
  const value = first.exact && second.exact && exact.binomial(first.exact, second.exact);
  return value && fromExact(value);
}

/** Whether an expression divides by what is exactly zero, so that it has no value. */
export function dividesByZero(expression: Expression): boolean {
  const bottom = expression.kind === 'quotient' ? evaluate(expression.bottom) : undefined;
  return bottom?.exact?.top === 0n || partsOf(expression).some(dividesByZero);
}

function elementary(name: string, argument: Expression, of: number): Evaluated | undefined {
  const inDegrees = argument.kind === 'call' && argument.name === 'degrees';
  const angle = inDegrees ? (of * Math.PI) / 180 : of;
  const results: Readonly<Record<string, () => number>> = {
    sin: () => Math.sin(angle),
    cos: () => Math.cos(angle),
    tan: () => Math.tan(angle),
    cot: () => 1 / Math.tan(angle),
    sec: () => 1 / Math.cos(angle),
    csc: () => 1 / Math.sin(angle),
    arcsin: () => Math.asin(of),
    arccos: () => Math.acos(of),
    arctan: () => Math.atan(of),
    sinh: () => Math.sinh(of),
    cosh: () => Math.cosh(of),
    tanh: () => Math.tanh(of),
    ln: () => Math.log(of),
    log: () => Math.log10(of),
    exp: () => Math.exp(of),
  };
  const result = results[name]?.();
  // A sine of 10^15 has no digits left to compare.
  return result === undefined || Math.abs(angle) > 1e6 ? undefined : inexact(result);
}
