import { PythonLiteralError } from './python-literal-error.ts';

/** Python refuses to convert longer ones (`sys.get_int_max_str_digits`), since the time grows with their square. */
const mostDigits = 4300;

const digits = String.raw`\d(?:_?\d)*`;
const exponent = `[eE][+-]?${digits}`;
const real = String.raw`(?:${digits}\.(?:${digits})?|\.${digits})(?:${exponent})?|${digits}${exponent}`;
const whole = String.raw`0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|[1-9](?:_?\d)*|0(?:_?0)*`;

/** A number of Python or JSON without its sign, at `lastIndex`: group 1 has a point or an exponent, group 2 is whole. */
export const numberToken = new RegExp(String.raw`(?:(${real})|(${whole}))(?![\w.])`, 'y');

/** The value of a match of {@link numberToken} at character `at`. Whole zeros have no sign, as in Python. */
export function numberFrom(match: RegExpExecArray, isNegative: boolean, at: number): number | bigint {
  const [, realText, wholeText = ''] = match;
  if (realText !== undefined) {
    const value = Number(realText.replaceAll('_', ''));
    return isNegative ? -value : value;
  }
  if (wholeText.length > mostDigits) throw new PythonLiteralError(`has a number of over ${mostDigits} digits`, at);
  const size = BigInt(wholeText.replaceAll('_', ''));
  const value = isNegative ? -size : size;
  return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
