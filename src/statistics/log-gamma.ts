const coefficients = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

const halfLogTwoPi = 0.9189385332046727;

/**
 * Natural logarithm of the gamma function, with an error of about 1e-15, relative where it is above 1 (Lanczos'
 * approximation, g = 7).
 *
 * @param x - above 0
 * @throws {RangeError} for anything else
 * @see Lanczos (1964), https://doi.org/10.1137/0701008 (the method; coefficients for g = 7 and nine terms)
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`Expected a number above 0, got ${x}.`);
  // Below one half the series loses digits; the recurrence Γ(x) = Γ(x+1)/x goes around it.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  const shifted = x - 1;
  let sum = coefficients[0] ?? 0;
  for (let index = 1; index < coefficients.length; index += 1) sum += (coefficients[index] ?? 0) / (shifted + index);
  const base = shifted + 7.5;
  return halfLogTwoPi + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/**
 * What Stirling's formula leaves over: log Γ(n+1) − (n + ½) log n + n − ½ log 2π. Falls towards 1/(12 n).
 *
 * @param n - above 0
 * @see Loader (2000), "Fast and accurate computation of binomial probabilities" (why it keeps digits at large n)
 */
export function stirlingError(n: number): number {
  if (n <= 15) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - halfLogTwoPi;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) / square) / n;
}
