import { evaluateTex } from './evaluate-tex.ts';
import { areEqual, NotEvaluable, numberText, type PythonNumber } from './python-number.ts';
import { strip } from './python-text.ts';

/** No gold answer has nearly as many parts; a longer list stays unevaluated, and so unequal. */
const mostParts = 1000;

/**
 * Whether MATH-Vision's published evaluation holds two answers for equal: the same text, tuples and lists of the same
 * rounded parts, or values that agree when both are rounded to two decimals. What cannot be evaluated is unequal.
 */
export function areMathVisionEqual(answer: string, gold: string): boolean {
  const [left, right] = [answer.toLowerCase(), gold.toLowerCase()];
  if (isBlank(left) || isBlank(right)) return false;
  if (strip(left) === strip(right)) return true;
  const [leftParts, rightParts] = [evaluateParts(left), evaluateParts(right)];
  if (leftParts === rightParts) return true;
  const goldValue = computedValue(rightParts);
  if (goldValue === undefined) return false;
  const answerValue = computedValue(leftParts);
  return answerValue !== undefined && areEqual(goldValue, answerValue);
}

function isBlank(text: string): boolean {
  return text.replaceAll(' ', '') === '';
}

/** A bracketed list with each part as its rounded value; any other text, or one with a part of no value, unchanged. */
function evaluateParts(text: string): string {
  const brackets = `${text.charAt(0)}${text.charAt(text.length - 1)}`;
  if (brackets !== '()' && brackets !== '[]') return text;
  const parts = text.slice(1, -1).split(',', mostParts + 1);
  if (parts.length < 2 || parts.length > mostParts) return text;
  const values: string[] = [];
  for (const part of parts) {
    const isKept = part.includes('infty') || part === 'a' || part === '-a';
    const value = isKept ? part : printedValue(part);
    if (value === undefined) return text;
    values.push(value);
  }
  return `${text.charAt(0)}${values.join(',')}${text.charAt(text.length - 1)}`;
}

function printedValue(text: string): string | undefined {
  return unlessNotEvaluable(() => numberText(evaluateTex(text)));
}

function computedValue(text: string): PythonNumber | undefined {
  return unlessNotEvaluable(() => evaluateTex(text));
}

function unlessNotEvaluable<Value>(compute: () => Value): Value | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotEvaluable) return undefined;
    throw error;
  }
}
