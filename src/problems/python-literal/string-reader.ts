import { PythonLiteralError } from './python-literal-error.ts';

const escaped: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const digitsByMark: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads the quoted strings of one text, from front to back. */
export class StringReader {
  readonly #text: string;
  readonly #single: NextOf;
  readonly #double: NextOf;
  readonly #backslash: NextOf;
  readonly #lineEnd: NextOf;

  constructor(text: string) {
    this.#text = text;
    this.#single = new NextOf(text, "'");
    this.#double = new NextOf(text, '"');
    this.#backslash = new NextOf(text, '\\');
    this.#lineEnd = new NextOf(text, '\n');
  }

  /** The string whose opening quotation mark stands at `start`, and the offset behind its closing one. */
  read(start: number, quote: "'" | '"'): { value: string; end: number } {
    const text = this.#text;
    if (text.startsWith(quote.repeat(3), start)) throw new PythonLiteralError('has a triple quotation mark', start);
    const quotes = quote === "'" ? this.#single : this.#double;
    const parts: string[] = [];
    let at = start + 1;
    for (;;) {
      const close = quotes.from(at);
      const slash = this.#backslash.from(at);
      const stop = Math.min(close, slash);
      if (stop === text.length) throw new PythonLiteralError('has a string without its end', start);
      const lineEnd = this.#lineEnd.from(at);
      if (lineEnd < stop) throw new PythonLiteralError('has a line break within a string', lineEnd);
      parts.push(text.slice(at, stop));
      if (stop === close) return { value: parts.join(''), end: close + 1 };
      const { value, end } = readEscape(text, slash, quote);
      parts.push(value);
      at = end;
    }
  }
}

/** What the backslash at `slash` and the characters behind it stand for. Unknown ones stand for themselves. */
function readEscape(text: string, slash: number, quote: string): { value: string; end: number } {
  const mark = text[slash + 1] ?? '';
  const simple = Object.hasOwn(escaped, mark) ? escaped[mark] : undefined;
  if (simple !== undefined) return { value: simple, end: slash + 2 };
  if (mark === '/' && quote === '"') return { value: '/', end: slash + 2 };
  const count = Object.hasOwn(digitsByMark, mark) ? digitsByMark[mark] : undefined;
  if (count !== undefined) {
    const end = slash + 2 + count;
    const code = text.slice(slash + 2, end);
    const point = /^[\da-fA-F]+$/.test(code) && code.length === count ? Number.parseInt(code, 16) : Number.NaN;
    if (!(point <= 0x10ffff)) throw new PythonLiteralError(`has a broken \\${mark}`, slash);
    return { value: String.fromCodePoint(point), end };
  }
  if (mark === 'N') throw new PythonLiteralError('has a character by its name (\\N), which is not supported', slash);
  const octal = /^[0-7]{1,3}/.exec(text.slice(slash + 1, slash + 4))?.[0];
  if (octal !== undefined) {
    return { value: String.fromCodePoint(Number.parseInt(octal, 8)), end: slash + 1 + octal.length };
  }
  return { value: '\\', end: slash + 1 };
}

/** Finds a character ahead, and remembers it: a text is searched once however often it is asked. */
class NextOf {
  readonly #text: string;
  readonly #mark: string;
  #found = -1;

  constructor(text: string, mark: string) {
    this.#text = text;
    this.#mark = mark;
  }

  /** Offset of the first one at or behind `at`; the text's length where there is none. */
  from(at: number): number {
    if (this.#found >= at) return this.#found;
    const found = this.#text.indexOf(this.#mark, at);
    this.#found = found < 0 ? this.#text.length : found;
    return this.#found;
  }
}
