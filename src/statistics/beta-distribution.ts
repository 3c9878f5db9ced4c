import { stirlingError } from './log-gamma.ts';

const smallest = 1e-300;
const mostTerms = 100_000;

/**
 * Share of a Beta(a, b) distribution that lies below x: the regularised incomplete beta function I_x(a, b), by its
 * continued fraction (evaluated with Lentz's method) on the side of the mean where that converges fast.
 *
 * @param x - 0 ≤ x ≤ 1
 * @param a - above 0
 * @param b - above 0
 * @throws {RangeError} for anything else
 * @see https://dlmf.nist.gov/8.17#v (the fraction)
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
    throw new RangeError(`Expected 0 ≤ x ≤ 1 and shapes above 0, got x ${x}, a ${a}, b ${b}.`);
  }
  if (x === 0 || x === 1) return x;
  if (x < (a + 1) / (a + b + 2)) return (betaWeight(x, a, b) * continuedFraction(x, a, b)) / a;
  return 1 - (betaWeight(1 - x, b, a) * continuedFraction(1 - x, b, a)) / b;
}

/**
 * The x below which a share `probability` of Beta(a, b) lies: Newton steps on {@link betaCdf} inside a bracket that is
 * halved where a step would leave it.
 *
 * @param probability - 0 ≤ probability ≤ 1
 * @throws {RangeError} for anything else
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Expected a probability from 0 to 1, got ${probability}.`);
  }
  if (probability === 0 || probability === 1) return probability;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 200; step += 1) {
    const excess = betaCdf(x, a, b) - probability;
    if (excess === 0) return x;
    if (excess > 0) high = x;
    else low = x;
    const density = betaWeight(x, a, b) / (x * (1 - x));
    const next = x - excess / density;
    const moved = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(moved - x) <= 2e-16 * x) return moved;
    x = moved;
  }
  return x;
}

/** x^a (1−x)^b / B(a, b), kept exact at large shapes by writing it as a binomial probability. */
function betaWeight(x: number, a: number, b: number): number {
  const n = a + b;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * (1 - x));
  return ((a * b) / n) * Math.sqrt(n / (2 * Math.PI * a * b)) * Math.exp(exponent);
}

/** k log(k/mean) − k + mean, without cancellation where k is near the mean. */
function deviance(k: number, mean: number): number {
  const gap = k - mean;
  if (Math.abs(gap) >= 0.1 * (k + mean)) return k * Math.log(k / mean) + mean - k;
  const ratio = gap / (k + mean);
  let sum = gap * ratio;
  let power = 2 * k * ratio;
  for (let odd = 3; odd < 200; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
  return sum;
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= mostTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 3e-16) return value;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < smallest ? smallest : value;
}
