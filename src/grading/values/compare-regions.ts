import { because, different, equal, type Outcome, unknown } from './comparison.ts';
import type { SequenceValue, Value } from './value.ts';

/** An interval of numbers; infinite ends are open. */
interface Interval {
  readonly low: number;
  readonly high: number;
  readonly withLow: boolean;
  readonly withHigh: boolean;
}

/** Numbers that belong to an answer, as intervals any of which may hold them. */
export type Region = readonly Interval[];

/** The region that a value is; undefined where it is none, or has an end that is no number. */
export function regionOf(value: Value): Region | undefined {
  if (value.kind === 'union') return all(value.parts.map(intervalsOf));
  return value.kind === 'sequence' ? intervalsOf(value) : undefined;
}

function all(regions: readonly (Region | undefined)[]): Region | undefined {
  const known = regions.filter((region) => region !== undefined);
  return known.length === regions.length ? known.flat() : undefined;
}

function intervalsOf({ open, close, items }: SequenceValue): Region | undefined {
  const ends = items.map(endOf);
  if (open === '{') return all(ends.map((end) => (end === undefined ? undefined : [point(end)])));
  const [low, high] = ends;
  if (ends.length !== 2 || low === undefined || high === undefined) return undefined;
  if (!'(['.includes(open) || !')]'.includes(close) || open === '') return undefined;
  return [
    { low, high, withLow: open === '[' && Number.isFinite(low), withHigh: close === ']' && Number.isFinite(high) },
  ];
}

function point(at: number): Interval {
  return { low: at, high: at, withLow: true, withHigh: true };
}

function endOf(value: Value): number | undefined {
  if (value.kind === 'number') return value.approximate;
  if (value.kind !== 'expression' || value.tree !== undefined) return undefined;
  return value.text.startsWith('negate') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Whether two regions hold the same numbers: asked at every end, between the ends, and beyond them. */
export function compareRegions(gold: Region, answer: Region): Outcome {
  const same = probes([...gold, ...answer]).every((at) => holds(gold, at) === holds(answer, at));
  return same ? because(equal, 'same-region') : different;
}

/** Whether a condition on one number holds exactly in a region: at its ends, near them, and on a grid. */
export function compareCondition(region: Region, condition: (at: number) => boolean | undefined): Outcome {
  const ends = region.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  const near = ends.flatMap((end) => [end - 1e-3, end + 1e-3]);
  const grid = Array.from({ length: 121 }, (_, step) => -30.03 + step * 0.5);
  for (const at of [...probes(region), ...near, ...grid]) {
    const holdsThere = condition(at);
    if (holdsThere === undefined) return unknown;
    if (holdsThere !== holds(region, at)) return different;
  }
  return because(equal, 'same-region');
}

function probes(intervals: Region): readonly number[] {
  const ends = [...new Set(intervals.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite))].sort(
    (left, right) => left - right,
  );
  const merged = ends.filter((end, at) => at === 0 || !isSame(end, ends[at - 1] ?? Number.NaN));
  const [first = 0, last = 0] = [merged[0], merged.at(-1)];
  return [first - 1, ...merged.flatMap((end, at) => [end, (end + (merged[at + 1] ?? end)) / 2]), last + 1];
}

function isSame(left: number, right: number): boolean {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return false;
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
}

function holds(region: Region, at: number): boolean {
  return region.some(({ low, high, withLow, withHigh }) => {
    const [onLow, onHigh] = [isSame(at, low), isSame(at, high)];
    if (onLow || onHigh) return (!onLow || withLow) && (!onHigh || withHigh);
    return at > low && at < high;
  });
}
