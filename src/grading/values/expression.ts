import type { Rational } from './rational.ts';

/** An arithmetic expression. */
export type Expression =
  | {
      readonly kind: 'number';
      readonly value: Rational;
      readonly decimals: number | undefined;
      readonly truncated: boolean;
    }
  /** A variable, or one of the constants `pi` and `e`. */
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'sum'; readonly terms: readonly Expression[] }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | { readonly kind: 'quotient'; readonly top: Expression; readonly bottom: Expression }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: 'root'; readonly degree: Expression | undefined; readonly of: Expression }
  /** `negate`, `factorial`, `percent`, `degrees`, `absolute`, or a function such as `sin`. */
  | { readonly kind: 'call'; readonly name: string; readonly of: Expression }
  /** `logarithm` of the second to the base of the first, or `binomial` of the first over the second. */
  | {
      readonly kind: 'pair';
      readonly name: 'logarithm' | 'binomial';
      readonly first: Expression;
      readonly second: Expression;
    }
  /** A function that is only named, `f(x)`; `f'` has its own name. */
  | { readonly kind: 'unknown'; readonly name: string; readonly of: Expression };

/** One spelling for expressions that differ only in the order of terms and factors, or in how a product is written. */
export function canonicalExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.value.bottom === 1n
        ? `${expression.value.top}`
        : `(${expression.value.top}/${expression.value.bottom})`;
    case 'symbol':
      return expression.name.length > 1 ? `<${expression.name}>` : expression.name;
    case 'sum':
      return `(${expression.terms.map(canonicalExpression).sort().join('+')})`;
    case 'product':
      return `(${expression.factors.flatMap(factorsOf).map(canonicalExpression).sort().join('*')})`;
    case 'quotient':
      return `(${canonicalExpression(expression.top)}/${canonicalExpression(expression.bottom)})`;
    case 'power':
      return `(${canonicalExpression(expression.base)}^${canonicalExpression(expression.exponent)})`;
    case 'root':
      return `root(${expression.degree ? canonicalExpression(expression.degree) : '2'},${canonicalExpression(expression.of)})`;
    case 'call':
      return `${expression.name}(${canonicalExpression(expression.of)})`;
    case 'pair':
      return `${expression.name}(${canonicalExpression(expression.first)},${canonicalExpression(expression.second)})`;
    case 'unknown':
      return `?${expression.name}(${canonicalExpression(expression.of)})`;
  }
}

/** The expressions that an expression is made of. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'sum':
      return expression.terms;
    case 'product':
      return expression.factors;
    case 'quotient':
      return [expression.top, expression.bottom];
    case 'power':
      return [expression.base, expression.exponent];
    case 'root':
      return expression.degree === undefined ? [expression.of] : [expression.degree, expression.of];
    case 'pair':
      return [expression.first, expression.second];
    default:
      return [expression.of];
  }
}

/** Whether an expression has a free variable, the imaginary unit, or a function that is only named. */
export function hasFreeNames(expression: Expression): boolean {
  if (expression.kind === 'unknown') return true;
  if (expression.kind === 'symbol') return expression.name === 'i' || !isConstant(expression.name);
  return partsOf(expression).some(hasFreeNames);
}

/** How many parts an expression has, itself among them. */
export function sizeOf(expression: Expression): number {
  return partsOf(expression).reduce((size, part) => size + sizeOf(part), 1);
}

/** Names of the free variables, each once, sorted. */
export function freeNames(expression: Expression): readonly string[] {
  const names = new Set<string>();
  const collect = (part: Expression): void => {
    if (part.kind === 'symbol' && !isConstant(part.name)) names.add(part.name);
    for (const inner of partsOf(part)) collect(inner);
  };
  collect(expression);
  return [...names].sort();
}

/** `pi`, Euler's number and the imaginary unit stand for themselves. */
function isConstant(name: string): boolean {
  return name === 'pi' || name === 'e' || name === 'i';
}

export function negated(of: Expression): Expression {
  return { kind: 'call', name: 'negate', of };
}

/** One expression less another. */
export function difference(left: Expression, right: Expression): Expression {
  return { kind: 'sum', terms: [left, negated(right)] };
}

function factorsOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'product' ? expression.factors.flatMap(factorsOf) : [expression];
}

/** An expression with one variable called otherwise. */
export function renamed(expression: Expression, from: string, to: string): Expression {
  const inner = (part: Expression) => renamed(part, from, to);
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'symbol':
      return expression.name === from ? { kind: 'symbol', name: to } : expression;
    case 'sum':
      return { kind: 'sum', terms: expression.terms.map(inner) };
    case 'product':
      return { kind: 'product', factors: expression.factors.map(inner) };
    case 'quotient':
      return { kind: 'quotient', top: inner(expression.top), bottom: inner(expression.bottom) };
    case 'power':
      return { kind: 'power', base: inner(expression.base), exponent: inner(expression.exponent) };
    case 'root':
      return { kind: 'root', degree: expression.degree && inner(expression.degree), of: inner(expression.of) };
    case 'pair':
      return { ...expression, first: inner(expression.first), second: inner(expression.second) };
    default:
      return { ...expression, of: inner(expression.of) };
  }
}
