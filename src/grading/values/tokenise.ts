import { dropped, functions, greek, shortWords, symbolOf, unicodeSymbols, upright, wrappers } from './latex-names.ts';
import { maxValueLength, plainText } from './plain-text.ts';
import { type Literal, readLiteral, repeatingDecimal } from './read-literal.ts';
import { unitName } from './units.ts';

/** A piece of an answer. `name` is the canonical spelling. */
export type Token =
  | Literal
  /** A single letter of running maths, or a Greek letter. */
  | { readonly kind: 'letter'; readonly name: string }
  /** A word, or anything set upright as text. */
  | { readonly kind: 'word'; readonly name: string }
  /** `frac`, `sqrt`, `sin`, `cup`, … without its backslash. */
  | { readonly kind: 'command'; readonly name: string }
  /** One of `+ - * / ^ _ ( ) [ ] { } , ; : | ! % ° = ≈ < > ≤ ≥ ≠ ± ∓ ' &`; `\{` and `\}` are named so; `[[`, `]]` and `row` in a matrix. */
  | { readonly kind: 'symbol'; readonly name: string };

/** Most tokens that are read as a value. */
const maxTokens = 400;

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
  #matrices = 0;

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
    const run = /^[A-Za-z]+/.exec(this.#text.slice(this.#at + 1, this.#at + 30))?.[0];
    if (run === undefined) {
      const escaped = this.#text.charAt(this.#at + 1);
      this.#at += 2;
      if (escaped === '%') return this.#push('symbol', '%');
      if (escaped === '{' || escaped === '}') return this.#bracket(`\\${escaped}`);
      if (escaped === '$') return this.#push('word', '$');
      if (escaped === '|') return this.#push('symbol', '|');
      if (escaped !== '\\') return true;
      if (this.#matrices > 0) return this.#push('symbol', 'row');
      // A backslash doubled on the way; a row break otherwise, which no value has.
      this.#at -= 1;
      return /[A-Za-z%]/.test(this.#text.charAt(this.#at + 1));
    }
    // `\circT`: the blank in front of the letter got lost.
    const name = /^circ(?=[A-Z]$)/.exec(run)?.[0] ?? run;
    this.#at += 1 + name.length;
    if (dropped.has(name)) return true;
    if (upright.has(name)) return this.#open('upright');
    if (wrappers.has(name)) return this.#open('wrapper');
    if (name === 'dfrac' || name === 'tfrac' || name === 'cfrac') return this.#push('command', 'frac');
    if (name === 'dbinom' || name === 'tbinom') return this.#push('command', 'binom');
    if (name === 'overline') return this.#overline();
    if (name === 'begin' || name === 'end') return this.#environment(name);
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
    const repeating =
      last?.kind === 'number' ? repeatingDecimal(last, this.#text.slice(this.#at, this.#at + 30)) : undefined;
    if (repeating === undefined) return this.#push('command', 'overline');
    this.#at += repeating.length;
    this.#tokens[this.#tokens.length - 1] = repeating.literal;
    return true;
  }

  #number(): boolean {
    const found = readLiteral(this.#text, this.#at, this.#brackets > 0);
    if (found === undefined) return false;
    this.#at += found.length;
    this.#tokens.push(found.literal);
    return true;
  }

  /** `\begin{pmatrix}` and its end: one token each. Other environments are no values. */
  #environment(name: string): boolean {
    const match = /^\s*\{(?:[pbvBV]?matrix|smallmatrix|array)\*?\}(?:\s*\{[clr|\s]{0,20}\})?/.exec(
      this.#text.slice(this.#at, this.#at + 60),
    );
    if (match === null) return false;
    this.#at += match[0].length;
    this.#matrices += name === 'begin' ? 1 : -1;
    return this.#matrices >= 0 && this.#push('symbol', name === 'begin' ? '[[' : ']]');
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
