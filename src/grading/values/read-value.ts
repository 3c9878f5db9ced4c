import { maxValueLength, plainText } from './plain-text.ts';
import { readQuantity } from './read-quantity.ts';
import { isSymbol, type Token, tokenise, tokenText } from './tokenise.ts';
import type { NumberValue, SequenceValue, Value } from './value.ts';

const maxDepth = 8;
const maxItems = 64;
const inequalities = new Set(['<', '>', '≤', '≥', '≠']);

/** Reads an answer, in LaTeX or plain text, as a typed value. Never throws; the work is bounded by the length cap. */
export function readValue(text: string): Value {
  if (text.length > maxValueLength) return { kind: 'unreadable', reason: 'too-long' };
  const tokens = tokenise(stripPunctuation(plainText(text)));
  if (tokens === undefined) return { kind: 'unreadable', reason: 'not-parsed' };
  return readTokens(tokens, 0);
}

/** One spelling of an answer for comparing word for word; undefined for text that is not tokenised. */
export function spelling(text: string): string | undefined {
  const tokens = text.length > maxValueLength ? undefined : tokenise(stripPunctuation(plainText(text)));
  return tokens === undefined ? undefined : tokenText(tokens);
}

/** Drops what surrounds an answer without being part of it: blanks, Markdown marks, quotes, final punctuation. */
export function stripPunctuation(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && /[\s*_`"'“”:：=]/.test(text.charAt(start))) start += 1;
  while (
    end > start &&
    /[\s*_`"“”.,;:。，；：]/.test(text.charAt(end - 1)) &&
    !/\d\.\.\.$/.test(text.slice(end - 4, end))
  ) {
    end -= 1;
  }
  return text.slice(start, end);
}

function readTokens(tokens: readonly Token[], depth: number): Value {
  if (tokens.length === 0) return { kind: 'unreadable', reason: 'empty' };
  if (depth > maxDepth) return { kind: 'unreadable', reason: 'not-parsed' };
  if (tokens.every((token) => token.kind === 'word')) {
    return readQuantity(tokens) ?? { kind: 'words', text: tokenText(tokens) };
  }
  return (
    readAssignments(tokens, depth) ??
    readRelation(tokens, depth) ??
    readBracketed(tokens, depth) ??
    readList(tokens, depth, '', '') ??
    readRatio(tokens) ??
    readQuantity(tokens) ??
    fallback(tokens)
  );
}

function fallback(tokens: readonly Token[]): Value {
  const words = tokens.filter((token) => token.kind === 'word').length;
  if (tokens.some((token) => token.kind === 'command' && token.name === 'cup')) {
    return { kind: 'expression', text: tokenText(tokens), label: undefined };
  }
  return words > 0 ? { kind: 'words', text: tokenText(tokens) } : { kind: 'unreadable', reason: 'not-parsed' };
}

/** Splits at separators outside all brackets. */
function split(tokens: readonly Token[], isSeparator: (token: Token) => boolean): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && ['(', '[', '{', '\\{'].includes(token.name)) depth += 1;
    if (token.kind === 'symbol' && [')', ']', '}', '\\}'].includes(token.name)) depth -= 1;
    if (depth <= 0 && isSeparator(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** `x = 3, y = -4`: a list whose every part has its own equals sign. */
function readAssignments(tokens: readonly Token[], depth: number): Value | undefined {
  const parts = split(tokens, isSeparator);
  if (parts.length < 2 || !parts.every((part) => part.some(isEquals))) return undefined;
  return readList(tokens, depth, '', '');
}

function readRelation(tokens: readonly Token[], depth: number): Value | undefined {
  const signs = tokens.filter((token) => isEquals(token) || isInequality(token));
  if (signs.length === 0) return undefined;
  const parts = split(tokens, (token) => isEquals(token) || isInequality(token));
  if (parts.length !== signs.length + 1) return undefined;
  if (signs.some(isInequality)) return readInequality(parts, signs, depth);
  const [first = [], ...others] = parts.filter((part) => part.length > 0);
  const last = others.at(-1);
  if (last === undefined) return readTokens(first, depth + 1);
  const value = readTokens(last, depth + 1);
  if (!isLabel(first) && isLabel(last) && others.length === 1) {
    return withLabel(readTokens(first, depth + 1), tokenText(last));
  }
  if (isLabel(first) || isNumber(readTokens(first, depth + 1))) return chained(value, first, others, signs, depth);
  const sides = parts.map((part) => sideText(part, depth)).sort();
  return { kind: 'relation', text: sides.join('=') };
}

/** `x = 2\pi \approx 6.28`: the last member, and before an approximation the one that it approximates. */
function chained(value: Value, first: Token[], others: Token[][], signs: readonly Token[], depth: number): Value {
  const label = isLabel(first) ? tokenText(first) : undefined;
  const before = others.length > 1 ? others.at(-2) : isLabel(first) ? undefined : first;
  if (isSymbol(signs.at(-1), '≈') && value.kind === 'number' && before !== undefined) {
    const full = readTokens(before, depth + 1);
    const near =
      full.kind === 'number' && Math.abs(full.approximate - value.approximate) <= 0.01 * Math.abs(full.approximate);
    if (near) return { ...full, unit: full.unit || value.unit, rounded: value, label };
  }
  if (value.kind === 'words' && label === undefined) return { kind: 'unreadable', reason: 'not-parsed' };
  return withLabel(value, label);
}

function withLabel(value: Value, label: string | undefined): Value {
  return value.kind === 'number' || value.kind === 'sequence' || value.kind === 'expression'
    ? { ...value, label }
    : value;
}

function isEquals(token: Token): boolean {
  return (
    isSymbol(token, '=') ||
    isSymbol(token, '≈') ||
    (token.kind === 'command' && (token.name === 'in' || token.name === 'equiv'))
  );
}

function isInequality(token: Token): boolean {
  return token.kind === 'symbol' && inequalities.has(token.name);
}

function isNumber(value: Value): boolean {
  return value.kind === 'number';
}

/** A name for a value: letters, words, `f(x)`, `\angle ABC`, `(x, y)`, `x_1`; nothing is calculated in it. */
function isLabel(tokens: readonly Token[]): boolean {
  if (tokens.length === 0 || tokens.length > 12) return false;
  const named = tokens.some((token) => token.kind === 'letter' || token.kind === 'word');
  return (
    named &&
    tokens.every((token, index) => {
      if (token.kind === 'number') return isSymbol(tokens[index - 1], '_') || isSymbol(tokens[index - 2], '_');
      if (token.kind === 'command')
        return /^(?:angle|∠|△|triangle|overline|overrightarrow|vec|operatorname)$/.test(token.name);
      return token.kind !== 'symbol' || "()_{},'.".includes(token.name);
    })
  );
}

function sideText(tokens: readonly Token[], depth: number): string {
  const value = readTokens(tokens, depth + 1);
  return value.kind === 'expression' || value.kind === 'words' ? value.text : tokenText(tokens);
}

/** `a < x \le b` and `x > a` become intervals where a variable stands alone; else the inequality is kept as text. */
function readInequality(parts: Token[][], signs: readonly Token[], depth: number): Value {
  const text = parts.map((part) => sideText(part, depth)).join(signs.map((sign) => sign.name).join('|'));
  const relation: Value = { kind: 'relation', text };
  const names = signs.map((sign) => sign.name);
  const rising = names.every((name) => name === '<' || name === '≤');
  const falling = names.every((name) => name === '>' || name === '≥');
  if (!rising && !falling) return relation;
  const ordered = rising ? parts : [...parts].reverse();
  const strict = (rising ? names : [...names].reverse()).map((name) => name === '<' || name === '>');
  const middle = ordered[ordered.length === 3 ? 1 : ordered.findIndex(isLabel)];
  if (middle?.length !== 1 || middle[0]?.kind !== 'letter' || ordered.length > 3) return relation;
  const at = ordered.indexOf(middle);
  const low = at === 0 ? infinity('-') : readTokens(ordered[at - 1] ?? [], depth + 1);
  const high = at === ordered.length - 1 ? infinity('') : readTokens(ordered[at + 1] ?? [], depth + 1);
  const bounds = [low, high].every((bound) => bound.kind === 'number' || bound.kind === 'expression');
  if (!bounds) return relation;
  return {
    kind: 'sequence',
    open: at === 0 || strict[0] ? '(' : '[',
    close: at === ordered.length - 1 || strict.at(-1) ? ')' : ']',
    items: [low, high],
    label: middle[0].name,
  };
}

function infinity(sign: '-' | ''): Value {
  return { kind: 'expression', text: sign === '' ? '<infty>' : 'negate(<infty>)', label: undefined };
}

function readBracketed(tokens: readonly Token[], depth: number): Value | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const open = first?.kind === 'symbol' && ['(', '[', '\\{', '{'].includes(first.name) ? first.name : undefined;
  const close = last?.kind === 'symbol' && [')', ']', '\\}', '}'].includes(last.name) ? last.name : undefined;
  if (open === undefined || close === undefined || tokens.length < 3) return undefined;
  const inner = tokens.slice(1, -1);
  if (!balanced(inner)) return undefined;
  const plain = (name: string) => name.replace('\\', '');
  const list = readList(inner, depth, plain(open), plain(close));
  if (list !== undefined) return list;
  if ((open === '\\{' || open === '[') && readQuantity(inner) !== undefined) {
    return {
      kind: 'sequence',
      open: plain(open),
      close: plain(close),
      items: [readTokens(inner, depth + 1)],
      label: undefined,
    };
  }
  return open === '{' || open === '(' ? readTokens(inner, depth + 1) : undefined;
}

function balanced(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && ['(', '[', '{', '\\{'].includes(token.name)) depth += 1;
    if (token.kind === 'symbol' && [')', ']', '}', '\\}'].includes(token.name)) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function readList(tokens: readonly Token[], depth: number, open: string, close: string): SequenceValue | undefined {
  if (!tokens.some(isSeparator)) return undefined;
  const parts = split(tokens, isSeparator).filter(
    (part, index, all) => part.length > 0 || (index > 0 && index < all.length - 1 && open !== ''),
  );
  if (parts.length < 2 || parts.length > maxItems) return undefined;
  const items = parts.map((part) => readTokens(part, depth + 1));
  const readable = items.every(
    (item) => item.kind !== 'unreadable' && (item.kind !== 'words' || (open !== '' && !item.text.includes(' '))),
  );
  return readable ? { kind: 'sequence', open, close, items, label: undefined } : undefined;
}

function isSeparator(token: Token): boolean {
  if (token.kind === 'word') return /^(?:and|or|和|或)$/i.test(token.name);
  return isSymbol(token, ',') || isSymbol(token, ';');
}

function readRatio(tokens: readonly Token[]): Value | undefined {
  if (!tokens.some((token) => isSymbol(token, ':'))) return undefined;
  const parts = split(tokens, (token) => isSymbol(token, ':')).map((part) => readQuantity(part));
  const numbers = parts.filter((part): part is NumberValue => part?.kind === 'number');
  if (numbers.length < 2 || numbers.length !== parts.length) return undefined;
  const last = tokens.at(-1);
  const padded = last?.kind === 'number' && /^0\d$/.test(last.name);
  return { kind: 'ratio', parts: numbers, clock: padded };
}
