/**
 * Chance that at least one of k samples is right, estimated without bias from n samples of which c are right:
 * 1 − C(n−c, k) / C(n, k).
 *
 * @param samples - n, samples drawn for the problem, at least k
 * @param right - c, 0 ≤ c ≤ n
 * @param k - at least 1
 * @throws {RangeError} where k is more than the samples there are
 * @see Chen et al. (2021), https://arxiv.org/abs/2107.03374
 */
export function passAtK(samples: number, right: number, k: number): number {
  if (!(k >= 1 && k <= samples)) throw new RangeError(`Expected k from 1 to ${samples} samples, got ${k}.`);
  if (samples - right < k) return 1;
  let allWrong = 1;
  for (let drawn = 0; drawn < k; drawn += 1) allWrong *= (samples - right - drawn) / (samples - drawn);
  return 1 - allWrong;
}
