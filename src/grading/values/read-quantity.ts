import { dividesByZero, type Evaluated, evaluateExpression } from './evaluate-expression.ts';
import { canonicalExpression, type Expression, hasFreeNames } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { rational } from './rational.ts';
import { readUnit } from './read-unit.ts';
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
  const unit = readUnit([...parsed.rest, ...tail]);
  if (unit === undefined) return undefined;
  const { expression } = parsed;
  if (mustNotBeCalculated(expression)) return ordering(tokens, expression);
  const evaluated = evaluateExpression(expression);
  if (evaluated === undefined) return withoutValue(expression);
  const number = numberWith(evaluated, unwrap(expression));
  const named = { ...number, unit: unit.name || (prefix ?? '') || number.unit };
  return unit.percent && !number.percent ? hundredth(named) : named;
}

/** `20 percent`: the number as a percentage. */
function hundredth(value: NumberValue): NumberValue {
  const exact = value.exact && rational(value.exact.top, value.exact.bottom * 100n);
  return { ...value, exact, approximate: value.approximate / 100, percent: true };
}

/** An expression with free variables, infinity, or a division by zero. */
function withoutValue(expression: Expression): Value | undefined {
  const text = canonicalExpression(expression);
  if (/^(?:negate\()?<infty>\)?$/.test(text)) return { kind: 'expression', text, label: undefined, tree: undefined };
  if (hasFreeNames(expression)) return { kind: 'expression', text, label: undefined, tree: expression };
  return dividesByZero(expression) ? { kind: 'unreadable', reason: 'division-by-zero' } : undefined;
}

/** The literals of what must not be calculated, in order. */
function ordering(tokens: readonly Token[], expression: Expression): Value {
  const literals = expression.kind === 'sum' ? expression.terms : dateOf(expression);
  const parts = literals.flatMap((term, index) => {
    const of = index > 0 && term.kind === 'call' && term.name === 'negate' ? term.of : term;
    const value = evaluateExpression(of);
    return value === undefined ? [] : [numberWith(value, unwrap(of))];
  });
  return { kind: 'ordering', text: tokenText(tokens), parts };
}

function dateOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'quotient' ? [...dateOf(expression.top), expression.bottom] : [expression];
}

function numberWith({ exact, approximate }: Evaluated, { literal, percent, degrees }: Surface): NumberValue {
  return {
    kind: 'number',
    exact,
    approximate,
    percent,
    unit: degrees ? '°' : '',
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
  const behind = tokens.slice(compound ? 2 + hyphen : 1);
  // `two thirds` is a fraction and no two of anything.
  if (
    behind.some(({ name }) =>
      /^(?:hal(?:f|ves)|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)$/i.test(name),
    )
  )
    return undefined;
  const unit = readUnit(behind);
  if (unit === undefined) return undefined;
  const whole = { exact: rational(BigInt(value)), approximate: value };
  const number = { ...numberWith(whole, { literal: undefined, percent: false, degrees: false }), unit: unit.name };
  return unit.percent ? hundredth(number) : number;
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
  if (isRate(tokens, at)) return { head: tokens.slice(0, at - 2), tail: tokens.slice(at - 2) };
  const letter = tokens[at];
  const letters = tokens.filter((token) => token.kind === 'letter' && token.name !== 'pi');
  const unit = letter?.kind === 'letter' && letterUnits.has(letter.name) && letters.length === 1 && at > 0;
  const afterOperator = ['+', '-', '*', '/', '^'].some((name) => isSymbol(tokens[at - 1], name));
  return unit && !afterOperator ? { head: tokens.slice(0, at), tail: tokens.slice(at) } : { head: tokens, tail: [] };
}

/** `m/s` behind a number, with no other letter about. */
function isRate(tokens: readonly Token[], at: number): boolean {
  const [above, below] = [tokens[at - 2], tokens[at]];
  const units = [above, below].every((token) => token?.kind === 'letter' && letterUnits.has(token.name));
  const letters = tokens.filter(({ kind }) => kind === 'letter').length;
  return units && letters === 2 && isSymbol(tokens[at - 1], '/') && tokens[at - 3]?.kind === 'number';
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

/** What stands at the surface of an expression: a literal below signs, `%` and `°`. */
interface Surface {
  readonly literal: (Expression & { kind: 'number' }) | undefined;
  readonly percent: boolean;
  readonly degrees: boolean;
}

function unwrap(expression: Expression): Surface {
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
