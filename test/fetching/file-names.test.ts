import { join, relative, resolve, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsPattern, isSafeName } from '../../src/fetching/file-names.ts';

const awkward = fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '~', ' ', '\u0000', '.fetching', 'é', '*'), {
  maxLength: 8,
});

test('a name that is taken never leaves the folder, on no system', () => {
  fc.assert(
    fc.property(awkward, (parts) => {
      const name = parts.join('');
      fc.pre(isSafeName(name));
      expect(relative('/root', resolve('/root', name))).not.toMatch(/^(\.\.(\/|$)|\/|$)/);
      expect(win32.resolve('D:\\root', name).startsWith('D:\\root\\')).toBe(true);
      expect(join('/root', name)).toBe(`/root/${name}`);
    }),
  );
});

test.for(['data/test-00000.parquet', 'testmini.json', 'a b/ü.png', '...', '.gitattributes'])('%s is taken', (name) => {
  expect(isSafeName(name)).toBe(true);
});

test.for(['', '.', 'a/', '/a', 'a//b', 'fetched.json', 'Fetched.JSON', '.fetching/lock', 'a:b', 'x'.repeat(1001)])(
  '%j is not',
  (name) => {
    expect(isSafeName(name)).toBe(false);
  },
);

test('patterns say what a regular expression with [^/]* says', () => {
  const pieces = fc.array(fc.constantFrom('a', 'b', '/', '*', '.'), { maxLength: 10 });
  const names = fc.array(fc.constantFrom('a', 'b', '/', '.'), { maxLength: 10 });
  fc.assert(
    fc.property(pieces, names, (pattern, name) => {
      const same = pattern.map((piece) => (piece === '*' ? '[^/]*' : piece === '.' ? '\\.' : piece)).join('');
      expect(fitsPattern(name.join(''), pattern.join(''))).toBe(new RegExp(`^${same}$`).test(name.join('')));
    }),
    { numRuns: 2000 },
  );
});
