import { type Expression, hasFreeNames } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { readList } from './read-list.ts';
import { isEquals, isInequality, isLabel, isSeparator, split } from './token-lists.ts';
import { isSymbol, type Token, tokenText } from './tokenise.ts';
import type { Inequality, ReadTokens, Value } from './value.ts';

/** `x = 3, y = -4`: a list whose every part has its own sign. */
export function readAssignments(tokens: readonly Token[], depth: number, read: ReadTokens): Value | undefined {
  const parts = split(tokens, isSeparator);
  if (parts.length < 2 || !parts.every((part) => part.some((token) => isEquals(token) || isInequality(token))))
    return undefined;
  return readList(tokens, depth, read, { open: '', close: '' });
}

/** A value with its name, an equation, an interval written as an inequality, or an inequality. */
export function readRelation(tokens: readonly Token[], depth: number, read: ReadTokens): Value | undefined {
  const signs = tokens.filter((token) => isEquals(token) || isInequality(token));
  if (signs.length === 0) return undefined;
  const parts = split(tokens, (token) => isEquals(token) || isInequality(token));
  if (parts.length !== signs.length + 1) return undefined;
  if (signs.some(isInequality)) return readInequality(parts, signs, depth, read);
  const [first = [], ...others] = parts.filter((part) => part.length > 0);
  const last = others.at(-1);
  if (last === undefined) return read(first, depth + 1);
  if (!isLabel(first) && isLabel(last) && others.length === 1) {
    const value = read(first, depth + 1);
    if (value.kind === 'number' || value.kind === 'sequence') return withLabel(value, tokenText(last));
  }
  const equation = parts.length === 2 && !isLabel(first) ? readEquation(first, last, depth, read) : undefined;
  if (equation !== undefined) return equation;
  if (isLabel(first) || read(first, depth + 1).kind === 'number')
    return chained(read(last, depth + 1), first, others, { signs, depth, read });
  return { kind: 'relation', text: relationText(parts, depth, read) };
}

function relationText(parts: readonly Token[][], depth: number, read: ReadTokens): string {
  return parts
    .map((part) => sideText(part, depth, read))
    .sort()
    .join('=');
}

/** Two sides of which at least one has variables. */
function readEquation(first: Token[], last: Token[], depth: number, read: ReadTokens): Value | undefined {
  const [left, right] = [wholeExpression(first), wholeExpression(last)];
  if (left === undefined || right === undefined || !(hasFreeNames(left) || hasFreeNames(right))) return undefined;
  return { kind: 'equation', text: relationText([first, last], depth, read), left, right };
}

/** The expression that all tokens together are. */
function wholeExpression(tokens: readonly Token[]): Expression | undefined {
  const parsed = parseExpression(tokens);
  return parsed?.rest.length === 0 ? parsed.expression : undefined;
}

interface Chain {
  readonly signs: readonly Token[];
  readonly depth: number;
  readonly read: ReadTokens;
}

/** `x = 2\pi \approx 6.28`: the last member, and before an approximation the one that it approximates. */
function chained(value: Value, first: Token[], others: Token[][], { signs, depth, read }: Chain): Value {
  const label = isLabel(first) ? tokenText(first) : undefined;
  const before = others.length > 1 ? others.at(-2) : isLabel(first) ? undefined : first;
  if (isSymbol(signs.at(-1), '≈') && value.kind === 'number' && before !== undefined) {
    const full = read(before, depth + 1);
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

function sideText(tokens: readonly Token[], depth: number, read: ReadTokens): string {
  const value = read(tokens, depth + 1);
  return value.kind === 'expression' || value.kind === 'words' ? value.text : tokenText(tokens);
}

/** `a < x \le b` and `x > a` become intervals where a variable stands between numbers. */
function readInequality(parts: Token[][], signs: readonly Token[], depth: number, read: ReadTokens): Value {
  const text = parts.map((part) => sideText(part, depth, read)).join(signs.map((sign) => sign.name).join('|'));
  return readInterval(parts, signs, depth, read) ?? readInequalities(parts, signs, text) ?? { kind: 'relation', text };
}

function readInterval(parts: Token[][], signs: readonly Token[], depth: number, read: ReadTokens): Value | undefined {
  const names = signs.map((sign) => sign.name);
  const rising = names.every((name) => name === '<' || name === '≤');
  const falling = names.every((name) => name === '>' || name === '≥');
  const ordered = falling ? [...parts].reverse() : parts;
  const middle = ordered[ordered.length === 3 ? 1 : ordered.findIndex(isLabel)];
  if (middle?.length !== 1 || middle[0]?.kind !== 'letter' || ordered.length > 3) return undefined;
  const label = middle[0].name;
  const at = ordered.indexOf(middle);
  const low = at === 0 ? infinity('-') : read(ordered[at - 1] ?? [], depth + 1);
  const high = at === ordered.length - 1 ? infinity('') : read(ordered[at + 1] ?? [], depth + 1);
  if (![low, high].every(isBound)) return undefined;
  if (names.length === 1 && names[0] === '≠') {
    const bound = at === 0 ? high : low;
    const part = (items: readonly Value[]) => ({ kind: 'sequence', open: '(', close: ')', items, label }) as const;
    return { kind: 'union', parts: [part([infinity('-'), bound]), part([bound, infinity('')])] };
  }
  if (!rising && !falling) return undefined;
  const strict = (rising ? names : [...names].reverse()).map((name) => name === '<' || name === '>');
  const open = at === 0 || strict[0] ? '(' : '[';
  const close = at === ordered.length - 1 || strict.at(-1) ? ')' : ']';
  return { kind: 'sequence', open, close, items: [low, high], label };
}

/** A number, infinity, or a single letter standing for a number. */
function isBound(value: Value): boolean {
  if (value.kind === 'number') return true;
  return value.kind === 'expression' && (value.tree === undefined || value.tree.kind === 'symbol');
}

/** Infinity as an end of an interval. */
export function infinity(sign: '-' | ''): Value {
  return { kind: 'expression', text: sign === '' ? '<infty>' : 'negate(<infty>)', label: undefined, tree: undefined };
}

function readInequalities(parts: Token[][], signs: readonly Token[], text: string): Value | undefined {
  const sides = parts.map(wholeExpression);
  const all: Inequality[] = [];
  for (const [index, sign] of signs.entries()) {
    const [left, right] = [sides[index], sides[index + 1]];
    if (left === undefined || right === undefined || !isInequality(sign)) return undefined;
    all.push({ left, sign: sign.name as Inequality['sign'], right });
  }
  return { kind: 'inequality', text, all };
}
