import { isSymbol, type Token } from './tokenise.ts';

const opening = new Set(['(', '[', '{', '\\{', '[[']);
const closing = new Set([')', ']', '}', '\\}', ']]']);
const inequalities = new Set(['<', '>', '≤', '≥', '≠']);

/** Splits at separators outside all brackets. */
export function split(tokens: readonly Token[], separates: (token: Token) => boolean): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && opening.has(token.name)) depth += 1;
    if (token.kind === 'symbol' && closing.has(token.name)) depth -= 1;
    if (depth <= 0 && separates(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Whether brackets of any kind open and close in order. */
export function balanced(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && opening.has(token.name)) depth += 1;
    if (token.kind === 'symbol' && closing.has(token.name)) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** What stands between the items of a list. */
export function isSeparator(token: Token): boolean {
  if (token.kind === 'word') return /^(?:and|or|和|或)$/i.test(token.name);
  return isSymbol(token, ',') || isSymbol(token, ';');
}

export function isEquals(token: Token): boolean {
  return (
    isSymbol(token, '=') ||
    isSymbol(token, '≈') ||
    (token.kind === 'command' && (token.name === 'in' || token.name === 'equiv'))
  );
}

export function isInequality(token: Token): boolean {
  return token.kind === 'symbol' && inequalities.has(token.name);
}

/** A name for a value: letters, words, `f(x)`, `\angle ABC`, `(x, y)`, `x_1`; nothing is calculated in it. */
export function isLabel(tokens: readonly Token[]): boolean {
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

/** Whether two tokens at the ends are brackets of a list or interval around the rest. */
export function brackets(tokens: readonly Token[]): { open: string; close: string } | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const open = first?.kind === 'symbol' && ['(', '[', '\\{', '{'].includes(first.name) ? first.name : undefined;
  const close = last?.kind === 'symbol' && [')', ']', '\\}', '}'].includes(last.name) ? last.name : undefined;
  if (open === undefined || close === undefined || tokens.length < 3) return undefined;
  return balanced(tokens.slice(1, -1)) ? { open, close } : undefined;
}
