import {
  add,
  divide,
  finite,
  multiply,
  NotEvaluable,
  negate,
  type PythonNumber,
  power,
  toFloat,
} from './python-number.ts';

/** Python's own limit of nested brackets. */
const deepest = 200;

/** Largest number whose factorial is computed. */
const largestFactorial = 2000n;

const functions: Readonly<Record<string, (input: number) => number>> = {
  exp: Math.exp,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
};

/**
 * The value of an expression in Python's notation, as `printExpression` writes it: whole numbers, `pi`, the four
 * operations, `**`, comparisons and the functions of Python's `math` that the published code can come upon.
 *
 * @throws {NotEvaluable} where Python raises, where a value is complex, and where the work has no bound
 */
export function evaluatePython(text: string): PythonNumber {
  return new PythonReader(text.match(/\d+|[a-z]+|\*\*|<=|>=|[-+*/(),<>]/g) ?? []).readComparison();
}

class PythonReader {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  readComparison(): PythonNumber {
    const left = this.#sum();
    const relation = this.#tokens[this.#at] ?? '';
    if (!/^[<>]/.test(relation)) return left;
    this.#at += 1;
    return compare(relation, left, this.#sum());
  }

  #sum(): PythonNumber {
    let value = this.#product();
    for (;;) {
      if (this.#skip('+')) value = add(value, this.#product());
      else if (this.#skip('-')) value = add(value, negate(this.#product()));
      else return value;
    }
  }

  #product(): PythonNumber {
    let value = this.#signed();
    for (;;) {
      if (this.#skip('*')) value = multiply(value, this.#signed());
      else if (this.#skip('/')) value = divide(value, this.#signed());
      else return value;
    }
  }

  /** A minus sign binds less than a power, but more than a product. */
  #signed(): PythonNumber {
    return this.#skip('-') ? negate(this.#signed()) : this.#power();
  }

  #power(): PythonNumber {
    const base = this.#atom();
    return this.#skip('**') ? power(base, this.#signed()) : base;
  }

  #atom(): PythonNumber {
    const token = this.#tokens[this.#at] ?? '';
    this.#at += 1;
    if (/^\d/.test(token)) return BigInt(token);
    if (token === 'pi') return Math.PI;
    if (token !== '(') return this.#call(token);
    return this.#inBrackets(() => this.readComparison());
  }

  #call(name: string): PythonNumber {
    if (!this.#skip('(')) throw new NotEvaluable(`no name ${name}`);
    const inputs = this.#inBrackets(() => {
      const values = [this.readComparison()];
      while (this.#skip(',')) values.push(this.readComparison());
      return values;
    });
    return callFunction(name, inputs);
  }

  #inBrackets<Result>(read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > deepest) throw new NotEvaluable('too many brackets');
    const result = read();
    if (!this.#skip(')')) throw new NotEvaluable('no closing bracket');
    this.#depth -= 1;
    return result;
  }

  #skip(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }
}

function callFunction(name: string, inputs: readonly PythonNumber[]): PythonNumber {
  const input = inputs[0] ?? 0n;
  if (name === 'factorial') return factorial(input);
  if (name === 'floor') return typeof input === 'bigint' ? input : BigInt(Math.floor(finite(input)));
  if (name === 'log') return divide(logarithm(input), logarithm(inputs[1] ?? 10n));
  const compute = functions[name];
  if (compute === undefined) throw new NotEvaluable(`no function ${name}`);
  return finite(compute(toFloat(input)));
}

function logarithm(value: PythonNumber): number {
  if (value <= 0) throw new NotEvaluable('logarithm of no positive number');
  return finite(Math.log(toFloat(value)));
}

function factorial(value: PythonNumber): bigint {
  if (typeof value !== 'bigint' || value < 0n || value > largestFactorial) throw new NotEvaluable('factorial');
  let result = 1n;
  for (let factor = 2n; factor <= value; factor += 1n) result *= factor;
  return result;
}

/** Python's truth values are the integers 1 and 0. */
function compare(relation: string, left: PythonNumber, right: PythonNumber): bigint {
  const holds =
    (relation === '<' && left < right) ||
    (relation === '<=' && left <= right) ||
    (relation === '>' && left > right) ||
    (relation === '>=' && left >= right);
  return holds ? 1n : 0n;
}
