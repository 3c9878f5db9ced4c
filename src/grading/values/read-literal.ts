import { type Rational, rational, rationalFromDecimal } from './rational.ts';

/** A number as it is written. `name` is its canonical spelling. */
export interface Literal {
  readonly kind: 'number';
  readonly name: string;
  readonly value: Rational;
  /** Digits shown behind the point; undefined for a whole number. */
  readonly decimals: number | undefined;
  /** Whether the digits go on (`3.14159...`). */
  readonly truncated: boolean;
}

/** A literal and how many UTF-16 units it takes. */
export interface ReadLiteral {
  readonly literal: Literal;
  readonly length: number;
}

const thousands = /^\d{1,3}(?:(?:,|\{,\}|,\\! ?|\\,| )\d{3})+(?:\.\d+)?(?!\d|,\d|\s*\/)/;
const thousandsInBrackets = /^\d{1,3}(?:(?:\{,\}|,\\!|\\,)\d{3})+(?:\.\d+)?(?!\d|,\d|\s*\/)/;

/** The number that begins at an offset; thousands may be set apart, inside brackets by more than a comma only. */
export function readLiteral(text: string, at: number, inBrackets: boolean): ReadLiteral | undefined {
  const rest = text.slice(at, at + 420);
  const grouped = (inBrackets ? thousandsInBrackets : thousands).exec(rest)?.[0];
  const match = grouped ?? /^\d*(?:\.\d+)?/.exec(rest)?.[0] ?? '';
  if (match === '') return undefined;
  const digits = match.replace(/[^\d.]/g, '');
  const plain = rationalFromDecimal(digits);
  if (plain === undefined) return undefined;
  const scale = powerOfTen(text, rest.slice(match.length));
  const value = scale === undefined ? plain : shifted(plain, scale.exponent);
  if (value === undefined) return undefined;
  let length = match.length + (scale?.length ?? 0);
  // `216.\mathrm{cm}`, `0.\overline{3}`
  const bare = scale === undefined && /^\.(?!\.|\d)(?=\s*(?:\\|[A-Za-z]))/.test(rest.slice(length));
  if (bare) length += 1;
  const point = digits.indexOf('.');
  const decimals = point < 0 ? undefined : digits.length - point - 1;
  const ellipsis = decimals === undefined ? null : /^\s*(?:\.\.\.|\\ldots|\\dots|\\cdots)/.exec(rest.slice(length));
  if (ellipsis !== null) length += ellipsis[0].length;
  const name = scale === undefined ? `${digits}${bare ? '.' : ''}` : rest.slice(0, length);
  return { literal: { kind: 'number', name, value, decimals, truncated: ellipsis !== null }, length };
}

/** `e-5` behind `1.5`. It is only written in plain text; in LaTeX e is Euler's number. */
function powerOfTen(text: string, rest: string): { exponent: number; length: number } | undefined {
  const match = /^[eE]([+-]?\d{1,3})(?![\d.A-Za-z])/.exec(rest);
  if (match === null || text.includes('\\')) return undefined;
  return { exponent: Number(match[1]), length: match[0].length };
}

function shifted(value: Rational, exponent: number): Rational | undefined {
  const scale = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? rational(value.top, value.bottom * scale) : rational(value.top * scale, value.bottom);
}

/** `0.1` and the `{6}` under its bar as one number; undefined where the bar lies over something else. */
export function repeatingDecimal(shown: Literal, rest: string): ReadLiteral | undefined {
  const digits = /^\s*(?:\{(\d{1,20})\}|(\d))/.exec(rest);
  const repeated = digits?.[1] ?? digits?.[2];
  if (digits === null || repeated === undefined || !shown.name.includes('.')) return undefined;
  const places = shown.decimals ?? 0;
  const tail = rational(BigInt(repeated), (10n ** BigInt(repeated.length) - 1n) * 10n ** BigInt(places));
  if (tail === undefined) return undefined;
  const { top, bottom } = shown.value;
  const value = rational(top * tail.bottom + tail.top * bottom, bottom * tail.bottom);
  if (value === undefined) return undefined;
  const name = `${shown.name}(${repeated})`;
  return { literal: { kind: 'number', name, value, decimals: undefined, truncated: false }, length: digits[0].length };
}
