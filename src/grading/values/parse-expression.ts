import { type Expression, negated } from './expression.ts';
import { firstDigit, isMinusOne, isProper, numberOf, readIndex } from './expression-shapes.ts';
import { isSymbol, type Token } from './tokenise.ts';

/** Deepest nesting that is read; deeper input is given up before the stack could be. */
const maxDepth = 60;

const functionNames = new Set('sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh ln log exp'.split(' '));

/** The longest expression at the start of a token list, and what stands behind it. */
export interface ParsedExpression {
  readonly expression: Expression;
  readonly rest: readonly Token[];
}

/**
 * Reads arithmetic in LaTeX or plain notation from the front of a token list. What follows (a unit, a word) is left.
 *
 * @returns undefined where no expression begins there, or it is nested too deeply
 */
export function parseExpression(tokens: readonly Token[]): ParsedExpression | undefined {
  const parser = new Parser(tokens);
  const expression = parser.sum(0);
  return expression === undefined ? undefined : { expression, rest: parser.rest };
}

class Parser {
  at = 0;
  readonly #tokens: Token[];
  #inBars = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = [...tokens];
  }

  /** What is not read yet, the further digits of a number that a command split among it. */
  get rest(): readonly Token[] {
    return this.#tokens.slice(this.at);
  }

  sum(depth: number): Expression | undefined {
    if (depth > maxDepth) return undefined;
    const first = this.#term(depth);
    if (first === undefined) return undefined;
    const terms = [first];
    for (;;) {
      const start = this.at;
      const negative = this.#is('-');
      if (!negative && !this.#is('+')) break;
      this.at += 1;
      const term = this.#term(depth);
      if (term === undefined) {
        this.at = start;
        break;
      }
      terms.push(negative ? negated(term) : term);
    }
    return terms.length === 1 ? first : { kind: 'sum', terms };
  }

  #term(depth: number): Expression | undefined {
    let left = this.#signed(depth);
    while (left !== undefined) {
      const start = this.at;
      const divide = this.#is('/');
      if (!divide && !this.#is('*')) return left;
      this.at += 1;
      // `1/2x` is (1/2)x but `a/bc` is a/(bc): a number below the stroke stands alone.
      const alone = divide && this.#tokens[this.at]?.kind === 'number';
      const right = alone ? this.#power(depth) : this.#signed(depth);
      if (right === undefined) {
        this.at = start;
        return left;
      }
      left = divide ? { kind: 'quotient', top: left, bottom: right } : { kind: 'product', factors: [left, right] };
      if (alone) left = this.#juxtaposed(left, depth);
    }
    return undefined;
  }

  #signed(depth: number): Expression | undefined {
    if (depth > maxDepth) return undefined;
    if (this.#is('-') || this.#is('+')) {
      const negative = this.#is('-');
      this.at += 1;
      const of = this.#signed(depth + 1);
      return of && negative ? negated(of) : of;
    }
    const first = this.#power(depth);
    return first === undefined ? undefined : this.#juxtaposed(first, depth);
  }

  /** `2\pi r`: factors side by side. A number is one only behind a power (`2^{12} 13^2`). */
  #juxtaposed(first: Expression, depth: number, inFunction = false): Expression {
    const factors = [first];
    while (
      this.#beginsFactor(inFunction) ||
      (factors.at(-1)?.kind === 'power' && this.#tokens[this.at]?.kind === 'number')
    ) {
      const start = this.at;
      const factor = this.#power(depth);
      if (factor === undefined) {
        this.at = start;
        break;
      }
      factors.push(factor);
    }
    return factors.length === 1 ? first : { kind: 'product', factors };
  }

  #beginsFactor(inFunction: boolean): boolean {
    const token = this.#tokens[this.at];
    if (inFunction && (isSymbol(token, '(') || (token?.kind === 'command' && functionNames.has(token.name))))
      return false;
    if (token?.kind === 'letter' || token?.kind === 'command') return token.name !== 'cup' && token.name !== 'in';
    return isSymbol(token, '(') || isSymbol(token, '{') || (isSymbol(token, '|') && !this.#inBars);
  }

  /** `12\frac{1}{2}` and `12 1/2`: a whole number directly before a proper fraction of whole numbers adds. */
  #mixed(depth: number): Expression | undefined {
    const whole = this.#tokens[this.at];
    if (whole?.kind !== 'number' || whole.decimals !== undefined) return undefined;
    const start = this.at;
    this.at += 1;
    const next = this.#tokens[this.at];
    const stroke = next?.kind === 'number' && isSymbol(this.#tokens[this.at + 1], '/');
    const stacked = next?.kind === 'command' && next.name === 'frac';
    const fraction = stroke ? this.#plainFraction() : stacked ? this.#primary(depth) : undefined;
    if (fraction?.kind === 'quotient' && isProper(fraction)) {
      return { kind: 'sum', terms: [numberOf(whole), fraction] };
    }
    this.at = start;
    return undefined;
  }

  #plainFraction(): Expression | undefined {
    const top = this.#tokens[this.at];
    const bottom = this.#tokens[this.at + 2];
    if (top?.kind !== 'number' || bottom?.kind !== 'number') return undefined;
    this.at += 3;
    return { kind: 'quotient', top: numberOf(top), bottom: numberOf(bottom) };
  }

  #power(depth: number): Expression | undefined {
    let base = this.#mixed(depth + 1) ?? this.#primary(depth + 1);
    while (base !== undefined) {
      if (this.#is('^')) {
        this.at += 1;
        const exponent = this.#argument(depth + 1, { wholeNumber: true });
        if (exponent === undefined) return undefined;
        base = { kind: 'power', base, exponent };
      } else if (this.#is('!')) base = this.#postfix('factorial', base);
      else if (this.#is('%')) base = this.#postfix('percent', base);
      else if (this.#is('°')) base = this.#postfix('degrees', base);
      else return base;
    }
    return undefined;
  }

  #postfix(name: string, of: Expression): Expression {
    this.at += 1;
    return { kind: 'call', name, of };
  }

  #primary(depth: number): Expression | undefined {
    if (depth > maxDepth) return undefined;
    const token = this.#tokens[this.at];
    if (token === undefined) return undefined;
    if (token.kind === 'number') {
      this.at += 1;
      return numberOf(token);
    }
    if (token.kind === 'letter') return this.#symbol(token.name, depth);
    if (token.kind === 'command') return this.#command(token.name, depth);
    if (isSymbol(token, '(')) return this.#between(')', depth);
    if (isSymbol(token, '{')) return this.#group(depth);
    if (isSymbol(token, '[')) return this.#between(']', depth);
    return isSymbol(token, '|') ? this.#absolute(depth) : undefined;
  }

  /** A variable with its index, or a function that is only named: `f(x)`, `g'(x)`. */
  #symbol(letter: string, depth: number): Expression | undefined {
    this.at += 1;
    let name = letter;
    if (this.#is('_')) {
      const index = readIndex(this.#tokens, this.at + 1);
      if (index === undefined) return undefined;
      name += `_${index.name}`;
      this.at = index.next;
    }
    while (this.#is("'")) {
      this.at += 1;
      name += "'";
    }
    if (!/^[fghFGH](?:_|'|$)/.test(name) || !this.#is('(')) return { kind: 'symbol', name };
    const of = this.#between(')', depth);
    return of && { kind: 'unknown', name, of };
  }

  /** `{…}`; a number in braces before another one in braces is a fraction that lost its command. */
  #group(depth: number): Expression | undefined {
    const top = this.#between('}', depth);
    if (top?.kind !== 'number' || !this.#is('{')) return top;
    const bottom = this.#between('}', depth);
    return bottom?.kind === 'number' ? { kind: 'quotient', top, bottom } : undefined;
  }

  /** `|x - 3|`; between bars, the next bar closes them. */
  #absolute(depth: number): Expression | undefined {
    if (this.#inBars) return undefined;
    this.#inBars = true;
    const of = this.#between('|', depth);
    this.#inBars = false;
    return of && { kind: 'call', name: 'absolute', of };
  }

  #command(name: string, depth: number): Expression | undefined {
    this.at += 1;
    if (name === 'frac' || name === 'binom') {
      const top = this.#argument(depth, { wholeNumber: false });
      const bottom = top && this.#argument(depth, { wholeNumber: false });
      if (top === undefined || bottom === undefined) return undefined;
      return name === 'frac'
        ? { kind: 'quotient', top, bottom }
        : { kind: 'pair', name: 'binomial', first: top, second: bottom };
    }
    if (name === 'sqrt') {
      const degree = this.#is('[') ? this.#between(']', depth) : undefined;
      const of = this.#is('(') ? this.#between(')', depth) : this.#argument(depth, { wholeNumber: true });
      return of && { kind: 'root', degree, of };
    }
    return functionNames.has(name) ? this.#function(name, depth) : undefined;
  }

  /** `\sin 2x`, `\sin^2 x`, `\tan^{-1} x`, `\log_2 8`. */
  #function(name: string, depth: number): Expression | undefined {
    let base: Expression | undefined;
    let exponent: Expression | undefined;
    if (this.#is('_') && name === 'log') {
      this.at += 1;
      base = this.#argument(depth + 1, { wholeNumber: true });
      if (base === undefined) return undefined;
    }
    if (this.#is('^')) {
      this.at += 1;
      exponent = this.#argument(depth + 1, { wholeNumber: true });
      if (exponent === undefined) return undefined;
    }
    const bracketed = this.#is('(');
    const first = bracketed ? this.#between(')', depth) : this.#power(depth);
    const of = first && (bracketed ? first : this.#angle(first, depth));
    if (of === undefined) return undefined;
    if (exponent !== undefined && isMinusOne(exponent)) return { kind: 'call', name: `arc${name}`, of };
    const call: Expression =
      base === undefined ? { kind: 'call', name, of } : { kind: 'pair', name: 'logarithm', first: base, second: of };
    return exponent === undefined ? call : { kind: 'power', base: call, exponent };
  }

  /** Factors behind a function's name belong to its argument up to the next function: `\sin 2x \cos y`. */
  #angle(first: Expression, depth: number): Expression {
    const next = this.#tokens[this.at];
    return next?.kind === 'command' && functionNames.has(next.name) ? first : this.#juxtaposed(first, depth, true);
  }

  /** What a LaTeX command or `^` takes: a group, or the one token that follows (of a number its first digit, unless whole). */
  #argument(depth: number, how: { wholeNumber: boolean }): Expression | undefined {
    const token = this.#tokens[this.at];
    if (isSymbol(token, '-') || isSymbol(token, '+')) return this.#signedArgument(depth, how);
    if (token?.kind === 'number' && !how.wholeNumber) this.#tokens.splice(this.at, 1, ...firstDigit(token));
    return isSymbol(token, '{') ? this.#between('}', depth) : this.#primary(depth);
  }

  #signedArgument(depth: number, how: { wholeNumber: boolean }): Expression | undefined {
    if (depth > maxDepth) return undefined;
    const negative = this.#is('-');
    this.at += 1;
    const of = this.#argument(depth + 1, how);
    return of && negative ? negated(of) : of;
  }

  #between(close: string, depth: number): Expression | undefined {
    this.at += 1;
    const inner = this.sum(depth + 1);
    if (inner === undefined || !this.#is(close)) return undefined;
    this.at += 1;
    return inner;
  }

  #is(symbol: string): boolean {
    return isSymbol(this.#tokens[this.at], symbol);
  }
}
