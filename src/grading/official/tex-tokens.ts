import { NotEvaluable } from './python-number.ts';
import { commands, names, sameMarks } from './tex-vocabulary.ts';

/**
 * One token. `mark` is anything that is no operand: its text is the character itself, or a command's name without its
 * backslash. `end` stands for the end of the text.
 */
export interface Token {
  readonly kind: 'number' | 'percent' | 'symbol' | 'accent' | 'function' | 'common' | 'e' | 'word' | 'mark' | 'end';
  readonly text: string;
}

const numberPattern = /\d*(?:,\d{3})*\.\d+|\d+(?:,\d{3})*/y;
const differentialPattern = /d[ \t\r\n]*(?:[a-z]|\\[a-z]+)/y;
const environmentPattern = /\\(?:begin|end)\{[bpv]?matrix\}/y;
const signs = new Set(['+', '-', '*', '/', '(', ')', '{', '}', '[', ']', '^', '_', ',', ';', '.', '&', '<', '>', '!']);
const longestName = Math.max(...[...commands.keys(), ...names].map((name) => name.length));

/**
 * Tokens of a lower-case LaTeX text, read one at a time: what stands behind the place where reading stops is never looked
 * at, so that it cannot fail.
 */
export class TexTokens {
  readonly #text: string;
  #at = 0;
  /** Where the current token begins. */
  #start = 0;
  #current: Token | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws {NotEvaluable} where no token begins with the next character, or one that leads to no number */
  peek(): Token {
    this.#current ??= this.#read();
    return this.#current;
  }

  /** What stands between the places of two tokens that were to be read next, see `place`. */
  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  /** Where the next token begins. */
  get place(): number {
    this.peek();
    return this.#start;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#current = undefined;
    return token;
  }

  #read(): Token {
    while (/^[ \t\r\n]$/.test(this.#text.charAt(this.#at))) this.#at += 1;
    this.#start = this.#at;
    const character = this.#text.charAt(this.#at);
    if (character === '') return { kind: 'end', text: '' };
    if (character === '\\') return this.#readCommand();
    if (/[a-z]/.test(character)) return this.#readWord(character);
    const number = this.#match(numberPattern);
    if (number !== undefined)
      return this.#skip('\\%') ? { kind: 'percent', text: number } : { kind: 'number', text: number };
    return this.#readSign(character);
  }

  #readSign(character: string): Token {
    if (this.#skip('^{\\top}') || this.#skip("'")) return { kind: 'mark', text: "'" };
    if (this.#skip('<->') || this.#skip('<=>')) return { kind: 'mark', text: 'exchange' };
    // Equations have no value, nor have absolute values: `Eq` and `Abs` are no names of Python.
    if (this.#text.startsWith('!=', this.#at)) throw new NotEvaluable('unequal');
    this.#at += 1;
    if (character === ':') return { kind: 'mark', text: '/' };
    if (!signs.has(character)) throw new NotEvaluable('unknown character');
    return { kind: 'mark', text: character };
  }

  #readWord(character: string): Token {
    const differential = this.#peekMatch(differentialPattern)?.length ?? 0;
    for (
      let length = Math.min(longestName, this.#text.length - this.#at);
      length >= Math.max(2, differential);
      length -= 1
    ) {
      const name = this.#text.slice(this.#at, this.#at + length);
      if (!names.has(name)) continue;
      this.#at += length;
      return { kind: 'word', text: name };
    }
    this.#at += Math.max(1, differential);
    return character === 'e' ? { kind: 'e', text: 'e' } : { kind: 'symbol', text: character };
  }

  #readCommand(): Token {
    const environment = this.#match(environmentPattern);
    if (environment?.startsWith('\\begin') === true) throw new NotEvaluable('a matrix');
    if (environment !== undefined) return { kind: 'mark', text: 'end' };
    for (const pair of ['\\{', '\\}', '\\\\']) {
      if (this.#skip(pair)) return { kind: 'mark', text: pair };
    }
    for (let length = Math.min(longestName, this.#text.length - this.#at - 1); length > 0; length -= 1) {
      const name = this.#text.slice(this.#at + 1, this.#at + 1 + length);
      const kind = commands.get(name);
      if (kind === undefined) continue;
      if (kind === 'fatal') break;
      this.#at += length + 1;
      return { kind, text: kind === 'mark' ? (sameMarks[name] ?? name) : name };
    }
    throw new NotEvaluable('unknown command');
  }

  #match(pattern: RegExp): string | undefined {
    const found = this.#peekMatch(pattern);
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #peekMatch(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #skip(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}
