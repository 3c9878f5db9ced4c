import { binomial, callOf, decimal, exponentialOf } from './build-expression.ts';
import { exactValue, greatestCommonOf, leastCommonMultiple } from './exact-value.ts';
import {
  type Expression,
  isRational,
  negativeOf,
  powerOf,
  productOf,
  quotientOf,
  type Rational,
  rational,
  sumOf,
} from './expression.ts';
import { NotEvaluable } from './python-number.ts';
import { TexTokens } from './tex-tokens.ts';
import { floors, groups, operandMarks } from './tex-vocabulary.ts';

/** Python's recursion limit ends the published parser at about this depth of brackets, and so many tokens. */
const deepest = 110;
const mostTokens = 2000;

/** Characters read of one text: what is longer than several of Python's longest integers stands for nothing. */
const mostCharacters = 20_000;

/** Numbers of one greatest common divisor; each is read by itself. */
const mostCommonInputs = 20;

/**
 * Reads a lower-case LaTeX text as the published parser does: the longest beginning that is an expression counts when the
 * token behind it could not go on; a token that could, but then does not, fails everything.
 *
 * @throws {NotEvaluable} where that parser raises, or what it reads has no value as a Python number
 */
export function readTex(text: string): Expression {
  return new TexReader(text).readAll();
}

class TexReader {
  readonly #tokens: TexTokens;
  #depth = 0;
  #taken = 0;
  /** Inside a subscript that nothing reads symbols are harmless. */
  #ignoring = false;

  constructor(text: string) {
    this.#tokens = new TexTokens(text);
  }

  readAll(): Expression {
    let left = this.#sum();
    while (this.#isMark('<', '>', '<=', '>=')) {
      const relation = this.#take();
      left = { kind: 'comparison', relation, left, right: this.#sum() };
    }
    // A list has no value that could be rounded.
    if (this.#isMark(',', ';')) throw new NotEvaluable('a list');
    return left;
  }

  #sum(): Expression {
    let left = this.#product(true);
    while (this.#isMark('+', '-')) {
      const isMinus = this.#take() === '-';
      const right = this.#product(true);
      left = sumOf(left, isMinus ? negativeOf(right) : right);
    }
    return left;
  }

  /** @param functions whether a function may stand behind the first factor: not in an argument without parentheses */
  #product(functions: boolean): Expression {
    let left = this.#signed(functions);
    while (this.#isMark('*', '/')) {
      const operator = this.#take();
      const right = this.#signed(functions);
      left = operator === '*' ? productOf(left, right) : quotientOf(left, right);
    }
    return left;
  }

  #signed(functions: boolean): Expression {
    if (this.#isMark('+', '-')) {
      const isMinus = this.#take() === '-';
      const operand = this.#nested(() => this.#signed(functions), 0.35);
      return isMinus ? negativeOf(operand) : operand;
    }
    const factors = [this.#postfix()];
    while (this.#isOperand(functions)) factors.push(this.#postfix());
    return factors.reduceRight((right, left) => productOf(left, right));
  }

  #postfix(): Expression {
    let value = this.#operand();
    while (this.#isMark('^')) {
      this.#take();
      value = powerOf(value, this.#isMark('{') ? this.#braced() : this.#atom());
      if (this.#isMark('_')) this.#ignoreSubscript();
    }
    while (this.#isMark('!', "'")) {
      if (this.#take() === '!') value = { kind: 'call', name: 'factorial', inputs: [value] };
    }
    return value;
  }

  #isOperand(functions: boolean): boolean {
    const { kind, text } = this.#tokens.peek();
    if (kind === 'mark') return operandMarks.has(text) && (functions || (text !== 'sqrt' && text !== 'operatorname'));
    if (kind === 'function' || kind === 'common' || kind === 'e') return functions;
    return kind !== 'end' && kind !== 'word';
  }

  #operand(): Expression {
    const { kind, text } = this.#tokens.peek();
    if (kind === 'function') return this.#function(this.#take());
    if (kind === 'common') return this.#common(this.#take());
    if (kind === 'e') return this.#exponential();
    if (kind !== 'mark' || text === 'pi') return this.#atom();
    if (text === 'frac') return this.#afterTake(() => quotientOf(this.#braced(), this.#braced()));
    if (text === 'binom') return this.#afterTake(() => binomial(this.#braced(), this.#braced()));
    if (text === 'sqrt') return this.#afterTake(() => this.#root());
    if (text === 'operatorname') return this.#afterTake(() => this.#named());
    if (text === 'left' || text === 'mleft') {
      return this.#afterTake(() => this.#group(text === 'left' ? 'right' : 'mright'));
    }
    return this.#group(undefined);
  }

  #atom(): Expression {
    const token = this.#tokens.peek();
    if (token.kind === 'number') return decimal(this.#take(), 1n);
    if (token.kind === 'percent') return decimal(this.#take(), 100n);
    if (token.kind === 'mark' && token.text === 'pi') {
      this.#take();
      return { kind: 'pi' };
    }
    if (!this.#ignoring || (token.kind !== 'symbol' && token.kind !== 'accent')) throw new NotEvaluable('no number');
    this.#take();
    if (token.kind === 'accent') this.#braced();
    if (this.#isMark('_')) this.#ignoreSubscript();
    return rational(0n);
  }

  #group(closing: string | undefined): Expression {
    const opening = this.#take();
    const closer = groups.get(opening) ?? floors.get(opening);
    if (closer === undefined) throw new NotEvaluable('no group');
    const inner = this.#nested(() => this.#sum());
    if (opening === '{' && closing === undefined && this.#isMark('choose')) {
      this.#take();
      const chosen = this.#nested(() => this.#sum());
      this.#expect(closer);
      return binomial(inner, chosen);
    }
    if (closing !== undefined) this.#expect(closing);
    this.#expect(closer);
    return floors.has(opening) ? { kind: 'call', name: 'floor', inputs: [inner] } : inner;
  }

  #braced(): Expression {
    this.#expect('{');
    const inner = this.#nested(() => this.#sum());
    this.#expect('}');
    return inner;
  }

  #root(): Expression {
    if (!this.#isMark('[')) return powerOf(this.#braced(), rational(1n, 2n));
    this.#take();
    const degree = this.#nested(() => this.#sum());
    this.#expect(']');
    const exact = exactValue(degree);
    if (exact?.numerator === 0n) throw new NotEvaluable('root of degree zero');
    const exponent =
      exact === undefined ? powerOf(degree, rational(-1n)) : rational(exact.denominator, exact.numerator);
    return powerOf(this.#braced(), exponent);
  }

  /** `e` alone is the name `E`, which Python does not know; a power of it is a call of `exp`. */
  #exponential(): Expression {
    this.#take();
    if (!this.#isMark('^')) throw new NotEvaluable('no name');
    return exponentialOf(this.#superscript());
  }

  #named(): Expression {
    this.#expect('{');
    const { kind } = this.#tokens.peek();
    const name = this.#take();
    if (kind !== 'word') throw new NotEvaluable('unknown operator');
    this.#expect('}');
    if (name === 'gcd' || name === 'lcm') return this.#common(name);
    if (name !== 'floor' && !/^arc?(?:sin|cos|tan)h$|^arcosh$|^arccosh$/.test(name))
      throw new NotEvaluable('no number');
    return this.#function(name);
  }

  #function(name: string): Expression {
    let base: Expression | undefined;
    let exponent: Expression | undefined;
    while (this.#isMark('_', '^')) {
      if (this.#isMark('^') ? exponent !== undefined : base !== undefined) throw new NotEvaluable('two scripts');
      if (this.#isMark('^')) exponent = this.#superscript();
      else base = this.#afterTake(() => (this.#isMark('{') ? this.#braced() : this.#atom()));
    }
    const input = this.#argument();
    const isInverse = /^(?:sin|cos|tan)h?$/.test(name) && exponent !== undefined && isRational(exponent, -1n);
    const called = callOf(isInverse ? `arc${name}` : name, input, base);
    // A zeroth power is dropped.
    return exponent === undefined || isInverse || isRational(exponent, 0n) ? called : powerOf(called, exponent);
  }

  #argument(): Expression {
    const isLeft = this.#isMark('left', 'mleft');
    const opening = isLeft ? this.#take() : '';
    if (isLeft && !this.#isMark('(')) {
      // A sized bracket that is no parenthesis begins an argument without parentheses; nothing writes one.
      throw new NotEvaluable('no parenthesis');
    }
    if (!this.#isMark('(')) return this.#nested(() => this.#product(false));
    this.#take();
    const inner = this.#nested(() => this.#sum());
    if (this.#isMark(opening === 'mleft' ? 'mright' : 'right')) this.#take();
    this.#expect(')');
    return inner;
  }

  /**
   * Greatest common divisor or least common multiple of numbers in parentheses. Every comma parts them, also one that
   * separates thousands.
   */
  #common(name: string): Expression {
    this.#expect('(');
    const start = this.#tokens.place;
    this.#nested(() => this.#sum());
    while (this.#isMark(',')) this.#afterTake(() => this.#nested(() => this.#sum()));
    const inputs = this.#tokens.slice(start, this.#tokens.place).split(',');
    this.#expect(')');
    if (inputs.length > mostCommonInputs) throw new NotEvaluable('too many numbers');
    const exact = inputs.map((input) => exactValue(readTex(input)));
    const values = exact.filter((value): value is Rational => value !== undefined);
    if (values.length < inputs.length) throw new NotEvaluable('no fraction');
    return name === 'gcd' ? greatestCommonOf(values) : values.reduce(leastCommonMultiple);
  }

  #superscript(): Expression {
    return this.#afterTake(() => (this.#isMark('{') ? this.#braced() : this.#atom()));
  }

  #ignoreSubscript(): void {
    const before = this.#ignoring;
    this.#ignoring = true;
    this.#take();
    if (this.#isMark('{')) {
      do {
        this.#take();
        this.#nested(() => this.#sum());
      } while (this.#isMark(','));
      this.#expect('}');
    } else this.#nested(() => this.#atom());
    this.#ignoring = before;
  }

  #nested<Result>(read: () => Result, cost = 1): Result {
    this.#depth += cost;
    if (this.#depth > deepest) throw new NotEvaluable('too deep');
    const result = read();
    this.#depth -= cost;
    return result;
  }

  #afterTake<Result>(read: () => Result): Result {
    this.#take();
    return read();
  }

  #isMark(...texts: readonly string[]): boolean {
    const token = this.#tokens.peek();
    return token.kind === 'mark' && texts.includes(token.text);
  }

  #expect(text: string): void {
    if (!this.#isMark(text)) throw new NotEvaluable(`expected ${text}`);
    this.#take();
  }

  #take(): string {
    this.#taken += 1;
    if (this.#taken > mostTokens || this.#tokens.place > mostCharacters) throw new NotEvaluable('too long');
    return this.#tokens.take().text;
  }
}
