/**
 * Share of the standard normal distribution that lies below z, with a relative error of about 1e-15 in both tails: a
 * power series in the middle, a continued fraction for Mills' ratio outside.
 *
 * @see https://dlmf.nist.gov/7.6#E2 (series), https://dlmf.nist.gov/7.9#E3 (fraction)
 */
export function normalCdf(z: number): number {
  if (Math.abs(z) < 3) return 0.5 + density(z) * series(z);
  const tail = Math.abs(z) > 38.5 ? 0 : density(z) * millsRatio(Math.abs(z));
  return z < 0 ? tail : 1 - tail;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** z + z³/3 + z⁵/15 + … */
function series(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; odd < 400; odd += 2) {
    term *= (z * z) / odd;
    const next = sum + term;
    if (next === sum) return sum;
    sum = next;
  }
  return sum;
}

/** 1/(z + 1/(z + 2/(z + 3/(z + …)))), from the inside outwards. */
function millsRatio(z: number): number {
  let below = z;
  for (let depth = 200; depth >= 1; depth -= 1) below = z + depth / below;
  return 1 / below;
}
