import { floatText, longestInteger, roundFloat } from './python-number-text.ts';

/** A number as Python has it: an integer of any size, or a float. */
export type PythonNumber = bigint | number;

/** What the published code meets as an exception, or would not end on: it makes two answers unequal. */
export class NotEvaluable extends Error {}

/** Largest integer that is computed, in bits: far beyond every gold answer, and still done in well under a millisecond. */
const mostBits = 1 << 17;

export function add(left: PythonNumber, right: PythonNumber): PythonNumber {
  return typeof left === 'bigint' && typeof right === 'bigint' ? bounded(left + right) : toFloat(left) + toFloat(right);
}

export function multiply(left: PythonNumber, right: PythonNumber): PythonNumber {
  return typeof left === 'bigint' && typeof right === 'bigint' ? bounded(left * right) : toFloat(left) * toFloat(right);
}

export function negate(value: PythonNumber): PythonNumber {
  return -value;
}

/** `left / right`: of two integers the nearest float, however large they are. */
export function divide(left: PythonNumber, right: PythonNumber): number {
  if (right === 0 || right === 0n) throw new NotEvaluable('division by zero');
  if (typeof left === 'bigint' && typeof right === 'bigint') return divideIntegers(left, right);
  return toFloat(left) / toFloat(right);
}

/** `base ** exponent`; a complex result counts as not evaluable, as it cannot be rounded. */
export function power(base: PythonNumber, exponent: PythonNumber): PythonNumber {
  if (typeof base === 'bigint' && typeof exponent === 'bigint' && exponent >= 0n) {
    const bits = BigInt(bitLength(base));
    if (bits > 1n && bits * exponent > BigInt(mostBits)) throw new NotEvaluable('power too large');
    if (bits > 1n || exponent === 0n) return base ** exponent;
    return base ** (2n - (exponent % 2n));
  }
  const floatBase = toFloat(base);
  const floatExponent = toFloat(exponent);
  if (floatBase === 0 && floatExponent < 0) throw new NotEvaluable('zero to a negative power');
  if (floatBase < 0 && !Number.isInteger(floatExponent)) throw new NotEvaluable('complex');
  return finite(floatBase ** floatExponent);
}

/** Python compares an integer with a float exactly; so does JavaScript for a bigint and a number. */
export function areEqual(left: PythonNumber, right: PythonNumber): boolean {
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  return !(left < right) && !(left > right);
}

/** `round(value, 2)`. */
export function roundToHundredths(value: PythonNumber): PythonNumber {
  return typeof value === 'bigint' ? value : roundFloat(value, 2);
}

/** `str(value)`. */
export function numberText(value: PythonNumber): string {
  if (typeof value === 'number') return floatText(value);
  const text = String(value);
  if (text.length > longestInteger) throw new NotEvaluable('integer too long to print');
  return text;
}

/** `float(value)`. */
export function toFloat(value: PythonNumber): number {
  return typeof value === 'number' ? value : finite(Number(value));
}

/** A result of C's mathematics, where Python raises for one that is no finite number. */
export function finite(value: number): number {
  if (!Number.isFinite(value)) throw new NotEvaluable('not a finite number');
  return value;
}

function bounded(value: bigint): bigint {
  if (bitLength(value) > mostBits) throw new NotEvaluable('integer too large');
  return value;
}

function bitLength(value: bigint): number {
  const size = value < 0n ? -value : value;
  return size < 2n ** 64n ? size.toString(2).length : size.toString(16).length * 4;
}

function divideIntegers(left: bigint, right: bigint): number {
  const limit = 2n ** 53n;
  const numerator = left < 0n ? -left : left;
  const denominator = right < 0n ? -right : right;
  const sign = left < 0n !== right < 0n ? -1 : 1;
  if (numerator < limit && denominator < limit) return (sign * Number(numerator)) / Number(denominator);
  // 70 bits of quotient with a sticky last bit, so that the one rounding to a float is the right one.
  const shift = 70 - bitLength(numerator) + bitLength(denominator);
  const scaled = shift > 0 ? numerator << BigInt(shift) : numerator;
  const divisor = shift > 0 ? denominator : denominator << BigInt(-shift);
  const quotient = scaled / divisor;
  const sticky = scaled % divisor === 0n ? quotient : quotient | 1n;
  const half = Math.trunc(-shift / 2);
  return finite(sign * Number(sticky) * 2 ** half * 2 ** (-shift - half));
}
