import { dropped, functions, greek, shortWords, symbolOf, unicodeSymbols, upright, wrappers } from './latex-names.ts';
import { maxValueLength, plainText } from './plain-text.ts';
import { type Rational, rational, rationalFromDecimal } from './rational.ts';
import { unitName } from './units.ts';

/** A piece of an answer. `name` is the canonical spelling. */
export type Token =
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly value: Rational;
      /** Digits shown behind the point; undefined for a whole number. */
      readonly decimals: number | undefined;
      /** Whether the digits go on (`3.14159...`). */
      readonly truncated: boolean;
    }
  /** A single letter of running maths, or a Greek letter. */
  | { readonly kind: 'letter'; readonly name: string }
  /** A word, or anything set upright as text. */
  | { readonly kind: 'word'; readonly name: string }
  /** `frac`, `sqrt`, `sin`, `cup`, … without its backslash. */
  | { readonly kind: 'command'; readonly name: string }
  /** One of `+ - * / ^ _ ( ) [ ] { } , ; : | ! % ° = ≈ < > ≤ ≥ ≠ ± ' &`; `\{` and `\}` are named so. */
  | { readonly kind: 'symbol'; readonly name: string };

/** Most tokens that are read as a value. */
const maxTokens = 400;

const thousands = /^\d{1,3}(?:(?:,|\{,\}|,\\! ?|\\,| )\d{3})+(?:\.\d+)?(?!\d|,\d|\s*\/)/;
const thousandsInBrackets = /^\d{1,3}(?:(?:\{,\}|,\\!|\\,)\d{3})+(?:\.\d+)?(?!\d|,\d|\s*\/)/;

/**
 * Splits an answer in LaTeX or plain text into tokens, in one pass. Spacing, `$`, `\left`, font and size commands leave no trace.
 *
 * @returns undefined where the text is too long, or holds what is no maths at all
 */
export function tokenise(text: string): readonly Token[] | undefined {
  if (text.length > maxValueLength) return undefined;
  return new Tokeniser(plainText(text)).read();
}

class Tokeniser {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  /** What each open brace does to its content; only a `group` leaves tokens for its braces. */
  readonly #braces: ('group' | 'upright' | 'wrapper')[] = [];
  #at = 0;
  #brackets = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Token[] | undefined {
    while (this.#at < this.#text.length) {
      if (this.#tokens.length > maxTokens || !this.#step()) return undefined;
    }
    return this.#tokens;
  }

  #step(): boolean {
    const character = this.#text.charAt(this.#at);
    if (/[\s$~`"]/.test(character)) {
      this.#at += 1;
      return true;
    }
    if (character === '\\') return this.#command();
    if (/\d/.test(character) || (character === '.' && /\d/.test(this.#text.charAt(this.#at + 1))))
      return this.#number();
    if (/\p{L}/u.test(this.#codePoint())) return this.#letters();
    return this.#symbol(character);
  }

  #codePoint(): string {
    return String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
  }

  #push(kind: 'letter' | 'word' | 'command' | 'symbol', name: string): true {
    this.#tokens.push({ kind, name });
    return true;
  }

  #command(): boolean {
    const name = /^[A-Za-z]+/.exec(this.#text.slice(this.#at + 1, this.#at + 30))?.[0];
    if (name === undefined) {
      const escaped = this.#text.charAt(this.#at + 1);
      this.#at += 2;
      if (escaped === '%') return this.#push('symbol', '%');
      if (escaped === '{' || escaped === '}') return this.#bracket(`\\${escaped}`);
      if (escaped === '$') return this.#push('word', '$');
      if (escaped === '|') return this.#push('symbol', '|');
      if (escaped !== '\\') return true;
      // A backslash doubled on the way; a row break otherwise, which no value has.
      this.#at -= 1;
      return /[A-Za-z%]/.test(this.#text.charAt(this.#at + 1));
    }
    this.#at += 1 + name.length;
    if (dropped.has(name)) return true;
    if (upright.has(name)) return this.#open('upright');
    if (wrappers.has(name)) return this.#open('wrapper');
    if (name === 'dfrac' || name === 'tfrac' || name === 'cfrac') return this.#push('command', 'frac');
    if (name === 'overline') return this.#overline();
    const symbol = symbolOf[name];
    if (symbol === '°') return this.#degrees();
    if (symbol === '\\{' || symbol === '\\}' || symbol === '[' || symbol === ']') return this.#bracket(symbol);
    if (symbol !== undefined) return this.#push('symbol', symbol);
    return greek.has(name) ? this.#push('letter', name) : this.#push('command', name);
  }

  #open(kind: 'upright' | 'wrapper'): boolean {
    while (this.#text.charAt(this.#at) === ' ') this.#at += 1;
    if (this.#text.charAt(this.#at) !== '{') return true;
    this.#at += 1;
    this.#braces.push(kind);
    return true;
  }

  /** `^\circ`, `^{\circ}`, `°`: one token; the `^` and `{` already read are taken back. */
  #degrees(): boolean {
    if (isSymbol(this.#tokens.at(-1), '{') && isSymbol(this.#tokens.at(-2), '^')) {
      this.#tokens.length -= 2;
      this.#braces.pop();
      // The closing brace goes with the opening one; what else stood inside (as in `^{\circ C}`) stays.
      const close = this.#text.indexOf('}', this.#at);
      if (close < 0) return false;
      this.#braces.push('upright');
    } else if (isSymbol(this.#tokens.at(-1), '^')) {
      this.#tokens.length -= 1;
    }
    // `15*\degree`
    if (isSymbol(this.#tokens.at(-1), '*')) this.#tokens.length -= 1;
    return this.#push('symbol', '°');
  }

  /** A repeating decimal such as `0.1\overline{6}`; over anything else it is a plain command. */
  #overline(): boolean {
    const last = this.#tokens.at(-1);
    const digits = /^\s*(?:\{(\d{1,20})\}|(\d))/.exec(this.#text.slice(this.#at, this.#at + 30));
    const repeated = digits?.[1] ?? digits?.[2];
    if (last?.kind !== 'number' || digits === null || repeated === undefined || !last.name.includes('.')) {
      return this.#push('command', 'overline');
    }
    const shown = last.decimals ?? 0;
    const tail = rational(BigInt(repeated), (10n ** BigInt(repeated.length) - 1n) * 10n ** BigInt(shown));
    if (tail === undefined) return false;
    const sum = rational(last.value.top * tail.bottom + tail.top * last.value.bottom, last.value.bottom * tail.bottom);
    if (sum === undefined) return false;
    this.#at += digits[0].length;
    this.#tokens[this.#tokens.length - 1] = {
      kind: 'number',
      name: `${last.name}(${repeated})`,
      value: sum,
      decimals: undefined,
      truncated: false,
    };
    return true;
  }

  #number(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + 420);
    const match = this.#grouped(rest) ?? /^\d*(?:\.\d+)?/.exec(rest)?.[0] ?? '';
    if (match === '') return false;
    let length = match.length;
    const digits = match.replace(/[^\d.]/g, '');
    let value = rationalFromDecimal(digits);
    let bare = '';
    // `1.5e-5` is only written in plain text; in LaTeX e is Euler's number.
    const exponent = /^[eE]([+-]?\d{1,3})(?![\d.A-Za-z])/.exec(rest.slice(length));
    if (exponent !== null && value !== undefined && !this.#text.includes('\\')) {
      const shift = Number(exponent[1]);
      const scale = 10n ** BigInt(Math.abs(shift));
      value = shift < 0 ? rational(value.top, value.bottom * scale) : rational(value.top * scale, value.bottom);
      length += exponent[0].length;
    } else if (/^\.(?!\.|\d)(?=\s*(?:\\|[A-Za-z]))/.test(rest.slice(length))) {
      length += 1; // `216.\mathrm{cm}`, `0.\overline{3}`
      bare = '.';
    }
    if (value === undefined) return false;
    const point = digits.indexOf('.');
    const decimals = point < 0 ? undefined : digits.length - point - 1;
    const ellipsis = /^\s*(?:\.\.\.|\\ldots|\\dots|\\cdots)/.exec(rest.slice(length));
    const truncated = decimals !== undefined && ellipsis !== null;
    if (truncated) length += ellipsis[0].length;
    this.#at += length;
    const name = exponent === null ? `${digits}${bare}` : rest.slice(0, length);
    this.#tokens.push({ kind: 'number', name, value, decimals, truncated });
    return true;
  }

  /** A number whose thousands are set apart: by commas or blanks outside brackets, by `{,}`, `,\!` or `\,` anywhere. */
  #grouped(rest: string): string | undefined {
    return (this.#brackets > 0 ? thousandsInBrackets : thousands).exec(rest)?.[0];
  }

  #letters(): boolean {
    const run = /^\p{L}+/u.exec(this.#text.slice(this.#at, this.#at + 80))?.[0] ?? '';
    this.#at += run.length;
    if (this.#braces.includes('upright')) return this.#push('word', run);
    if (functions.has(run)) return this.#push('command', run);
    if (run === 'pi' || run === 'π') return this.#push('letter', 'pi');
    if (run === 'infinity') return this.#push('letter', 'infty');
    if (/^π/u.test(run)) return this.#split(run);
    if (run.length === 1 && run.charCodeAt(0) < 128) return this.#push('letter', run);
    if (run.length > 2 || unitName(run) !== undefined || shortWords.has(run.toLowerCase()) || run.charCodeAt(0) > 127) {
      return this.#push('word', run);
    }
    return this.#split(run);
  }

  #split(run: string): boolean {
    const [first = '', ...others] = [...run];
    this.#push('letter', first === 'π' ? 'pi' : first);
    this.#at -= others.join('').length;
    return true;
  }

  #symbol(character: string): boolean {
    const symbol = unicodeSymbols[character];
    if (symbol === '°') {
      this.#at += 1;
      return this.#degrees();
    }
    if (character === '√') return this.#root();
    this.#at += this.#codePoint().length;
    if (symbol !== undefined) return this.#push('symbol', symbol);
    if (character === '∞') return this.#push('letter', 'infty');
    if (character === '∪') return this.#push('command', 'cup');
    if (character === '∠' || character === '△') return this.#push('command', character);
    if (character === '{' || character === '}') return this.#brace(character);
    if ('()[]'.includes(character)) return this.#bracket(character);
    if (character === '*' && this.#text.charAt(this.#at) === '*') {
      this.#at += 1;
      return this.#push('symbol', '^');
    }
    if (character === '<' && this.#text.charAt(this.#at) === '=') return this.#comparison('≤');
    if (character === '>' && this.#text.charAt(this.#at) === '=') return this.#comparison('≥');
    if (character === '€' || character === '£' || character === '¥') return this.#push('word', character);
    return "+-*/^_,;:|!%=<>'&?.".includes(character) ? this.#push('symbol', character) : false;
  }

  #comparison(symbol: string): true {
    this.#at += 1;
    return this.#push('symbol', symbol);
  }

  /** `√3`, `√{3}`, `√(3)`: the same as the command. */
  #root(): true {
    this.#at += 1;
    return this.#push('command', 'sqrt');
  }

  #brace(character: string): boolean {
    if (character === '{') {
      this.#braces.push('group');
      return this.#push('symbol', '{');
    }
    const closed = this.#braces.pop();
    if (closed === undefined) return false;
    return closed !== 'group' || this.#push('symbol', '}');
  }

  #bracket(symbol: string): true {
    this.#brackets += '([\\{'.includes(symbol) ? 1 : -1;
    if (this.#brackets < 0) this.#brackets = 0;
    return this.#push('symbol', symbol);
  }
}

export function isSymbol(token: Token | undefined, name: string): boolean {
  return token?.kind === 'symbol' && token.name === name;
}

/**
 * Tokens as one string for comparing word for word: a blank between any two, so that no two lists of tokens look alike
 * (`\frac{9}{99}`, `\frac{99}{9}`), and no braces around a single one. Words in lower case; letters keep theirs.
 */
export function tokenText(tokens: readonly Token[]): string {
  return tokens
    .filter((token, index) => {
      const opens = isSymbol(token, '{') && isSymbol(tokens[index + 2], '}');
      return !opens && !(isSymbol(token, '}') && isSymbol(tokens[index - 2], '{'));
    })
    .map((token) => (token.kind === 'word' ? token.name.toLowerCase() : token.name))
    .join(' ');
}
