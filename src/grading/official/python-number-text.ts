/** Longest number, in digits, that Python 3.11 turns from text to an integer or back. */
export const longestInteger = 4300;
const longestFloat = 100_000;

/** `float(text)` of Python; undefined where Python raises ValueError. */
export function parseFloatText(text: string): number | undefined {
  if (text.length > longestFloat) return undefined;
  const plain = asciiDigits(trimmed(text)).toLowerCase();
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(plain);
  if (special !== null) return special[2] === 'nan' ? Number.NaN : Number(`${special[1]}Infinity`);
  if (!/^[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?$/.test(plain)) return undefined;
  const joined = withoutUnderscores(plain);
  return joined === undefined ? undefined : Number(joined);
}

/** `int(text)` of Python; undefined where Python raises ValueError. */
export function parseIntegerText(text: string): bigint | undefined {
  if (text.length > longestFloat) return undefined;
  const joined = withoutUnderscores(asciiDigits(trimmed(text)));
  const match = /^([+-]?)(\d+)$/.exec(joined ?? '');
  const digits = match?.[2];
  if (digits === undefined || digits.length > longestInteger) return undefined;
  return match?.[1] === '-' ? -BigInt(digits) : BigInt(digits);
}

/** `str(value)` of Python for a float. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    const power = exponent.slice(1).padStart(2, '0');
    return `${digits}e${exponent.charAt(0)}${power}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/**
 * `round(value, decimals)` of Python for a float: the exact binary value is rounded, ties go to the even digit.
 *
 * @param decimals 0 to 15
 */
export function roundFloat(value: number, decimals: number): number {
  if (!Number.isFinite(value) || value === 0 || Math.abs(value) >= 2 ** 52) return value;
  // A tie has a last binary digit one place behind as many binary places as there are decimals.
  const doubled = value * 2 ** (decimals + 1);
  if (!Number.isInteger(doubled) || doubled % 2 === 0) return Number(value.toFixed(decimals));
  const odd = BigInt(Math.abs(doubled)) * 5n ** BigInt(decimals);
  const below = (odd - 1n) / 2n;
  const rounded = Number(`${below % 2n === 0n ? below : below + 1n}e-${decimals}`);
  return value < 0 ? -rounded : rounded;
}

/** Numbers may stand between spaces. */
function trimmed(text: string): string {
  return text.replaceAll('\ufeff', '?').replaceAll('\x85', ' ').trim();
}

/** An underscore may stand between two digits only. */
function withoutUnderscores(text: string): string | undefined {
  if (!text.includes('_')) return text;
  return /(?:^|\D)_|_(?:\D|$)/.test(text) ? undefined : text.replaceAll('_', '');
}

/** Python reads decimal digits of every script; each script's ten digits stand in a row. */
function asciiDigits(text: string): string {
  if (!/\P{ASCII}/u.test(text)) return text;
  return text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    let first = point;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((point - first) % 10);
  });
}
