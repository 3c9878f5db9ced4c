/**
 * Holm's step-down correction: with all of them tested at level α, the chance of even one false rejection stays at α.
 * Sorted upwards, p(k) becomes the largest of (m − i + 1) p(i) over i ≤ k, at most 1.
 *
 * @returns adjusted values in the order given
 * @see Holm (1979), https://www.jstor.org/stable/4615733
 */
export function holm(pValues: readonly number[]): number[] {
  const order = sortedOrder(pValues);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [place, index] of order.entries()) {
    largest = Math.max(largest, (pValues.length - place) * (pValues[index] ?? 1));
    adjusted[index] = Math.min(1, largest);
  }
  return adjusted;
}

/**
 * Benjamini and Hochberg's step-up correction: of what is rejected at level α, on average at most a share α is false,
 * for independent or positively dependent tests. Sorted upwards, p(k) becomes the smallest of (m/i) p(i) over i ≥ k.
 *
 * @returns adjusted values in the order given
 * @see Benjamini, Hochberg (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return stepUp(pValues, 1);
}

/**
 * As {@link benjaminiHochberg} under any dependence, at the price of a factor Σ 1/i.
 *
 * @see Benjamini, Yekutieli (2001), https://doi.org/10.1214/aos/1013699998
 */
export function benjaminiYekutieli(pValues: readonly number[]): number[] {
  return stepUp(
    pValues,
    pValues.reduce((sum, _, index) => sum + 1 / (index + 1), 0),
  );
}

function stepUp(pValues: readonly number[], factor: number): number[] {
  const order = sortedOrder(pValues);
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const index = order[place] ?? 0;
    smallest = Math.min(smallest, ((factor * pValues.length) / (place + 1)) * (pValues[index] ?? 1));
    adjusted[index] = smallest;
  }
  return adjusted;
}

function sortedOrder(pValues: readonly number[]): number[] {
  for (const p of pValues) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`Expected p values from 0 to 1, got ${p}.`);
  }
  return pValues.map((_, index) => index).sort((one, other) => (pValues[one] ?? 0) - (pValues[other] ?? 0));
}
