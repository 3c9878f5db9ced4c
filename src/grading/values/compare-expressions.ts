import { compareCondition, type Region } from './compare-regions.ts';
import { because, different, equal, type Outcome, unknown } from './comparison.ts';
import { compileExpression, scopeName } from './compile-expression.ts';
import { difference, type Expression, freeNames, hasFreeNames, renamed, sizeOf } from './expression.ts';
import { constantRatio, pointAt, sameAtPoints } from './random-points.ts';
import { rationalFromDouble } from './rational.ts';
import type { EquationValue, ExpressionValue, Inequality, InequalityValue, NumberValue, Value } from './value.ts';
import { compareZeros } from './zero-sets.ts';

/** Largest inequalities that are asked at every point of a grid. */
const maxGridSize = 80;

/** Two expressions, of which at least one has variables. */
export function compareExpressions(gold: ExpressionValue, answer: ExpressionValue): Outcome {
  if (gold.text === answer.text) return equal;
  // Infinity equals itself only, and a plain letter may stand for it as for anything else.
  if (gold.tree === undefined || answer.tree === undefined) return gold.tree === answer.tree ? different : unknown;
  const found = sameAtPoints(gold.tree, answer.tree);
  if (found === 'equal') return because(equal, 'same-function');
  const [names, others] = [freeNames(gold.tree), freeNames(answer.tree)];
  if (found !== 'different' || names.join() === others.join()) return { found };
  const [name, other] = [names[0], others[0]];
  const mayBeRenamed = names.length === 1 && others.length === 1 && name !== undefined && other !== undefined;
  // The same function of a variable with another name may be meant.
  return mayBeRenamed && sameAtPoints(gold.tree, renamed(answer.tree, other, name)) === 'equal' ? unknown : different;
}

/** A number and an expression with variables: equal only where the variables fall out. */
export function compareNumberToExpression(number: NumberValue, expression: ExpressionValue): Outcome {
  const value = number.exact ?? rationalFromDouble(number.approximate);
  if (expression.tree === undefined) return different;
  if (value === undefined) return unknown;
  const constant: Expression = { kind: 'number', value, decimals: undefined, truncated: false };
  const found = sameAtPoints(constant, expression.tree);
  return found === 'equal' ? because(equal, 'same-function') : { found };
}

/** An equation as the expression that it sets to zero. `y = 2x` counts, given as the expression `2x` with its name. */
export function equationOf(value: Value): Expression | undefined {
  if (value.kind === 'equation') return difference(value.left, value.right);
  const label = 'label' in value ? value.label : undefined;
  if (label === undefined || !/^(?:[A-Z]|[a-z](?: [a-z]){0,2})$/.test(label)) return undefined;
  const factors = label.split(' ').map((name): Expression => ({ kind: 'symbol', name }));
  const left: Expression = { kind: 'product', factors };
  if (value.kind === 'expression' && value.tree !== undefined) return difference(left, value.tree);
  if (value.kind !== 'number' || value.exact === undefined) return undefined;
  return difference(left, { kind: 'number', value: value.exact, decimals: undefined, truncated: false });
}

/** Two equations: one a multiple of the other, or fulfilled by the same points. */
export function compareEquations(gold: Expression, answer: Expression): Outcome {
  if (freeNames(gold).join() !== freeNames(answer).join()) return unknown;
  if (constantRatio(gold, answer) !== undefined) return because(equal, 'constant-ratio');
  const found = compareZeros(gold, answer);
  return found === 'equal' ? because(equal, 'same-solutions') : { found };
}

/** An equation beside what is none: a number or expression does not say what it equals. */
export function compareEquationToValue(equation: EquationValue, value: Value): Outcome {
  if (value.kind !== 'number') return unknown;
  return hasFreeNames(equation.left) || hasFreeNames(equation.right) ? different : unknown;
}

/** Two inequalities, or systems of as many in the same order, each a multiple of the other. */
export function compareInequalities(gold: InequalityValue, answer: InequalityValue): Outcome {
  if (gold.text === answer.text) return equal;
  if (gold.all.length !== answer.all.length) return unknown;
  const found = gold.all.map((one, at) => compareInequality(one, answer.all[at] ?? one));
  if (found.every((outcome) => outcome === 'equal')) return because(equal, 'constant-ratio');
  return gold.all.length === 1 && found[0] === 'different' ? different : unknown;
}

function compareInequality(gold: Inequality, answer: Inequality): 'equal' | 'different' | 'unknown' {
  const ratio = constantRatio(difference(gold.left, gold.right), difference(answer.left, answer.right));
  if (ratio !== undefined) return signOf(answer.sign, ratio < 0) === gold.sign ? 'equal' : 'different';
  const [one, other] = [truthOf([gold]), truthOf([answer])];
  const names = freeNames(difference(difference(gold.left, gold.right), difference(answer.left, answer.right)));
  if (names.length > 1) return holdTogether(gold, answer, names) ? 'unknown' : 'different';
  if (one === undefined || other === undefined) return 'unknown';
  const apart = Array.from({ length: 241 }, (_, step) => -30.03 + step * 0.25).filter((at) => {
    const [left, right] = [one(at), other(at)];
    return left !== undefined && right !== undefined && left !== right;
  });
  return apart.length > 1 ? 'different' : 'unknown';
}

/** Whether two inequalities in several variables are true and false together at points around the origin. */
function holdTogether(gold: Inequality, answer: Inequality, names: readonly string[]): boolean {
  const sides = [gold, answer].map(({ left, right }) => compileExpression(difference(left, right)));
  return Array.from({ length: 48 }, (_, index) => index).every((index) => {
    const scope = pointAt(names, index + 12, 8);
    const [one, other] = sides.map((side) => side?.(scope));
    if (one === undefined || other === undefined) return true;
    if ([one, other].some(({ re, im }) => Math.abs(re) < 1e-6 || Math.abs(im) > 1e-9)) return true;
    return isTrue(gold.sign, one.re) === isTrue(answer.sign, other.re);
  });
}

function signOf(sign: Inequality['sign'], flipped: boolean): Inequality['sign'] {
  const opposite = { '<': '>', '>': '<', '≤': '≥', '≥': '≤', '≠': '≠' } as const;
  return flipped ? opposite[sign] : sign;
}

/** Inequalities in one variable beside the numbers that fulfil them. */
export function compareInequalityToRegion(inequality: InequalityValue, region: Region): Outcome {
  const condition = truthOf(inequality.all);
  return condition === undefined ? unknown : compareCondition(region, condition);
}

/** Inequalities in one variable as a condition on its value; undefined for another number of variables. */
function truthOf(all: readonly Inequality[]): ((at: number) => boolean | undefined) | undefined {
  const names = new Set(all.flatMap(({ left, right }) => [...freeNames(left), ...freeNames(right)]));
  const [name] = names;
  if (names.size !== 1 || name === undefined) return undefined;
  if (all.reduce((size, { left, right }) => size + sizeOf(left) + sizeOf(right), 0) > maxGridSize) return undefined;
  const sides = all.map(({ left, sign, right }) => ({ sign, value: compileExpression(difference(left, right)) }));
  return (at) => {
    let holds = true;
    for (const { sign, value } of sides) {
      const point = value?.(new Map([[scopeName(name), at]]));
      if (point === undefined || Math.abs(point.im) > 1e-9) return undefined;
      holds &&= isTrue(sign, point.re);
    }
    return holds;
  };
}

function isTrue(sign: Inequality['sign'], difference: number): boolean {
  if (Math.abs(difference) <= 1e-9) return sign === '≤' || sign === '≥';
  if (sign === '≠') return true;
  return difference < 0 ? sign === '<' || sign === '≤' : sign === '>' || sign === '≥';
}
