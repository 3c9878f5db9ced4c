import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cellInteger,
  cellList,
  cellName,
  cellStructure,
  cellText,
  requiredText,
} from '../../src/problems/cell-values.ts';
import { RowError } from '../../src/problems/define-benchmark.ts';

test.for([[undefined], [null], [''], [Number.NaN]])('%s says nothing', ([value]) => {
  const row = { cell: value };
  expect(cellText(row, 'cell')).toBeUndefined();
  expect(cellName(row, 'cell')).toBeUndefined();
  expect(cellInteger(row, 'cell')).toBeUndefined();
  expect(cellList(row, 'cell')).toBeUndefined();
  expect(cellStructure(row, 'cell')).toBeUndefined();
  expect(() => requiredText(row, 'cell')).toThrow(RowError);
});

test('a missing column says nothing, nor does one that only objects have', () => {
  expect(cellText({}, 'cell')).toBeUndefined();
  expect(cellText(JSON.parse('{"__proto__": "x"}'), 'constructor')).toBeUndefined();
});

test.for([
  [4, 4],
  [4n, 4],
  ['4', 4],
  ['4.0', 4],
  [' -12 ', -12],
  [4.0, 4],
] as const)('%s is the whole number %i', ([value, wanted]) => {
  expect(cellInteger({ cell: value }, 'cell')).toBe(wanted);
});

test.for([['4.5'], ['four'], [4.5], ['1e3'], ['4 5'], ['9'.repeat(400)], [Number.POSITIVE_INFINITY], [[4]], [{}]])(
  '%s is no whole number',
  ([value]) => {
    expect(() => cellInteger({ cell: value }, 'cell')).toThrow(RowError);
  },
);

test('names lose the decimals of a column of numbers and nothing else', () => {
  expect(cellName({ cell: '7.0' }, 'cell')).toBe('7');
  expect(cellName({ cell: 7n }, 'cell')).toBe('7');
  expect(cellName({ cell: '2steps_1.0' }, 'cell')).toBe('2steps_1.0');
  expect(cellName({ cell: '7.5' }, 'cell')).toBe('7.5');
});

test.for([
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  ["['a', 'b']", ['a', 'b']],
  ['["a", "b"]', ['a', 'b']],
  ["('a', \"it's\")", ['a', "it's"]],
  ['[1, 2]', ['1', '2']],
  [[], []],
  ['[]', []],
  ['arithmetic reasoning', ['arithmetic reasoning']],
] as const)('%s is the list %j', ([value, wanted]) => {
  expect(cellList({ cell: value }, 'cell')).toEqual(wanted);
});

test.for([["['a'"], ["['a', ['b']]"], ['[None]'], ["__import__('os').system('ls')"], [{}], [7]])(
  '%s is no list of texts',
  ([value]) => {
    const read = () => cellList({ cell: value }, 'cell');
    // What does not begin as a list is one text, and is never run.
    if (typeof value === 'string' && !value.startsWith('[')) expect(read()).toEqual([value]);
    else expect(read).toThrow(RowError);
  },
);

test('structures are read as they are, or as Python or JSON writes them', () => {
  const wanted = { subject: 'Plane Geometry', source: "it's" };
  expect(cellStructure({ cell: wanted }, 'cell')).toEqual(wanted);
  expect(cellStructure({ cell: "{'subject': 'Plane Geometry', 'source': \"it's\"}" }, 'cell')).toEqual(wanted);
  expect(cellStructure({ cell: JSON.stringify(wanted) }, 'cell')).toEqual(wanted);
  expect(() => cellStructure({ cell: "['a']" }, 'cell')).toThrow(RowError);
  expect(() => cellStructure({ cell: 'Plane Geometry' }, 'cell')).toThrow('The text');
});

test('any cell is read or refused with a RowError', () => {
  fc.assert(
    fc.property(fc.anything(), (cell) => {
      for (const read of [cellText, cellName, cellInteger, cellList, cellStructure, requiredText]) {
        try {
          read({ cell }, 'cell');
        } catch (error) {
          expect(error).toBeInstanceOf(RowError);
        }
      }
    }),
  );
});
