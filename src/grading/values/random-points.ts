import type { Comparison } from './comparison.ts';
import {
  type CompiledExpression,
  compileExpression,
  fraction,
  type Point,
  type Scope,
  scopeName,
} from './compile-expression.ts';
import { type Expression, freeNames } from './expression.ts';
import { hasDecimals, isFragile } from './expression-limits.ts';

/** Of these half are positive. Their coordinates depend on the variable's name and the index only, so that verdicts repeat. */
const pointCount = 12;
/** Least number of points at which both sides must have a value before anything is said. */
const leastDefined = 4;
/** Largest relative difference of two values taken as equal; a wider one merges answers such as `x + 10^{-9}` and `x`. */
const relativeTolerance = 1e-10;
/** What rounded coefficients may change in a value, relatively: two shown digits may be off by nearly two in a hundred. */
const roundingSlack = 0.02;
/** Values nearer to zero than this are what cancellation leaves, and say nothing. */
const nothing = 1e-12;
/** Values beyond this may agree though a whole number apart. */
const large = 1e7;

/** How two expressions compare at points: pairs of values there, without those where one has none. */
interface Sample {
  readonly left: Point;
  readonly right: Point;
  /** Whether some coordinate is negative, where branches of roots and logarithms differ. */
  readonly mixed: boolean;
}

/** Whether two expressions are the same function of their variables. Rounded coefficients leave it open where values are near. */
export function sameAtPoints(left: Expression, right: Expression): Comparison {
  const samples = sampleBoth(left, right);
  if (samples === undefined) return 'unknown';
  const slack = hasDecimals(left) || hasDecimals(right) ? roundingSlack : 0;
  let agreed = 0;
  let disagreed = 0;
  for (const sample of samples) {
    if (size(sample.left) < nothing && size(sample.right) < nothing) continue;
    if (isClose(sample.left, sample.right)) agreed += size(sample.left) > large ? 0 : 1;
    else if (apart(sample.left, sample.right) <= slack * size(sample.left)) continue;
    else if (!sample.mixed || (isReal(sample.left) && isReal(sample.right))) disagreed += 1;
  }
  if (disagreed > 0) return disagreed > 1 ? 'different' : 'unknown';
  return agreed >= leastDefined ? 'equal' : 'unknown';
}

/** The constant real factor between two expressions, by which one equation is a multiple of the other; undefined where there is none. */
export function constantRatio(left: Expression, right: Expression): number | undefined {
  const samples = sampleBoth(left, right)?.filter(({ left: one, right: other }) => isTelling(one) && isTelling(other));
  const [first] = samples ?? [];
  if (samples === undefined || first === undefined || samples.length < leastDefined) return undefined;
  const ratio = first.left.re / first.right.re;
  const same = samples.every((sample) => isClose(sample.left, { re: ratio * sample.right.re, im: 0 }));
  return same ? ratio : undefined;
}

function sampleBoth(left: Expression, right: Expression): readonly Sample[] | undefined {
  if (isFragile(left) || isFragile(right)) return undefined;
  const [first, second] = [compileExpression(left), compileExpression(right)];
  if (first === undefined || second === undefined) return undefined;
  const names = [...new Set([...freeNames(left), ...freeNames(right)])];
  return Array.from({ length: pointCount }, (_, index) => sampleAt(first, second, names, index)).filter(
    (sample) => sample !== undefined,
  );
}

function sampleAt(
  first: CompiledExpression,
  second: CompiledExpression,
  names: readonly string[],
  index: number,
): Sample | undefined {
  const values = pointAt(names, index);
  const [left, right] = [first(values), second(values)];
  if (left === undefined || right === undefined) return undefined;
  return { left, right, mixed: [...values.values()].some((value) => value < 0) };
}

/** Point number `index`: the first six with coordinates from 0.2 to 3.2, all others from -reach to reach. */
export function pointAt(names: readonly string[], index: number, reach = 3): Scope {
  return new Map(
    names.map((name) => {
      const part = fraction(`${name}@${index}`);
      return [scopeName(name), index < pointCount / 2 ? 0.2 + 3 * part : (2 * part - 1) * reach];
    }),
  );
}

function size({ re, im }: Point): number {
  return Math.hypot(re, im);
}

/** Whether a value is real, and of a size at which doubles tell it from its neighbours. */
function isTelling(point: Point): boolean {
  return isReal(point) && size(point) > nothing && size(point) <= large;
}

function isReal(point: Point): boolean {
  return Math.abs(point.im) <= relativeTolerance * size(point);
}

function apart(left: Point, right: Point): number {
  return Math.hypot(left.re - right.re, left.im - right.im);
}

function isClose(left: Point, right: Point): boolean {
  const larger = Math.max(size(left), size(right));
  return apart(left, right) <= relativeTolerance * larger + (larger > 1e-9 ? 1e-13 : 0);
}
