import { RequestError } from './request-error.ts';

/** Most items of one body, and within one item most brackets open at once and most brackets and commas. */
const maxItems = 1 << 16;
const maxDepth = 4;
const maxMarks = 200;

const quote = 0x22;
const backslash = 0x5c;
const openers = new Set([0x7b, 0x5b]);
const closers = new Set([0x7d, 0x5d]);
const comma = 0x2c;

/** What stands around the items, as bytes in their order; blanks may stand between. */
const before = ['{', '"items"', ':', '['];
const after = [']', '}'];

/**
 * Cuts the bytes of `{"items": [ … ]}` into items as they come, so that a body is never held whole and no more of it is
 * parsed than an item can be: neither deep nesting nor millions of small values cost memory.
 */
export class ItemSplitter {
  #state: 'before' | 'first' | 'item' | 'between' | 'next' | 'after' = 'before';
  /** Token of `before` or `after` that comes next, and how many of its bytes have come. */
  #token = 0;
  #matched = 0;
  #pieces: Buffer[] = [];
  #depth = 0;
  #marks = 0;
  #inString = false;
  #escaped = false;
  /** Items found so far. */
  count = 0;

  /** The items that end in these bytes. @throws {RequestError} 400 where the form is another */
  push(chunk: Buffer): Buffer[] {
    const items: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.#state !== 'item') {
        if (this.#isBetween(byte)) continue;
        start = at;
      }
      if (!this.#endsItem(byte)) continue;
      this.#pieces.push(chunk.subarray(start, at + 1));
      items.push(this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces));
      this.#pieces = [];
      this.#state = 'between';
    }
    if (this.#state === 'item') this.#pieces.push(chunk.subarray(start));
    return items;
  }

  /** To be called after the last bytes. @throws {RequestError} 400 where something is missing */
  end(): void {
    if (this.#state === 'after' && this.#token === after.length) return;
    throw this.#malformed('the body ends before it is whole');
  }

  /** Reads a byte outside the items; false where an item begins with it. */
  #isBetween(byte: number): boolean {
    const inside = this.#matched > 0;
    if (!inside && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) return true;
    switch (this.#state) {
      case 'before':
        this.#match(before, byte);
        if (this.#token === before.length) this.#state = 'first';
        return true;
      case 'between':
        if (byte === comma) {
          this.#state = 'next';
          return true;
        }
        return this.#close(byte);
      case 'after':
        this.#match(after, byte);
        return true;
      default:
        if (this.#state === 'first' && byte === 0x5d) return this.#close(byte);
        this.#begin(byte);
        return false;
    }
  }

  #close(byte: number): true {
    this.#state = 'after';
    this.#token = 0;
    this.#match(after, byte);
    return true;
  }

  #match(tokens: readonly string[], byte: number): void {
    const token = tokens[this.#token] ?? '';
    if (token.charCodeAt(this.#matched) !== byte) {
      throw this.#malformed(token === '' ? 'nothing may stand behind it' : `\`${token}\` was expected`);
    }
    this.#matched += 1;
    if (this.#matched < token.length) return;
    this.#matched = 0;
    this.#token += 1;
  }

  #begin(byte: number): void {
    if (byte !== 0x7b)
      throw new RequestError(400, `items[${this.count}]: an object was expected`, { item: this.count });
    if (this.count === maxItems) throw new RequestError(400, `A body may hold at most ${maxItems} items.`);
    this.count += 1;
    this.#state = 'item';
    this.#depth = 0;
    this.#marks = 0;
  }

  /** Reads a byte of an item; true for its last. */
  #endsItem(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === backslash) this.#escaped = true;
      else if (byte === quote) this.#inString = false;
      return false;
    }
    if (byte === quote) {
      this.#inString = true;
      return false;
    }
    if (closers.has(byte)) {
      this.#depth -= 1;
      return this.#depth === 0;
    }
    if (byte !== comma && !openers.has(byte)) return false;
    this.#marks += 1;
    if (byte !== comma) this.#depth += 1;
    if (this.#depth > maxDepth || this.#marks > maxMarks) {
      const item = this.count - 1;
      throw new RequestError(400, `items[${item}]: more values or brackets than an item can have`, { item });
    }
    return false;
  }

  #malformed(what: string): RequestError {
    const where = this.#state === 'before' ? '' : ` after ${this.count} items`;
    return new RequestError(400, `The body must be {"items": [{"response": …, "answer": …}, …]}; ${what}${where}.`);
  }
}
