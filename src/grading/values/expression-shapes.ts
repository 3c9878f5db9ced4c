import type { Expression } from './expression.ts';
import { isSymbol, type Token } from './tokenise.ts';

/** The leaf that a number token is. */
export function numberOf(token: Token & { kind: 'number' }): Expression {
  return { kind: 'number', value: token.value, decimals: token.decimals, truncated: token.truncated };
}

/** Whether an expression is the exponent of an inverse: `\\sin^{-1}`. */
export function isMinusOne(expression: Expression): boolean {
  const { kind } = expression;
  return kind === 'call' && expression.name === 'negate' && expression.of.kind === 'number' && isOne(expression.of);
}

function isOne({ value }: Expression & { kind: 'number' }): boolean {
  return value.top === 1n && value.bottom === 1n;
}

/** Whether a fraction of whole numbers is positive and less than one, so that a whole number may stand before it. */
export function isProper(fraction: Expression & { kind: 'quotient' }): boolean {
  const { top, bottom } = fraction;
  return (
    top.kind === 'number' &&
    bottom.kind === 'number' &&
    top.value.bottom === 1n &&
    bottom.value.bottom === 1n &&
    top.value.top > 0n &&
    top.value.top < bottom.value.top
  );
}

/** What stands below the line behind a letter: `_1`, `_n`, `_{n+1}`, `_{max}`; and the offset behind it. */
export function readIndex(tokens: readonly Token[], at: number): { name: string; next: number } | undefined {
  const first = tokens[at];
  if (!isSymbol(first, '{'))
    return first === undefined || first.kind === 'symbol' ? undefined : { name: first.name, next: at + 1 };
  const close = tokens.findIndex((token, index) => index > at && isSymbol(token, '}'));
  if (close < 0 || close > at + 8) return undefined;
  return {
    name: tokens
      .slice(at + 1, close)
      .map(({ name }) => name)
      .join(''),
    next: close + 1,
  };
}

/** A whole number of several digits as its first digit and the others, as LaTeX reads `\frac12`; any other number as it is. */
export function firstDigit(token: Token & { kind: 'number' }): readonly Token[] {
  const [first, rest] = [token.name.slice(0, 1), token.name.slice(1)];
  if (!/^\d{2,}$/.test(token.name)) return [token];
  return [first, rest].map((name) => ({ ...token, name, value: { top: BigInt(name), bottom: 1n } }));
}
