import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readDelimited } from '../../src/core/delimited-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthrl-delimited-'));
const path = join(folder, 'rows.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rowsOf(text: string): Promise<Record<string, string | undefined>[]> {
  writeFileSync(path, text);
  const rows = [];
  for await (const { value } of readDelimited(path, ',', 'BATTLES_INVALID')) rows.push({ ...value });
  return rows;
}

describe('readDelimited', () => {
  test('what is written by the rules of CSV is read back, whatever it is', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', ' ') });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(field, field)), fc.constantFrom('\n', '\r\n'), async (rows, end) => {
        const text = [['x', 'y'], ...rows].map((row) => row.map(quoted).join(',') + end).join('');
        expect(await rowsOf(text)).toEqual(rows.map(([x, y]) => ({ x, y })));
      }),
    );
  });

  test.each([
    // As Python's csv.reader reads them.
    ['a quote amid a plain field', 'x,y\nx"y"z,1\n', [{ x: 'x"y"z', y: '1' }]],
    [
      'text behind a closing quote',
      'x,y\n"x"y"z,1\nq,2\n',
      [
        { x: 'xy"z', y: '1' },
        { x: 'q', y: '2' },
      ],
    ],
    ['a byte order mark, blank lines and no last line end', '\uFEFFx,y\r\n\r\n1,2', [{ x: '1', y: '2' }]],
  ])('%s', async (_, text, rows) => {
    expect(await rowsOf(text)).toEqual(rows);
  });

  test('fields and line ends may fall on any boundary of what is read at once', async () => {
    const piece = 1 << 18;
    for (let shift = -3; shift <= 3; shift += 1) {
      const long = 'z'.repeat(piece + shift - 'x,y\r\n"'.length);
      expect(await rowsOf(`x,y\r\n"${long}""",2\r\n3,4\r\n`)).toEqual([
        { x: `${long}"`, y: '2' },
        { x: '3', y: '4' },
      ]);
    }
  });

  test.each([
    ['x,y\n1,2,3\n', ':2 has 3 fields'],
    ['x,y\n1,2\n"open,2\n', ':3 has a quote that is never closed'],
  ])('%j is refused with its line', async (text, words) => {
    await expect(rowsOf(text)).rejects.toMatchObject({
      code: 'BATTLES_INVALID',
      message: expect.stringContaining(words),
    });
  });
});
