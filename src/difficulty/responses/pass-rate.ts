import type { Difficulties } from './rating-list.ts';
import type { ResponseMatrix } from './response-matrix.ts';

/**
 * Difficulty as the log-odds of being answered wrong. The pass rate p is the mean over takers of their share of right
 * samples; with n = C² / Σ 1/n_c, the samples that this mean is worth,
 *
 *     b = ln((n(1 − p) + ½) / (np + ½))      se = √((n + 1) / ((np + ½)(n(1 − p) + ½)))
 *
 * the ½ keeping items finite that all or none got right, the standard error by the delta method. Samples count as
 * independent: for the very same takers the error is somewhat too large, for others too small where each was asked often.
 *
 * @see Gart, Zweifel (1967), https://doi.org/10.1093/biomet/54.1-2.181 (the ½ and the variance with it)
 */
export function passRateDifficulties({ items, takers, settled, right }: ResponseMatrix): Difficulties {
  const values = new Float64Array(items.length);
  const errors = new Float64Array(items.length);
  for (let item = 0; item < items.length; item += 1) {
    let [shares, inverse, present] = [0, 0, 0];
    for (let cell = item * takers.length; cell < (item + 1) * takers.length; cell += 1) {
      const samples = settled[cell] as number;
      if (samples === 0) continue;
      shares += (right[cell] as number) / samples;
      inverse += 1 / samples;
      present += 1;
    }
    const samples = (present * present) / inverse;
    const passed = (samples * shares) / present + 0.5;
    const failed = samples * (1 - shares / present) + 0.5;
    values[item] = Math.log(failed / passed);
    errors[item] = Math.sqrt((samples + 1) / (passed * failed));
  }
  return { values, errors };
}
