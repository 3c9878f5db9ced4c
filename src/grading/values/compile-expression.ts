import { createRequire } from 'node:module';
import type { MathNode, MathNumericType } from 'mathjs';
import type { Expression } from './expression.ts';
import { toNumber } from './rational.ts';

/** A complex value. */
export interface Point {
  readonly re: number;
  readonly im: number;
}

/** Values of variables, by the names that `scopeName` gives them. */
export type Scope = Map<string, number>;

/** An expression's value for given values of its variables; undefined where it has none there, or none that is finite. */
export type CompiledExpression = (scope: Scope) => Point | undefined;

/** A variable's name within an evaluation. Its prefix keeps it from ever meaning a function or constant of the library. */
export function scopeName(name: string): string {
  return `v_${name}`;
}

type Library = typeof import('mathjs');
let library: Library | undefined;

/**
 * Loads mathjs, which takes most of a second the first time in a process. It happens by itself when the first expression with variables is
 * compared; a worker that wants its first answer as fast as the others calls it when it starts.
 */
export function loadExpressionLibrary(): Library {
  library ??= createRequire(import.meta.url)('mathjs') as Library;
  return library;
}

/** Names that mathjs knows, by ours. Nothing else is ever put into a tree, and no text is ever parsed by mathjs. */
const functions: ReadonlyMap<string, string> = new Map([
  ...'sin cos tan cot sec csc sinh cosh tanh exp'.split(' ').map((name) => [name, name] as const),
  ['arcsin', 'asin'],
  ['arccos', 'acos'],
  ['arctan', 'atan'],
  ['arccot', 'acot'],
  ['arcsec', 'asec'],
  ['arccsc', 'acsc'],
  ['ln', 'log'],
  ['log', 'log10'],
  ['absolute', 'abs'],
  ['negate', 'unaryMinus'],
]);

/**
 * Compiles an expression of ours to a function of its variables, by way of mathjs nodes.
 *
 * @returns undefined for what has no node: an unusual function's name
 */
export function compileExpression(expression: Expression): CompiledExpression | undefined {
  const node = new Builder(loadExpressionLibrary()).build(expression);
  if (node === undefined) return undefined;
  const code = node.compile();
  return (scope) => {
    try {
      return finite(code.evaluate(scope));
    } catch (error) {
      // Mathjs throws for arguments outside a function's domain; the expression then has no value there.
      if (error instanceof Error) return undefined;
      throw error;
    }
  };
}

function finite(value: MathNumericType): Point | undefined {
  const point = typeof value === 'number' ? { re: value, im: 0 } : isComplex(value) ? value : undefined;
  return point !== undefined && Number.isFinite(point.re) && Number.isFinite(point.im)
    ? { re: point.re, im: point.im }
    : undefined;
}

function isComplex(value: unknown): value is Point {
  return typeof value === 'object' && value !== null && 're' in value && 'im' in value;
}

class Builder {
  readonly #library: Library;

  constructor(library: Library) {
    this.#library = library;
  }

  build(expression: Expression): MathNode | undefined {
    switch (expression.kind) {
      case 'number':
        return this.#constant(toNumber(expression.value));
      case 'symbol':
        return this.#symbol(expression.name);
      case 'sum':
        return this.#chain('+', 'add', expression.terms);
      case 'product':
        return this.#chain('*', 'multiply', expression.factors);
      case 'quotient':
        return this.#chain('/', 'divide', [expression.top, expression.bottom]);
      case 'power':
        return this.#chain('^', 'pow', [expression.base, expression.exponent]);
      case 'root':
        return this.#root(expression.degree, this.build(expression.of));
      case 'call':
        return this.#call(expression.name, expression.of);
      case 'pair':
        return this.#pair(expression.name, this.build(expression.first), this.build(expression.second));
      case 'unknown':
        return this.#unknown(expression.name, this.build(expression.of));
    }
  }

  #constant(value: number): MathNode {
    return new this.#library.ConstantNode(value);
  }

  #symbol(name: string): MathNode {
    if (name === 'pi') return this.#constant(Math.PI);
    if (name === 'e') return this.#constant(Math.E);
    return new this.#library.SymbolNode(name === 'i' ? 'i' : scopeName(name));
  }

  #chain(
    sign: '+' | '*' | '/' | '^',
    name: 'add' | 'multiply' | 'divide' | 'pow',
    parts: readonly Expression[],
  ): MathNode | undefined {
    const [first, ...others] = parts.map((part) => this.build(part));
    return others.reduce((left, right) => left && right && this.#operator(sign, name, left, right), first);
  }

  #operator(
    sign: '+' | '*' | '/' | '^',
    name: 'add' | 'multiply' | 'divide' | 'pow',
    left: MathNode,
    right: MathNode,
  ): MathNode {
    return new this.#library.OperatorNode(sign, name, [left, right]);
  }

  #apply(name: string, ...parts: MathNode[]): MathNode {
    return new this.#library.FunctionNode(new this.#library.SymbolNode(name), parts);
  }

  #root(degree: Expression | undefined, of: MathNode | undefined): MathNode | undefined {
    if (of === undefined) return undefined;
    if (degree === undefined) return this.#apply('sqrt', of);
    const order = this.build(degree);
    return order && this.#operator('^', 'pow', of, this.#operator('/', 'divide', this.#constant(1), order));
  }

  #call(name: string, argument: Expression): MathNode | undefined {
    const of = this.build(argument);
    if (of === undefined) return undefined;
    if (name === 'degrees') return of;
    if (name === 'percent') return this.#operator('/', 'divide', of, this.#constant(100));
    if (name === 'factorial') return this.#apply('gamma', this.#operator('+', 'add', of, this.#constant(1)));
    const inDegrees = argument.kind === 'call' && argument.name === 'degrees';
    const known = functions.get(name);
    if (known === undefined) return undefined;
    return this.#apply(known, inDegrees ? this.#operator('*', 'multiply', of, this.#constant(Math.PI / 180)) : of);
  }

  #pair(
    name: 'logarithm' | 'binomial',
    first: MathNode | undefined,
    second: MathNode | undefined,
  ): MathNode | undefined {
    if (first === undefined || second === undefined) return undefined;
    if (name === 'logarithm') {
      return this.#operator('/', 'divide', this.#apply('log', second), this.#apply('log', first));
    }
    const gamma = (of: MathNode, add: number) =>
      this.#apply('gamma', this.#operator('+', 'add', of, this.#constant(add)));
    const rest = this.#operator('+', 'add', first, this.#apply('unaryMinus', second));
    const below = this.#operator('*', 'multiply', gamma(second, 1), gamma(rest, 1));
    return this.#operator('/', 'divide', gamma(first, 1), below);
  }

  /** A function of which only the name is known: always the same smooth one for a name, no two names alike. */
  #unknown(name: string, of: MathNode | undefined): MathNode | undefined {
    if (of === undefined) return undefined;
    const [slope, shift, bend] = [0, 1, 2].map((index) => 0.3 + 1.4 * fraction(`${name}/${index}`));
    const inner = this.#operator('*', 'multiply', this.#constant(slope ?? 1), of);
    const wave = this.#apply('sin', this.#operator('+', 'add', inner, this.#constant(shift ?? 1)));
    const square = this.#operator('*', 'multiply', this.#constant(bend ?? 1), this.#operator('*', 'multiply', of, of));
    return this.#operator('+', 'add', wave, square);
  }
}

/** A number in [0, 1) that depends on a text only (32-bit FNV-1a, mixed once more). */
export function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
