import { negativeName, type ServeFlag, serveFlags } from './serve-flags.ts';

/**
 * A command line that is refused: argparse prints usage and this sentence to stderr and exits with 2. Unknown arguments
 * are refused by the program (`vllm`), all else by its command (`vllm serve`).
 */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
  readonly program: 'vllm' | 'vllm serve';

  constructor(message: string, program: 'vllm' | 'vllm serve' = 'vllm serve') {
    super(message);
    this.program = program;
  }
}

/** A command line as it was read. */
export interface ServeArguments {
  readonly modelTag: string | undefined;
  /** By long name; the last of repeated flags counts. */
  readonly values: ReadonlyMap<string, readonly string[] | boolean>;
}

const flagByName = new Map<string, { flag: ServeFlag; isNegative: boolean }>();
for (const flag of serveFlags) {
  for (const name of flag.names) flagByName.set(name, { flag, isNegative: false });
  const negative = negativeName(flag);
  if (negative !== undefined) flagByName.set(negative, { flag, isNegative: true });
}

/**
 * Reads the arguments behind `vllm serve` the way its parser does: `-` and `_` are the same in long names, `--flag=value`
 * works, and a dotted flag (`--limit-mm-per-prompt.image 4`) sets one member of a JSON value.
 *
 * @throws {ArgumentError} in argparse's words
 */
export function parseServe(words: readonly string[]): ServeArguments {
  const reader = new Reader(words);
  while (reader.step()) {
    // Each step reads one flag with its values, or one positional word.
  }
  const { unknown, values, modelTag } = reader;
  if (unknown.length > 0) throw new ArgumentError(`unrecognized arguments: ${unknown.join(' ')}`, 'vllm');
  return { modelTag, values };
}

class Reader {
  readonly #words: readonly string[];
  #at = 0;
  readonly unknown: string[] = [];
  readonly values = new Map<string, readonly string[] | boolean>();
  modelTag: string | undefined;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  /** @returns false at the end */
  step(): boolean {
    const word = this.#words[this.#at++];
    if (word === undefined) return false;
    if (!isFlag(word)) {
      if (this.modelTag === undefined) this.modelTag = word;
      else this.unknown.push(word);
      return true;
    }
    const { name, member, value } = splitFlag(word);
    const known = flagByName.get(name);
    if (!known) this.unknown.push(word);
    else if (known.flag.kind === 'switch' || known.flag.kind === 'on') this.#readSwitch(known, value);
    else this.#readValue(known.flag, member, value);
    return true;
  }

  #readSwitch({ flag, isNegative }: { flag: ServeFlag; isNegative: boolean }, value: string | undefined): void {
    if (value !== undefined) throw refused(flag, `ignored explicit argument '${value}'`);
    this.values.set(flag.names[0], !isNegative);
  }

  #readValue(flag: ServeFlag, member: string | undefined, given: string | undefined): void {
    const values = given === undefined ? [] : [given];
    const most = flag.kind === 'words' ? Number.POSITIVE_INFINITY : 1;
    while (given === undefined && values.length < most) {
      const next = this.#words[this.#at];
      if (next === undefined || isFlag(next)) break;
      values.push(next);
      this.#at += 1;
    }
    const [first] = values;
    if (first === undefined) {
      throw refused(flag, flag.kind === 'words' ? 'expected at least one argument' : 'expected one argument');
    }
    if (member !== undefined) this.#setMember(flag, member, first);
    else {
      check(flag, first);
      this.values.set(flag.names[0], values);
    }
  }

  /** `--flag.member value` adds to the JSON object of the flag. */
  #setMember(flag: ServeFlag, member: string, value: string): void {
    if (flag.kind !== 'json') {
      throw new ArgumentError(`unrecognized arguments: ${flag.names[0]}.${member} ${value}`, 'vllm');
    }
    const held = this.values.get(flag.names[0]);
    const object = typeof held === 'object' ? (JSON.parse(held[0] ?? '{}') as Record<string, unknown>) : {};
    const plain = jsonOr(value);
    this.values.set(flag.names[0], [JSON.stringify({ ...object, [member]: plain })]);
  }
}

/** A negative number is a value, not a flag. */
function isFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-' && !/^-\d+(?:\.\d+)?$/.test(word);
}

function splitFlag(word: string): { name: string; member: string | undefined; value: string | undefined } {
  const optimisation = /^-O(?:=)?(\d)$/.exec(word);
  if (optimisation) return { name: '-O', member: undefined, value: optimisation[1] };
  const equals = word.indexOf('=');
  const key = equals < 0 ? word : word.slice(0, equals);
  const value = equals < 0 ? undefined : word.slice(equals + 1);
  const dot = key.indexOf('.');
  const name = dot < 0 ? key : key.slice(0, dot);
  return {
    name: name.startsWith('--') ? name.replaceAll('_', '-') : name,
    member: dot < 0 ? undefined : key.slice(dot + 1),
    value,
  };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @throws {ArgumentError} for a value that is not of the flag's kind */
function check(flag: ServeFlag, value: string): void {
  if (flag.kind === 'integer' && !/^[-+]?\d+$/.test(value)) throw refused(flag, `invalid int value: '${value}'`);
  if (flag.kind === 'number' && (value.trim() === '' || !Number.isFinite(Number(value)))) {
    throw refused(flag, `invalid float value: '${value}'`);
  }
  if (flag.kind === 'size' && sizeOf(value) === undefined) {
    throw refused(flag, `invalid human_readable_int value: '${value}'`);
  }
  if (flag.kind === 'json' && typeof jsonOr(value) !== 'object') {
    throw refused(flag, `Value ${value} cannot be converted to <function loads>.`);
  }
  if (flag.choices && !flag.choices.includes(value)) {
    const choices = flag.choices.map((choice) => `'${choice}'`).join(', ');
    throw refused(flag, `invalid choice: '${value}' (choose from ${choices})`);
  }
}

function refused(flag: ServeFlag, reason: string): ArgumentError {
  return new ArgumentError(`argument ${flag.names.join('/')}: ${reason}`);
}

const multiplier: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
};

/** `16384`, `16k` (thousands) or `16K` (1024s); -1 for `auto`. Undefined for anything else. */
export function sizeOf(text: string): number | undefined {
  if (text === 'auto' || text === '-1') return -1;
  const match = /^(\d+(?:\.\d+)?)([kmgtKMGT])?$/.exec(text);
  if (!match) return undefined;
  return Math.floor(Number(match[1]) * (match[2] === undefined ? 1 : (multiplier[match[2]] ?? 1)));
}
