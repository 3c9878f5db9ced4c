/** A difference of proportions as people read it, in points with its sign: `+3.1`, `−0.4`, `0.0`. */
export function pointsText(difference: number): string {
  const text = Math.abs(difference * 100).toFixed(1);
  if (text === '0.0') return text;
  return `${difference < 0 ? '−' : '+'}${text}`;
}

/** Both limits in points: `[1.9, 4.3]`, `[−0.8, 1.6]`; empty where there are none. */
export function pointsInterval(interval: readonly [low: number, high: number] | null): string {
  if (interval === null) return '';
  return `[${interval.map((limit) => pointsText(limit).replace('+', '')).join(', ')}]`;
}

/** The same for a cell of a table, which says why there are none. */
export function differenceLimits(interval: readonly [low: number, high: number] | null): string {
  return interval === null ? 'too few groups' : pointsInterval(interval);
}

/** A p value as people read it: `0.032`, `<0.001`. */
export function pText(p: number): string {
  if (p < 0.001) return '<0.001';
  return p < 0.1 ? p.toFixed(3) : p.toFixed(2);
}
