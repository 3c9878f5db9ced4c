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
  | { readonly kind: 'call'; readonly name: string; readonly of: Expression };

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
  }
}

function factorsOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'product' ? expression.factors.flatMap(factorsOf) : [expression];
}
