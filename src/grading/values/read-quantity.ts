import { evaluateExpression } from './evaluate-expression.ts';
import { canonicalExpression, type Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { rational } from './rational.ts';
import { isSymbol, type Token, tokenText } from './tokenise.ts';
import { letterUnits, unitName } from './units.ts';
import type { NumberValue, Value } from './value.ts';

const numberWords = new Map(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty`
    .split(' ')
    .map((word, value) => [word, value] as const),
);
const tens = new Map(
  'thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, index) => [word, 30 + 10 * index] as const),
);

/** Words behind a number that change which number is meant, or show that it is not the answer. */
const changing = new Set(
  `of to or and per times more less fewer than plus minus half hundred thousand million billion trillion dozen percent percentage out is are
  was not if with by over divided squared cubed from at between approximately about into for point th st nd rd each option choice
  greater smaller least most almost nearly equals equal`.split(/\s+/),
);

/**
 * Reads `number [unit]`, e.g. `\frac{9}{2} \mathrm{~cm}^{2}`, `12 marbles`, `20 percent`, `three objects`; an expression with free variables
 * becomes an `expression`.
 */
export function readQuantity(tokens: readonly Token[]): Value | undefined {
  const inWords = readNumberWord(tokens);
  if (inWords !== undefined) return inWords;
  const prefix = tokens[0]?.kind === 'word' && isCurrency(tokens[0].name) ? unitName(tokens[0].name) : undefined;
  const body = prefix === undefined ? tokens : tokens.slice(1);
  const { head, tail } = splitLetterUnit(body);
  const parsed = parseExpression(head);
  if (parsed === undefined) return undefined;
  const unit = readUnit([...head.slice(parsed.length), ...tail]);
  if (unit === undefined) return undefined;
  const { expression } = parsed;
  if (mustNotBeCalculated(expression)) return { kind: 'expression', text: tokenText(tokens), label: undefined };
  const evaluated = evaluateExpression(expression);
  if (evaluated === undefined) {
    return hasSymbols(expression)
      ? { kind: 'expression', text: canonicalExpression(expression), label: undefined }
      : undefined;
  }
  const { literal, percent, degrees } = unwrap(expression);
  const hundredth = unit.percent && !percent;
  return {
    kind: 'number',
    exact: hundredth
      ? evaluated.exact && rational(evaluated.exact.top, evaluated.exact.bottom * 100n)
      : evaluated.exact,
    approximate: hundredth ? evaluated.approximate / 100 : evaluated.approximate,
    percent: percent || unit.percent,
    unit: unit.name || (prefix ?? '') || (degrees ? '°' : ''),
    decimals: literal?.decimals,
    truncated: literal?.truncated ?? false,
    rounded: undefined,
    label: undefined,
  };
}

function readNumberWord(tokens: readonly Token[]): NumberValue | undefined {
  const [first, second] = tokens;
  if (first?.kind !== 'word') return undefined;
  const ten = tens.get(first.name.toLowerCase()) ?? (first.name.toLowerCase() === 'twenty' ? 20 : undefined);
  const hyphen = isSymbol(second, '-') ? 1 : 0;
  const one = tokens[1 + hyphen];
  const digit = one?.kind === 'word' ? numberWords.get(one.name.toLowerCase()) : undefined;
  const compound = ten !== undefined && digit !== undefined && digit > 0 && digit < 10;
  const value = compound ? ten + digit : (ten ?? numberWords.get(first.name.toLowerCase()));
  if (value === undefined) return undefined;
  const unit = readUnit(tokens.slice(compound ? 2 + hyphen : 1));
  if (unit === undefined) return undefined;
  return {
    kind: 'number',
    exact: rational(BigInt(value), unit.percent ? 100n : 1n),
    approximate: unit.percent ? value / 100 : value,
    percent: unit.percent,
    unit: unit.name,
    decimals: undefined,
    truncated: false,
    rounded: undefined,
    label: undefined,
  };
}

/** Only money stands in front of its number. */
function isCurrency(word: string): boolean {
  return /^(?:[$€£¥]|usd|eur)$/i.test(word);
}

/** `6 m`, `5\sqrt{2} m^2`: a letter that is a unit rather than a variable, when no other variable is about. */
function splitLetterUnit(tokens: readonly Token[]): { head: readonly Token[]; tail: readonly Token[] } {
  let at = tokens.length - 1;
  if (isSymbol(tokens[at], '}') && isSymbol(tokens[at - 2], '{')) at -= 2;
  if (tokens[at]?.kind === 'number' || isSymbol(tokens[at], '{')) at -= isSymbol(tokens[at - 1], '^') ? 2 : 0;
  const letter = tokens[at];
  const letters = tokens.filter((token) => token.kind === 'letter' && token.name !== 'pi');
  const unit = letter?.kind === 'letter' && letterUnits.has(letter.name) && letters.length === 1 && at > 0;
  const afterOperator = ['+', '-', '*', '/', '^'].some((name) => isSymbol(tokens[at - 1], name));
  return unit && !afterOperator ? { head: tokens.slice(0, at), tail: tokens.slice(at) } : { head: tokens, tail: [] };
}

/** The unit named by the tokens behind a number; undefined where they say something else. */
function readUnit(tokens: readonly Token[]): { name: string; percent: boolean } | undefined {
  const names: string[] = [];
  let power = '';
  let unknown = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'word' || token.kind === 'letter') {
      const word = token.name.toLowerCase();
      if (/^(?:percent|percentage)$/.test(word) && tokens.length === 1) return { name: '', percent: true };
      const known = unitName(token.name) ?? unitName(word.replace(/^(?:square|cubic)/, ''));
      if (/^(?:square|sq|平方)/.test(word)) power = '^2';
      if (/^(?:cubic|cu|立方)/.test(word)) power = '^3';
      if (known === undefined && (token.kind === 'letter' || changing.has(word) || !/^\p{L}+$/u.test(word)))
        return undefined;
      if (known === undefined) unknown += 1;
      if (known) names.push(known);
    } else if (token.kind === 'number') {
      const exponent = isSymbol(tokens[index - 1], '^') || isSymbol(tokens[index - 2], '^') || names.length > 0;
      if (!exponent || !/^[23]$/.test(token.name)) return undefined;
      power = `^${token.name}`;
    } else if (isSymbol(token, '/')) names.push('/');
    else if (isSymbol(token, '°')) names.push('°');
    else if (!['^', '{', '}', '.', ','].some((name) => isSymbol(token, name))) return undefined;
  }
  if (unknown > 4) return undefined;
  // `7 in total`: no inches.
  if (unknown > 0 && names.length === 1 && names[0] === 'in') return { name: '', percent: false };
  return { name: `${names.join('')}${names.length > 0 ? power : ''}`, percent: false };
}

/** `0.2 - 0.4` is a range and `5-4-3` an ordering, `4/6/2005` a date: bare literals that are never to be subtracted or divided. */
function mustNotBeCalculated(expression: Expression): boolean {
  if (expression.kind === 'sum') {
    return expression.terms.every(
      (term, index) =>
        isLiteral(index === 0 || term.kind !== 'call' || term.name !== 'negate' ? term : term.of) &&
        (index === 0 || (term.kind === 'call' && term.name === 'negate')),
    );
  }
  return (
    expression.kind === 'quotient' &&
    expression.top.kind === 'quotient' &&
    isLiteral(expression.top.top) &&
    isLiteral(expression.bottom)
  );
}

function isLiteral(expression: Expression): boolean {
  const inner =
    expression.kind === 'call' && ['percent', 'negate', 'degrees'].includes(expression.name)
      ? expression.of
      : expression;
  return inner.kind === 'number';
}

function hasSymbols(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
      return false;
    case 'symbol':
      return expression.name !== 'pi' && expression.name !== 'e';
    case 'sum':
      return expression.terms.some(hasSymbols);
    case 'product':
      return expression.factors.some(hasSymbols);
    case 'quotient':
      return hasSymbols(expression.top) || hasSymbols(expression.bottom);
    case 'power':
      return hasSymbols(expression.base) || hasSymbols(expression.exponent);
    default:
      return hasSymbols(expression.of);
  }
}

/** What stands at the surface of an expression: a literal below signs, `%` and `°`. */
function unwrap(expression: Expression): {
  literal: (Expression & { kind: 'number' }) | undefined;
  percent: boolean;
  degrees: boolean;
} {
  let inner = expression;
  let percent = false;
  let degrees = false;
  for (;;) {
    if (inner.kind === 'number') return { literal: inner, percent, degrees };
    if (inner.kind !== 'call' || !['negate', 'percent', 'degrees'].includes(inner.name)) {
      return { literal: undefined, percent, degrees };
    }
    percent ||= inner.name === 'percent';
    degrees ||= inner.name === 'degrees';
    inner = inner.of;
  }
}
