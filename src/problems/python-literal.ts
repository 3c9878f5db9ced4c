import { numberFrom, numberToken } from './python-literal/number-token.ts';
import { PythonLiteralError } from './python-literal/python-literal-error.ts';
import { StringReader } from './python-literal/string-reader.ts';

export { PythonLiteralError };

/** Characters of a literal, unless the caller allows more; cells of published tables have below 10,000. */
const longestDefault = 1_000_000;

/** Brackets within brackets; Python itself stops at 200. */
const deepest = 100;

const names: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
  ['true', true],
  ['false', false],
  ['null', null],
  ['nan', Number.NaN],
  ['NaN', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['Infinity', Number.POSITIVE_INFINITY],
]);

/**
 * Reads a value as Python's `repr` or JSON writes it; evaluates nothing. Lists, tuples and sets become arrays,
 * dictionaries become objects with their keys as text, whole numbers that a double cannot hold
 * exactly become bigints. Takes time in proportion to the text.
 *
 * Where Python and JSON read an escape differently, the quotes decide: `\/` is a slash between double quotes (Python's
 * `repr` writes a backslash twice, so only JSON has it there), and both characters between single ones.
 *
 * @param longest - most characters of the text
 * @throws {PythonLiteralError} where it is something else (a name, a call, a key twice), too long or too deep
 */
export function readPythonLiteral(text: string, longest: number = longestDefault): unknown {
  if (text.length > longest) throw new PythonLiteralError(`is longer than ${longest} characters`, longest);
  return new LiteralReader(text).whole();
}

class LiteralReader {
  readonly #text: string;
  readonly #strings: StringReader;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#strings = new StringReader(text);
  }

  whole(): unknown {
    const value = this.#value(0);
    if (this.#peek() !== '') throw this.#unexpected('the end');
    return value;
  }

  #value(depth: number): unknown {
    if (depth > deepest) throw new PythonLiteralError(`is nested more than ${deepest} deep`, this.#at);
    const mark = this.#peek();
    if (this.#take('[')) return this.#items([], ']', depth).items;
    if (this.#take('(')) return this.#tuple(depth);
    if (this.#take('{')) return this.#braces(depth);
    if (mark === "'" || mark === '"') return this.#string();
    const sign = mark === '-' || mark === '+' ? mark : '';
    this.#at += sign.length;
    return this.#scalar(sign);
  }

  /** Further values up to the closing mark; a comma may end them. */
  #items(items: unknown[], close: ')' | ']' | '}', depth: number): { items: unknown[]; endedByComma: boolean } {
    let endedByComma = items.length === 0 || this.#take(',');
    while (this.#peek() !== close) {
      if (!endedByComma) throw this.#unexpected(`"," or "${close}"`);
      items.push(this.#value(depth + 1));
      endedByComma = this.#take(',');
    }
    this.#at += 1;
    return { items, endedByComma };
  }

  /** Brackets around one value without a comma only group. */
  #tuple(depth: number): unknown {
    const { items, endedByComma } = this.#items([], ')', depth);
    return items.length === 1 && !endedByComma ? items[0] : items;
  }

  /** A dictionary, or a set: the first colon tells. */
  #braces(depth: number): unknown {
    if (this.#take('}')) return {};
    const keyFrom = this.#at;
    const first = this.#value(depth + 1);
    return this.#peek() === ':' ? this.#dictionary(first, keyFrom, depth) : this.#items([first], '}', depth).items;
  }

  #dictionary(firstKey: unknown, firstFrom: number, depth: number): unknown {
    const entries = new Map<string, unknown>();
    let key = keyText(firstKey, firstFrom);
    for (;;) {
      if (!this.#take(':')) throw this.#unexpected('":"');
      entries.set(key, this.#value(depth + 1));
      const goesOn = this.#take(',');
      if (this.#take('}')) return Object.fromEntries(entries);
      if (!goesOn) throw this.#unexpected('"," or "}"');
      const from = this.#at;
      key = keyText(this.#value(depth + 1), from);
      if (entries.has(key)) throw new PythonLiteralError(`has the key ${JSON.stringify(key.slice(0, 50))} twice`, from);
    }
  }

  /** Strings that stand side by side are one. */
  #string(): string {
    const parts: string[] = [];
    for (let mark = this.#peek(); mark === "'" || mark === '"'; mark = this.#peek()) {
      const { value, end } = this.#strings.read(this.#at, mark);
      parts.push(value);
      this.#at = end;
    }
    return parts.join('');
  }

  #scalar(sign: string): unknown {
    if (sign !== '') this.#peek();
    numberToken.lastIndex = this.#at;
    const number = numberToken.exec(this.#text);
    if (number !== null) {
      const value = numberFrom(number, sign === '-', this.#at);
      this.#at = numberToken.lastIndex;
      return value;
    }
    const word = /[A-Za-z_]\w{0,20}/y;
    word.lastIndex = this.#at;
    const name = word.exec(this.#text)?.[0] ?? '';
    const after = this.#text[this.#at + name.length] ?? '';
    if (sign === '' && (name === 'u' || name === 'U') && (after === "'" || after === '"')) {
      this.#at += 1;
      return this.#string();
    }
    if (sign === '' && name === 'set' && this.#text.startsWith('()', this.#at + 3)) {
      this.#at += 5;
      return [];
    }
    const value = names.get(name);
    if (value === undefined || (sign !== '' && typeof value !== 'number')) throw this.#unexpected('a value');
    this.#at += name.length;
    return sign === '-' && typeof value === 'number' ? -value : value;
  }

  /** The next character behind white space, '' at the end. */
  #peek(): string {
    while (' \t\r\n\f'.includes(this.#text[this.#at] ?? '.')) this.#at += 1;
    return this.#text[this.#at] ?? '';
  }

  #take(mark: string): boolean {
    const isNext = this.#peek() === mark;
    if (isNext) this.#at += 1;
    return isNext;
  }

  #unexpected(wanted: string): PythonLiteralError {
    const found = this.#text.slice(this.#at, this.#at + 20);
    return new PythonLiteralError(
      `has ${found === '' ? 'its end' : JSON.stringify(found)} where ${wanted} should be`,
      this.#at,
    );
  }
}

function keyText(key: unknown, at: number): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'boolean') return key ? 'True' : 'False';
  if (key === null) return 'None';
  if (typeof key === 'number' || typeof key === 'bigint') return String(key);
  throw new PythonLiteralError('has a key that is a list', at);
}
