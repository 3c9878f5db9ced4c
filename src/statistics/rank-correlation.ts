import { studentTCdf } from './student-t.ts';

/**
 * Ranks from 1 upwards; equal values share the mean of their ranks.
 *
 * @param values - no NaN
 */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  const order = Float64Array.from({ length: values.length }, (_, index) => index).sort(
    (one, other) => (values[one] ?? 0) - (values[other] ?? 0),
  );
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1;
    for (let place = start; place < end; place += 1) ranks[order[place] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Pearson's product-moment correlation; NaN where one side does not vary. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkPaired(x, y);
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let index = 0; index < x.length; index += 1) {
    const [dx, dy] = [(x[index] ?? 0) - meanX, (y[index] ?? 0) - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xx === 0 || yy === 0 ? Number.NaN : xy / Math.sqrt(xx * yy);
}

/**
 * Spearman's rank correlation: Pearson's on average ranks, with a two-sided p value from t = ρ √((n−2)/(1−ρ²)) on n − 2
 * degrees of freedom.
 *
 * @returns NaN where one side does not vary; p is NaN below three pairs
 * @see Spearman (1904), https://doi.org/10.2307/1412159
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): { readonly rho: number; readonly p: number } {
  const rho = pearson(averageRanks(x), averageRanks(y));
  const freedom = x.length - 2;
  if (freedom < 1 || Number.isNaN(rho)) return { rho, p: Number.NaN };
  const t = Math.abs(rho) >= 1 ? Number.POSITIVE_INFINITY : Math.abs(rho) * Math.sqrt(freedom / (1 - rho * rho));
  return { rho, p: t === Number.POSITIVE_INFINITY ? 0 : 2 * studentTCdf(-t, freedom) };
}

/**
 * Kendall's τ-b: concordant less discordant pairs, over the geometric mean of the pairs that are not tied on either
 * side. In n log n steps: sorted by x, each discordant pair is an inversion of y that a merge sort counts.
 *
 * @returns NaN where one side does not vary
 * @see Knight (1966), https://doi.org/10.1080/01621459.1966.10480879
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkPaired(x, y);
  const order = Array.from({ length: x.length }, (_, index) => index).sort(
    (one, other) => (x[one] ?? 0) - (x[other] ?? 0) || (y[one] ?? 0) - (y[other] ?? 0),
  );
  const sortedX = Float64Array.from(order, (index) => x[index] ?? 0);
  const sortedY = Float64Array.from(order, (index) => y[index] ?? 0);
  const pairs = (x.length * (x.length - 1)) / 2;
  const tiedX = tiedPairs(sortedX, (one, other) => sortedX[one] === sortedX[other]);
  const tiedBoth = tiedPairs(
    sortedX,
    (one, other) => sortedX[one] === sortedX[other] && sortedY[one] === sortedY[other],
  );
  const swaps = countInversions(sortedY);
  // Sorted by now, so that equal values stand together.
  const tiedY = tiedPairs(sortedY, (one, other) => sortedY[one] === sortedY[other]);
  const difference = pairs - tiedX - tiedY + tiedBoth - 2 * swaps;
  return difference / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
}

function tiedPairs(values: Float64Array, same: (one: number, other: number) => boolean): number {
  let pairs = 0;
  for (let start = 0; start < values.length; ) {
    let end = start + 1;
    while (end < values.length && same(start, end)) end += 1;
    pairs += ((end - start) * (end - start - 1)) / 2;
    start = end;
  }
  return pairs;
}

/** Sorts the values in place, and counts the pairs that stood in the wrong order. */
function countInversions(values: Float64Array): number {
  let inversions = 0;
  const merged = new Float64Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start + width < values.length; start += 2 * width) {
      const middle = start + width;
      const end = Math.min(middle + width, values.length);
      let [left, right] = [start, middle];
      for (let place = start; place < end; place += 1) {
        const takeLeft = left < middle && (right >= end || (values[left] ?? 0) <= (values[right] ?? 0));
        if (!takeLeft) inversions += middle - left;
        merged[place] = (takeLeft ? values[left++] : values[right++]) ?? 0;
      }
      values.set(merged.subarray(start, end), start);
    }
  }
  return inversions;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? 0;
  return sum / values.length;
}

function checkPaired(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length) throw new RangeError(`Expected pairs, got ${x.length} and ${y.length} values.`);
}
