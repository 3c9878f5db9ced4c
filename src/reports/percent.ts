import type { Tally } from '../core/tally.ts';

/**
 * A proportion as people read it, in per cent with one digit, without the sign: `63.3`. Only exactly 0 and 1 are shown
 * as `0.0` and `100.0`; what would round to them is `<0.1` or `>99.9`.
 */
export function percent(proportion: number): string {
  const text = (proportion * 100).toFixed(1);
  if (proportion > 0 && text === '0.0') return '<0.1';
  if (proportion < 1 && text === '100.0') return '>99.9';
  return text;
}

/** A proportion with its sign, the two held together by a no-break space; a dash where there is none. */
export function percentText(proportion: number | null): string {
  return proportion === null ? '–' : `${percent(proportion)}\u00a0%`;
}

/** Both limits without signs: `62.0–64.6`; empty where there is no interval. */
export function intervalText(interval: Tally['interval']): string {
  return interval === null ? '' : `${percent(interval[0])}–${percent(interval[1])}`;
}

/** Both limits in whole per cent, rounded outwards, where there is little room: `28–79`. */
export function wholeInterval([low, high]: readonly [low: number, high: number]): string {
  // What is a whole number but for rounding stays that number.
  return `${Math.floor(low * 100 + 1e-9)}–${Math.ceil(high * 100 - 1e-9)}`;
}

/** A count with its thousands apart: `14,730`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count with its noun: `1 sample`, `3,040 samples`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : plural}`;
}
