import type { FileShape } from '../define-benchmark.ts';

/** What the beginning of a JSON file shows. */
export interface JsonHead {
  readonly shape: FileShape;
  /** The first row; undefined where it is no object, or longer than the beginning. */
  readonly row: Readonly<Record<string, unknown>> | undefined;
  /** The first row's key in a keyed file. */
  readonly key: string | undefined;
}

/**
 * Reads shape and first row off the beginning of a JSON or JSON Lines file; undefined where it is none.
 *
 * @param text - the beginning, without a byte order mark
 * @param isWhole - whether the file ends where `text` ends
 */
export function readJsonHead(text: string, isWhole: boolean): JsonHead | undefined {
  const start = /\S/.exec(text)?.index ?? 0;
  if (text[start] === '[') return { shape: 'array', row: objectAt(text, after(text, start + 1)), key: undefined };
  if (text[start] !== '{') return undefined;
  const end = objectEnd(text, start);
  if (end < 0) return isWhole ? undefined : keyedHead(text, start);
  const row = objectAt(text, start);
  if (row === undefined) return undefined;
  const isAlone = isWhole && after(text, end) >= text.length;
  const isKeyed = isAlone && Object.values(row).every(isRow) && Object.keys(row).length > 0;
  return isKeyed ? keyedHead(text, start) : { shape: 'jsonl', row, key: undefined };
}

/** `{"1": {…}` where the first value is an object. */
function keyedHead(text: string, start: number): JsonHead | undefined {
  const open = after(text, start + 1);
  const close = stringEnd(text, open);
  const colon = after(text, close);
  if (close < 0 || text[colon] !== ':') return undefined;
  const key = parsed(text.slice(open, close));
  const value = after(text, colon + 1);
  if (typeof key !== 'string' || text[value] !== '{') return undefined;
  return { shape: 'object', row: objectAt(text, value), key };
}

/** The object that begins here, where it ends within the text. */
function objectAt(text: string, start: number): Readonly<Record<string, unknown>> | undefined {
  const end = text[start] === '{' ? objectEnd(text, start) : -1;
  const value = end < 0 ? undefined : parsed(text.slice(start, end));
  return isRow(value) ? value : undefined;
}

/** Behind the brace that closes the one at `start`; -1 where the text ends before. */
function objectEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = stringEnd(text, at);
      if (end < 0) return -1;
      at = end - 1;
    } else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** Behind the quote that closes the one at `start`; -1 where there is none. */
function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

/** The next place that is not white space. */
function after(text: string, start: number): number {
  let at = Math.max(start, 0);
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

/** Undefined for text that is no JSON: what is wrong with it is said by whoever reads the file. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
