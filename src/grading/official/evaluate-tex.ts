import { evaluatePython } from './evaluate-python.ts';
import { printExpression } from './print-expression.ts';
import { type PythonNumber, roundToHundredths } from './python-number.ts';
import { readTex } from './read-tex.ts';

/**
 * What the published code computes of a LaTeX text: read by latex2sympy, printed, evaluated by Python, rounded to two
 * decimals. Nothing of the text is executed here.
 *
 * @param text in lower case
 * @throws {NotEvaluable} where the published code raises an exception, or would not come to an end
 */
export function evaluateTex(text: string): PythonNumber {
  return roundToHundredths(evaluatePython(printExpression(readTex(prepared(text)))));
}

/** The replacements that latex2sympy makes before it reads. */
function prepared(text: string): string {
  let result = text.replaceAll('\\dfrac', '\\frac').replaceAll('\\tfrac', '\\frac');
  result = result.replaceAll('\\mathrm{d}', 'd').replaceAll('{\\rm d}', 'd');
  // Falling factorials, written (5)_{2}.
  if (result.includes(')_{')) {
    result = result.replace(
      /\(([a-z0-9+\-*/\\ ]+)\)_\{([a-z0-9+\-*/\\ ]+)\}/g,
      (_, from: string, count: string) => `\\frac{(${from})!}{((${from})-(${count}))!}`,
    );
  }
  return result.replace(/\\displaystyle|\\qquad|\\quad|~|\\,|\$/g, ' ');
}
