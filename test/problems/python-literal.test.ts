import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PythonLiteralError, readPythonLiteral } from '../../src/problems/python-literal.ts';
import { describeNeeding } from '../shared-data.ts';

describe('literals', () => {
  test.for<[string, unknown]>([
    ["['A', 'B']", ['A', 'B']],
    ["('A',)", ['A']],
    ["('A')", 'A'],
    ['()', []],
    ["{'split': 'testmini', 'n': 3}", { split: 'testmini', n: 3 }],
    ['{1, 2}', [1, 2]],
    ['set()', []],
    ['{}', {}],
    ["{1: None, True: 2, 'a': {}}", { 1: null, True: 2, a: {} }],
    [' [ 1 ,\n\t2 , ] ', [1, 2]],
    ["'a' \"b\"\n'c'", 'abc'],
    ['[u\'a\', U"b"]', ['a', 'b']],
    [String.raw`'\n\'\"\\\x41\u00e9\U0001F600\101\0\t'`, '\n\'"\\Aé😀A\0\t'],
    [String.raw`'\d \frac \( \/'`, '\\d \x0crac \\( \\/'],
    [String.raw`"a\/b"`, 'a/b'],
    [String.raw`"\ud83d\ude00"`, '😀'],
    ["'a\\\nb'", 'ab'],
    [
      '[1, -2, +3, 1_000, 0x1F, 0o17, 0b11, 00, 1., .5, -1e-3, 0_1.5]',
      [1, -2, 3, 1000, 31, 15, 3, 0, 1, 0.5, -0.001, 1.5],
    ],
    ['[-0, -0.0]', [0, -0]],
    ['12345678901234567890', 12345678901234567890n],
    [
      '[nan, inf, -inf, NaN, -Infinity, 1e999]',
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY, Infinity],
    ],
    ['[True, False, None, true, false, null]', [true, false, null, true, false, null]],
    ['{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
  ])('%s', ([text, value]) => expect(readPythonLiteral(text)).toStrictEqual(value));

  test.for<[string, string]>([
    ['', 'has its end where a value should be (character 1)'],
    ['[1, 2', 'has its end where "," or "]" should be (character 6)'],
    ['[1 2]', 'has "2]" where "," or "]" should be (character 4)'],
    ['[,]', 'has ",]" where a value should be (character 2)'],
    ['[1,,2]', 'has ",2]" where a value should be (character 4)'],
    ['1 1', 'has "1" where the end should be (character 3)'],
    ["{'a': 1, 'a': 2}", 'has the key "a" twice (character 10)'],
    ["{1: 1, '1': 2}", 'has the key "1" twice (character 8)'],
    ["{'a': 1, 'b'}", 'has "}" where ":" should be (character 13)'],
    ["{'a', 'b': 1}", 'has ": 1}" where "," or "}" should be (character 10)'],
    ['{[1]: 1}', 'has a key that is a list (character 2)'],
    ["'abc", 'has a string without its end (character 1)'],
    ["'abc\\'", 'has a string without its end (character 1)'],
    ["'a\nb'", 'has a line break within a string (character 3)'],
    ["'''a''b'''", 'has a triple quotation mark (character 1)'],
    [String.raw`'\x4'`, String.raw`has a broken \x (character 2)`],
    [String.raw`'\U00110000'`, String.raw`has a broken \U (character 2)`],
    [String.raw`'\N{BULLET}'`, String.raw`has a character by its name (\N), which is not supported (character 2)`],
    ["__import__('os').system('ls')", 'has "__import__(\'os\').sys" where a value should be (character 1)'],
    ['constructor', 'has "constructor" where a value should be (character 1)'],
    ['1.2.3', 'has "1.2.3" where a value should be (character 1)'],
    ['007', 'has "007" where a value should be (character 1)'],
    ['1j', 'has "1j" where a value should be (character 1)'],
    ['--1', 'has "-1" where a value should be (character 2)'],
    ['-True', 'has "True" where a value should be (character 2)'],
    ["b'a'", 'has "b\'a\'" where a value should be (character 1)'],
    ['array([1])', 'has "array([1])" where a value should be (character 1)'],
  ])('%s is refused', ([text, message]) => {
    expect(() => readPythonLiteral(text)).toThrow(PythonLiteralError);
    expect(() => readPythonLiteral(text)).toThrow(message);
  });

  test('length, depth and digits are bounded', () => {
    expect(() => readPythonLiteral(`'${'a'.repeat(100)}'`, 100)).toThrow('is longer than 100 characters');
    expect(() => readPythonLiteral('['.repeat(500_000))).toThrow('is nested more than 100 deep');
    expect(() => readPythonLiteral('{'.repeat(500_000))).toThrow('is nested more than 100 deep');
    expect(() => readPythonLiteral('9'.repeat(999_999))).toThrow('has a number of over 4300 digits');
    expect(readPythonLiteral(`${'['.repeat(100)}${']'.repeat(100)}`)).toBeInstanceOf(Array);
  });

  test('long texts of any shape end', () => {
    const count = 400_000;
    expect(readPythonLiteral(`'${'\\a'.repeat(count)}'`)).toHaveLength(count);
    expect(readPythonLiteral(`[${"'',".repeat(250_000)}]`)).toHaveLength(250_000);
    expect(readPythonLiteral("'a'".repeat(300_000))).toHaveLength(300_000);
    expect(() => readPythonLiteral(`1${'_1'.repeat(count)}x`)).toThrow(PythonLiteralError);
    expect(() => readPythonLiteral('{'.repeat(100) + "'a':".repeat(200_000))).toThrow(PythonLiteralError);
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom("'", '"', '\\', '\n', '\r', '\t', 'n', 'x', '4', '1', '/', 'é', '😀', '\0') }),
);

const number = fc.oneof(fc.maxSafeInteger(), fc.double(), fc.bigInt({ min: 2n ** 60n, max: 2n ** 80n }));

/** Values that Python and JavaScript both have. */
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.constant(null), fc.boolean(), text, number, tie('list'), tie('dictionary')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  dictionary: fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

test('what is written as Python or JSON is read back', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom("'", '"'), (value, quote) => {
      expect(readPythonLiteral(pythonText(value, quote))).toStrictEqual(value);
    }),
  );
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const written = JSON.stringify(value);
      const asNumber = (_: string, part: unknown) => (typeof part === 'bigint' ? Number(part) : part);
      expect(JSON.stringify(readPythonLiteral(written), asNumber)).toBe(JSON.stringify(JSON.parse(written)));
    }),
  );
});

test('no text makes it throw anything else', () => {
  const junk = fc.string({ unit: fc.constantFrom(...'[](){}\'",:\\xuUN01.e_-+ nTa\n') });
  fc.assert(
    fc.property(junk, (written) => {
      try {
        readPythonLiteral(written);
      } catch (error) {
        expect(error).toBeInstanceOf(PythonLiteralError);
      }
    }),
    { numRuns: 2000 },
  );
});

/** Reads literals as JSON strings on lines; writes Python's `repr` of each and its value in the form of `plain` below. */
const pythonReader = `
import ast, json, struct, sys, warnings
warnings.simplefilter('ignore')
def plain(value):
    if value is None or isinstance(value, (bool, str)): return value
    if isinstance(value, float):
        return number(int(value), value) if value.is_integer() and abs(value) < 2**53 else {'bits': struct.pack('>d', value).hex()}
    if isinstance(value, int): return number(value, value)
    if isinstance(value, (list, tuple)): return [plain(part) for part in value]
    if isinstance(value, set) and len(value) < 2: return [plain(part) for part in value]
    if isinstance(value, dict) and not any(isinstance(key, float) for key in value):
        return {'entries': sorted(([str(key), plain(part)] for key, part in value.items()), key=lambda entry: entry[0])}
    return {'incomparable': True}
def number(whole, value): return {'number': '-0' if str(value) == '-0.0' else str(whole)}
for line in sys.stdin:
    try: value = ast.literal_eval(json.loads(line))
    except TypeError: print(json.dumps({'plain': {'incomparable': True}}))  # what Python cannot hash: a list in a set
    except Exception: print('null')
    else: print(json.dumps({'repr': repr(value), 'plain': plain(value)}))
`;

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return { number: String(value) };
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return { number: Object.is(value, -0) ? '-0' : String(value) };
    const bits = Buffer.alloc(8);
    bits.writeDoubleBE(value);
    return { bits: bits.toString('hex') };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return { entries: entries.map(([key, part]) => [key, plain(part)]) };
}

const hasPython = spawnSync('python3', ['-c', 'import ast']).status === 0;

describeNeeding('python', hasPython, 'there is no python3', 'against Python', () => {
  const askPython = (literals: readonly string[]): ({ repr: string; plain: unknown } | null)[] => {
    const input = literals.map((literal) => `${JSON.stringify(literal)}\n`).join('');
    const { stdout, stderr } = spawnSync('python3', ['-c', pythonReader], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line));
  };

  test("Python's own writing of a value is read back", () => {
    const values = fc.sample(anyValue, { numRuns: 800, seed: 4 });
    // Python reads no name of a number; what is infinite it writes back as `inf`.
    const write = (value: number) =>
      Number.isNaN(value) ? '0' : Number.isFinite(value) ? numberText(value) : `${value < 0 ? '-' : ''}1e999`;
    const answers = askPython(values.map((value) => pythonText(value, "'", write)));
    for (const [index, answer] of answers.entries()) {
      expect(plain(readPythonLiteral(answer?.repr ?? '')), answer?.repr).toEqual(
        plain(readPythonLiteral(pythonText(values[index], '"', write))),
      );
    }
    expect(answers).toHaveLength(800);
  });

  test('what is read of arbitrary text is what Python reads, and nothing that Python refuses is read', () => {
    const strings = fc.constantFrom(
      "'a'",
      '"b"',
      "'\\",
      "'",
      '"',
      '\\x41',
      '\\u0041',
      "\\'",
      '\\d',
      '\\7',
      '\\\n',
      'u',
    );
    const marks = fc.constantFrom('[', ']', '(', ')', '{', '}', ',', ':', ' ', '\t');
    const scalars = fc.constantFrom('1', '0', '-', '+', '.5', '.', '_', '0x1', 'e3', 'True', 'None', 'set()');
    const pieces = fc.array(fc.oneof(strings, marks, scalars), { maxLength: 7 }).map((parts) => parts.join(''));
    const literals = fc.sample(
      fc.oneof(
        pieces,
        pieces.map((inner) => `[${inner}]`),
        pieces.map((inner) => `{${inner}}`),
      ),
      {
        numRuns: 8000,
        seed: 11,
      },
    );
    let compared = 0;
    for (const [index, answer] of askPython(literals).entries()) {
      const ours = readOrUndefined(literals[index] ?? '');
      if (ours === undefined) continue;
      expect(answer, literals[index]).not.toBeNull();
      if (JSON.stringify(answer?.plain).includes('incomparable')) continue;
      expect(plain(ours), literals[index]).toEqual(answer?.plain);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(500);
  });
});

function readOrUndefined(literal: string): unknown {
  try {
    return readPythonLiteral(literal);
  } catch {
    return undefined;
  }
}

/** A value as Python's `repr` would write it, more or less: every string in the given quotation marks. */
function pythonText(value: unknown, quote: string, writeNumber: (value: number) => string = numberText): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return stringText(value, quote);
  const write = (part: unknown): string => pythonText(part, quote, writeNumber);
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  return `{${Object.entries(value as object)
    .map(([key, part]) => `${stringText(key, quote)}: ${write(part)}`)
    .join(', ')}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return Number.isFinite(value) ? floatText(value) : value < 0 ? '-inf' : 'inf';
}

function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  // Python keeps a point in floats that are whole; without it they are whole numbers of any size.
  return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21
    ? `${value}.0`
    : String(value);
}

function stringText(value: string, quote: string): string {
  const body = [...value].map((character) => {
    if (character === quote || character === '\\') return `\\${character}`;
    if (character === '\n') return '\\n';
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code > 0x2000 && code % 2 === 0) return `\\U${code.toString(16).padStart(8, '0')}`;
    return code > 0x7f && code < 0x10000 && code % 3 === 0 ? `\\u${code.toString(16).padStart(4, '0')}` : character;
  });
  return `${quote}${body.join('')}${quote}`;
}
