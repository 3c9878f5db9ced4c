import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TsvRecord, TsvSplitter } from '../../../src/problems/tsv/tsv-splitter.ts';

/** Splits pieces, with fields as texts and the lines where they begin. */
function split(pieces: readonly Buffer[], wanted = (_column: number) => true) {
  const splitter = new TsvSplitter<string>({
    begin: (column) => ({ wanted: wanted(column), mostBytes: 1000 }),
    read: (bytes, _column, line) => `${line}:${bytes.toString('latin1')}`,
    tooLong: () => new Error('too long'),
  });
  const records: TsvRecord<string>[] = [];
  const shared = Buffer.alloc(64);
  for (const piece of pieces) {
    const filled = shared.subarray(0, piece.copy(shared));
    records.push(...splitter.rows(filled));
    shared.fill('#');
  }
  const last = splitter.openQuoteLine === undefined ? splitter.end() : undefined;
  return { records: last === undefined ? records : [...records, last], line: splitter.line };
}

const tableText = fc.string({
  unit: fc.constantFrom('"', '""', '\t', '\n', '\r', '\r\n', ' ', 'a', 'bc'),
  maxLength: 20,
});

test('where the file is cut into pieces changes nothing, though each piece overwrites the last', () => {
  fc.assert(
    fc.property(tableText, fc.array(fc.integer({ min: 1, max: 5 })), (text, sizes) => {
      const bytes = Buffer.from(text);
      const pieces: Buffer[] = [];
      let at = 0;
      for (const size of sizes) {
        pieces.push(bytes.subarray(at, at + size));
        at += size;
      }
      pieces.push(bytes.subarray(at));
      expect(split(pieces)).toEqual(split([bytes]));
    }),
    { numRuns: 2000 },
  );
});

test('rows and fields know the line where they begin', () => {
  const { records } = split([Buffer.from('\n\na\t"b\nc"\td\r\n\r\n  \r"x\r\ny"\tz')]);
  expect(records).toEqual([
    { line: 3, fields: ['3:a', '3:b\nc', '4:d'] },
    { line: 7, fields: ['7:x\r\ny', '8:z'] },
  ]);
});

test('fields that are not wanted come without their bytes, and change no other', () => {
  const text = 'a\t"b""\t\n"\tc\nd\te\tf';
  const all = split([Buffer.from(text)]).records;
  const some = split([Buffer.from(text)], (column) => column !== 1).records;
  expect(some.map(({ fields }) => fields)).toEqual(
    all.map(({ fields }) => fields.map((field, at) => (at === 1 ? field.replace(/:.*/s, ':') : field))),
  );
});

test('a field beyond its limit ends it, wanted or not', () => {
  for (const text of ['x'.repeat(1001), `"${'""'.repeat(1001)}`]) {
    expect(() => split([Buffer.from('a\t'), ...pieces(Buffer.from(text), 60)])).toThrow('too long');
    expect(() => split([Buffer.from('a\t'), ...pieces(Buffer.from(text), 60)], () => false)).toThrow('too long');
  }
  expect(split(pieces(Buffer.from('x'.repeat(1000)), 60)).records).toHaveLength(1);
});

function pieces(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
