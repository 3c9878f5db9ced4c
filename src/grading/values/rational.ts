/** An exact fraction in lowest terms; the bottom is positive. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** Longest top or bottom in bits. Longer results are given up: their decimal value still stands beside them. */
const maxBits = 4096;
/** Largest n of which n! is computed. */
const maxFactorial = 400n;

/** @returns undefined for a zero bottom or a result beyond the size limit */
export function rational(top: bigint, bottom = 1n): Rational | undefined {
  if (bottom === 0n || bitLength(top) > 2 * maxBits || bitLength(bottom) > 2 * maxBits) return undefined;
  const divisor = greatestCommonDivisor(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom) || 1n;
  const sign = bottom < 0n ? -1n : 1n;
  const reduced = { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor };
  return bitLength(reduced.top) > maxBits || bitLength(reduced.bottom) > maxBits ? undefined : reduced;
}

/** From ASCII digits with an optional point, e.g. `12`, `.5`, `3.140`. At most 400 digits are read. */
export function rationalFromDecimal(text: string): Rational | undefined {
  const [whole = '', fraction = ''] = text.split('.');
  if (whole.length + fraction.length > 400) return undefined;
  return rational(BigInt(`${whole}${fraction}` || '0'), 10n ** BigInt(fraction.length));
}

/** The exact value of a double. */
export function rationalFromDouble(value: number): Rational | undefined {
  if (!Number.isFinite(value)) return undefined;
  let exponent = 0n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent += 1n;
  }
  return rational(BigInt(scaled), 1n << exponent);
}

export function add(left: Rational, right: Rational): Rational | undefined {
  return rational(left.top * right.bottom + right.top * left.bottom, left.bottom * right.bottom);
}

export function multiply(left: Rational, right: Rational): Rational | undefined {
  return rational(left.top * right.top, left.bottom * right.bottom);
}

export function divide(left: Rational, right: Rational): Rational | undefined {
  return rational(left.top * right.bottom, left.bottom * right.top);
}

export function negate(value: Rational): Rational {
  return { top: -value.top, bottom: value.bottom };
}

/** The result's size is bounded before anything is computed. Only whole exponents. */
export function power(base: Rational, exponent: Rational): Rational | undefined {
  if (exponent.bottom !== 1n) return undefined;
  const times = exponent.top < 0n ? -exponent.top : exponent.top;
  const bits = BigInt(Math.max(bitLength(base.top), bitLength(base.bottom)));
  if (times > 4096n || bits * times > BigInt(maxBits)) return undefined;
  const raised = { top: base.top ** times, bottom: base.bottom ** times };
  return exponent.top < 0n ? rational(raised.bottom, raised.top) : rational(raised.top, raised.bottom);
}

export function factorial(value: Rational): Rational | undefined {
  if (value.bottom !== 1n || value.top < 0n || value.top > maxFactorial) return undefined;
  let product = 1n;
  for (let factor = 2n; factor <= value.top; factor += 1n) product *= factor;
  return rational(product);
}

/** Ways to choose `below` out of `above`; both at most 400. */
export function binomial(above: Rational, below: Rational): Rational | undefined {
  if (above.bottom !== 1n || below.bottom !== 1n || below.top < 0n || below.top > above.top) return undefined;
  if (above.top > maxFactorial) return undefined;
  let ways = 1n;
  for (let step = 1n; step <= below.top; step += 1n) ways = (ways * (above.top - below.top + step)) / step;
  return rational(ways);
}

export function equals(left: Rational, right: Rational): boolean {
  return left.top === right.top && left.bottom === right.bottom;
}

export function toNumber(value: Rational): number {
  const direct = Number(value.top) / Number(value.bottom);
  if (Number.isFinite(direct) && direct !== 0) return direct;
  if (value.top === 0n) return 0;
  // Both sides beyond a double: drop common low bits first.
  const spare = BigInt(Math.max(0, Math.min(bitLength(value.top), bitLength(value.bottom)) - 64));
  return Number(value.top >> spare) / Number(value.bottom >> spare);
}

/** The nearest multiple of 10^-decimals as a count of such steps; ties go to the even count. */
export function roundHalfEven(value: Rational, decimals: number): bigint {
  const scaled = value.top * 10n ** BigInt(decimals);
  let floor = scaled / value.bottom;
  if (scaled % value.bottom < 0n) floor -= 1n;
  const twice = 2n * (scaled - floor * value.bottom);
  if (twice === value.bottom) return floor % 2n === 0n ? floor : floor + 1n;
  return twice > value.bottom ? floor + 1n : floor;
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let first = left;
  let second = right;
  while (second !== 0n) [first, second] = [second, first % second];
  return first;
}
