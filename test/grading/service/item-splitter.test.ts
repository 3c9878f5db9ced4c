import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ItemSplitter } from '../../../src/grading/service/item-splitter.ts';

/** The items of a body that comes in pieces of these sizes, again and again. */
function split(body: string, sizes: readonly number[]): string[] {
  const bytes = Buffer.from(body);
  const splitter = new ItemSplitter();
  const items: string[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    items.push(...splitter.push(bytes.subarray(at, at + size)).map(String));
    at += size;
  }
  splitter.end();
  return items;
}

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 3 }),
);
const items = fc.array(fc.dictionary(fc.string(), value, { maxKeys: 5 }), { maxLength: 20 });
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

test('it finds the items that a parser finds, wherever the bytes are cut and whatever blanks there are', () => {
  fc.assert(
    fc.property(items, sizes, fc.integer({ min: 0, max: 3 }), (wanted, cuts, indent) => {
      const found = split(JSON.stringify({ items: wanted }, null, indent), cuts);
      expect(found.map((item) => JSON.parse(item))).toEqual(JSON.parse(JSON.stringify(wanted)));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['', 'ends before it is whole'],
  ['[]', '`{` was expected'],
  ['{"item":[]}', '`"items"` was expected'],
  ['{"items":{}}', '`[` was expected'],
  ['{"items":[]', 'ends before it is whole after 0 items'],
  ['{"items":[{}]}x', 'nothing may stand behind it after 1 items'],
  ['{"items":[{}],"more":1}', '`}` was expected after 1 items'],
  ['{"items":[{},]}', 'items[1]: an object was expected'],
  ['{"items":[{} {}]}', '`]` was expected'],
  ['{"items":[null]}', 'items[0]: an object was expected'],
  ['{"items":[{"response":"a', 'ends before it is whole'],
  [`{"items":[{"a":${'['.repeat(100_000)}`, 'items[0]: more values or brackets'],
  [`{"items":[{},{"a":[${'0,'.repeat(100_000)}`, 'items[1]: more values or brackets'],
  [`{"items":[${'{},'.repeat(70_000)}`, 'at most 65536 items'],
  ['\ufeff{"items":[]}', '`{` was expected'],
])('%.40s is refused', (body, message) => {
  expect(() => split(body, [7])).toThrow(message);
});

test('any bytes are items or refused', () => {
  const mark = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '"items"', ' ', 'x');
  fc.assert(
    fc.property(fc.array(mark), sizes, (marks, cuts) => {
      const body = `{"items":[${marks.join('')}`;
      try {
        split(body, cuts);
      } catch (error) {
        expect(error).toMatchObject({ status: 400 });
      }
    }),
    { numRuns: 2000 },
  );
});
