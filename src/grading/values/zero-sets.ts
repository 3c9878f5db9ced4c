import type { Comparison } from './comparison.ts';
import { type CompiledExpression, compileExpression, type Scope, scopeName } from './compile-expression.ts';
import { type Expression, freeNames, sizeOf } from './expression.ts';
import { pointAt } from './random-points.ts';

/** Lines through space on which zeros are looked for, and where on each. */
const lineCount = 8;
/** Largest expressions of which zeros are looked for; there are some thousand evaluations to one search. */
const maxSize = 60;
const from = -8.03;
const step = 0.4;
const steps = 40;
/** Zeros of each side that must be zeros of the other before the sets count as the same. */
const leastZeros = 6;

/** Whether two expressions vanish in the same places, as two ways of writing one curve do. */
export function compareZeros(left: Expression, right: Expression): Comparison {
  if (sizeOf(left) > maxSize || sizeOf(right) > maxSize) return 'unknown';
  const [first, second] = [compileExpression(left), compileExpression(right)];
  const names = [...new Set([...freeNames(left), ...freeNames(right)])];
  if (first === undefined || second === undefined || names.length === 0) return 'unknown';
  const forth = shared(first, second, names);
  const back = shared(second, first, names);
  if (forth.missed > 1 || back.missed > 1) return 'different';
  const enough = forth.found >= leastZeros && back.found >= leastZeros;
  return enough && forth.missed + back.missed === 0 ? 'equal' : 'unknown';
}

/** How many zeros of one side are zeros of the other, and how many surely are not. */
function shared(
  one: CompiledExpression,
  other: CompiledExpression,
  names: readonly string[],
): { found: number; missed: number } {
  let found = 0;
  let missed = 0;
  for (let line = 0; line < lineCount; line += 1) {
    const name = scopeName(names[line % names.length] ?? '');
    const fixed = pointAt(names, line + 3);
    const along = (side: CompiledExpression) => (at: number) => real(side, fixed, name, at);
    const scale = typicalSize(along(other));
    for (const zero of zerosOf(along(one))) {
      const value = along(other)(zero);
      if (value === undefined || scale === 0) continue;
      if (Math.abs(value) <= 1e-7 * scale) found += 1;
      else missed += 1;
    }
    if (missed > 1) break;
  }
  return { found, missed };
}

function real(side: CompiledExpression, scope: Scope, name: string, at: number): number | undefined {
  scope.set(name, at);
  const point = side(scope);
  return point === undefined || Math.abs(point.im) > 1e-9 ? undefined : point.re;
}

function typicalSize(value: (at: number) => number | undefined): number {
  const sizes = Array.from({ length: 16 }, (_, index) => Math.abs(value(from + index) ?? 0)).sort((a, b) => a - b);
  return sizes[8] ?? 0;
}

/** Where a function changes its sign without a leap. */
function zerosOf(value: (at: number) => number | undefined): readonly number[] {
  const zeros: number[] = [];
  let before = value(from);
  for (let index = 1; index <= steps; index += 1) {
    const at = from + index * step;
    const here = value(at);
    if (before !== undefined && here !== undefined && before * here < 0) {
      const zero = bisect(value, at - step, at, before);
      const left = Math.abs(value(zero) ?? Number.POSITIVE_INFINITY);
      if (left <= 1e-9 * Math.max(Math.abs(before), Math.abs(here))) zeros.push(zero);
    }
    before = here;
  }
  return zeros;
}

function bisect(value: (at: number) => number | undefined, low: number, high: number, atLow: number): number {
  let [below, above] = [low, high];
  for (let round = 0; round < 50; round += 1) {
    const middle = (below + above) / 2;
    const here = value(middle);
    if (here === undefined || here * atLow > 0) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}
