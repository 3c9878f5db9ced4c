import { floatText } from './python-number-text.ts';

/** Nesting beyond which a printed value is cut; the comparisons look at its first characters or search it. */
const deepest = 50;

/** `json.loads(text)` of Python; undefined where it raises. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * `str(value)` of Python for a value of JSON.
 *
 * @param source the JSON text: it alone tells `3` from `3.0`
 */
export function printJson(value: unknown, source: string): string {
  return typeof value === 'string' ? value : represent(value, source, 0);
}

function represent(value: unknown, source: string, depth: number): string {
  if (depth > deepest) return '...';
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return representNumber(value, source);
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map((part) => represent(part, source, depth + 1)).join(', ')}]`;
  const entries = Object.entries(value as Record<string, unknown>);
  return `{${entries.map(([key, part]) => `${quote(key)}: ${represent(part, source, depth + 1)}`).join(', ')}}`;
}

/** A whole number is an integer of Python unless the source writes it with a point or an exponent. */
function representNumber(value: number, source: string): string {
  if (!Number.isInteger(value)) return floatText(value);
  const isWritten = Number.isSafeInteger(value) && new RegExp(`(?<![\\d.])${value}(?![\\d.eE])`).test(source);
  return isWritten ? String(value) : floatText(value);
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return `${mark}${mark === "'" ? escaped.replaceAll("'", "\\'") : escaped}${mark}`;
}
