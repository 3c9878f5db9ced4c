import { evaluateExpression } from './evaluate-expression.ts';
import { type Expression, hasFreeNames, partsOf } from './expression.ts';

/** Most roots, powers and functions inside one another. More of them draw all points together: sixty roots of anything are 1. */
const maxNested = 10;
/** Most factorials inside one another; those of more are 1 or beyond a double. */
const maxFactorials = 1;
/** Constants nearer to zero than this vanish beside others; others vanish beside constants beyond the second. */
const tiny = 5e-10;
const huge = 1e9;

/** Whether values at points would say nothing about an expression, because doubles cannot tell it from a simpler one. */
export function isFragile(expression: Expression): boolean {
  return isNestedDeeply(expression, 0, 0) || hasExtremeConstant(expression);
}

function isNestedDeeply(expression: Expression, nested: number, factorials: number): boolean {
  const { kind } = expression;
  const isFactorial = kind === 'call' && expression.name === 'factorial';
  const bends =
    ['power', 'root', 'pair', 'unknown'].includes(kind) || (kind === 'call' && expression.name !== 'negate');
  const [depth, here] = [nested + (bends ? 1 : 0), factorials + (isFactorial ? 1 : 0)];
  if (depth > maxNested || here > maxFactorials) return true;
  return partsOf(expression).some((part) => isNestedDeeply(part, depth, here));
}

function hasExtremeConstant(expression: Expression): boolean {
  if (hasFreeNames(expression)) return partsOf(expression).some(hasExtremeConstant);
  const size = Math.abs(evaluateExpression(expression)?.approximate ?? 0);
  return (size > 0 && size < tiny) || size > huge;
}

/** Whether a coefficient is written as a decimal, which may be a rounded one. */
export function hasDecimals(expression: Expression): boolean {
  return (
    (expression.kind === 'number' && (expression.decimals ?? 0) > 0 && expression.value.bottom !== 1n) ||
    partsOf(expression).some(hasDecimals)
  );
}
