import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTsv, tsvColumns } from '../../../src/problems/tsv/read-tsv.ts';
import { keepInMemory, pngOf, tableFile } from './table-file.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const readJson = (name: string) => JSON.parse(readFileSync(join(fixtures, name), 'utf8'));

describe('tables that pandas wrote', () => {
  const tables: Record<string, string[][]> = readJson('tables.json');

  test.for(Object.keys(tables))('%s: texts and columns are what pandas reads', async (name) => {
    const [columns = [], ...expected] = tables[name] ?? [];
    expect(await tsvColumns(join(fixtures, name))).toEqual(columns);
    const rows = await readTsv(join(fixtures, name), { images: 'image' });
    const asRead = expected.map((cells) => Object.fromEntries(columns.map((column, at) => [column, cells[at]])));
    for (const row of asRead) {
      delete row['image'];
      row['index'] = row['index']?.replace('.0', '');
    }
    expect(rows.map(({ value }) => value)).toEqual(asRead);
    expect(rows.every((row) => !('images' in row))).toBe(true);
  });

  test.for(Object.keys(tables))('%s: images are decoded once, shared ones found, and rows placed', async (name) => {
    const { kept, keepImage } = keepInMemory();
    const path = join(fixtures, name);
    const rows = await readTsv(path, { images: 'image', keepImage });
    expect(kept.map(({ place }) => place.slice(path.length))).toEqual([':2', ':5', ':5', ':11', ':11', ':12']);
    const [red, green, blue] = [0, 1, 2].map((at) => kept[at]?.sha256 ?? '');
    expect(new Set([red, green, blue]).size).toBe(3);
    expect(rows.map(({ images }) => images?.map(({ path: kept }) => kept))).toEqual([
      [red],
      [red],
      [green, blue],
      [green, blue],
      [],
      [green, blue],
      [red, green],
      [blue],
    ]);
    expect(rows.map(({ place }) => place.slice(path.length))).toEqual(
      [2, 3, 5, 6, 9, 10, 11, 12].map((line) => `:${line}`),
    );
  });

  test('tables of odd shapes are split as pandas splits them', async () => {
    const odd = Object.entries<string[][]>(readJson('odd-tables.json'));
    expect(odd.length).toBeGreaterThan(300);
    for (const [text, expected] of odd) {
      const rows = await readTsv(tableFile(text), { images: 'none' });
      expect(
        rows.map(({ value }) => Object.values(value as Record<string, string>)),
        JSON.stringify(text),
      ).toEqual(expected);
    }
  });
});

test('what is written is read back, in any text', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('"', '\t', '\n', '\r', ' ', 'a', 'é', '😀', '\uFEFF', "'"),
    maxLength: 8,
  });
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 });
  const ends = fc.constantFrom('\n', '\r\n', '\r');
  await fc.assert(
    fc.asyncProperty(rows, ends, fc.boolean(), async (written, end, hasMark) => {
      const quoted = written.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join('\t'));
      const text = `${hasMark ? '\uFEFF' : ''}a\tb\t__proto__${end}${quoted.join(end)}`;
      const seen = await readTsv(tableFile(text), { images: 'image' });
      expect(seen.map(({ value }) => Object.entries(value as object))).toEqual(
        written.map((cells) => cells.map((cell, at) => [['a', 'b', '__proto__'][at], cell])),
      );
    }),
    { numRuns: 200 },
  );
});

describe('index', () => {
  const indexes = async (...written: string[]) => {
    const rows = await readTsv(tableFile(`index\tx\n${written.map((index) => `${index}\t\n`).join('')}`), {
      images: 'i',
    });
    return rows.map(({ value }) => (value as { index: string }).index);
  };

  test('whole numbers lose their decimals where the whole column is such', async () => {
    expect(await indexes('12.0', '3', '007', '+1', '-2.00', '-0', '90071992547409930')).toEqual([
      '12',
      '3',
      '7',
      '1',
      '-2',
      '0',
      '90071992547409930',
    ]);
    expect(await indexes('12.0', '3', 'a')).toEqual(['12.0', '3', 'a']);
    expect(await indexes('12.0', '3.5')).toEqual(['12.0', '3.5']);
    expect(await indexes('12.0', '')).toEqual(['12.0', '']);
    expect(await indexes('007', '1e3')).toEqual(['007', '1e3']);
  });
});

describe('images', () => {
  const read = async (cells: readonly string[], indexes = cells.map((_, at) => `${at + 1}`)) => {
    const { kept, keepImage } = keepInMemory();
    const body = cells.map((cell, at) => `${indexes[at]}\t"${cell.replaceAll('"', '""')}"\n`).join('');
    const rows = await readTsv(tableFile(`index\timage\n${body}`), { images: 'image', keepImage });
    const names = new Map(kept.map(({ sha256 }, at) => [sha256, at]));
    return { rows, images: rows.map(({ images }) => images?.map(({ path }) => names.get(path))), kept };
  };
  const large = pngOf(200);
  const other = pngOf(300);

  test('base64 is decoded, however it is broken, prefixed or padded', async () => {
    const text = large.toString('base64');
    const lines = text.replaceAll(/.{76}/g, '$&\r\n');
    const forms = [text, lines, ` ${text}\n`, `data:image/png;base64,${lines}`, `DATA:image/png;x=1;base64,${text}`];
    const { kept } = await read([...forms, text.replaceAll('=', '')]);
    expect(kept.map(({ bytes }) => bytes.equals(large))).toEqual(Array(6).fill(true));
  });

  test('lists of images, as Python and JSON write them', async () => {
    const [one, two] = [large.toString('base64'), `data:image/png;base64,${other.toString('base64')}`];
    const escaped = JSON.stringify([one, two]).replaceAll('/', '\\/');
    const { images, kept } = await read([
      `['${one}', '${two}']`,
      escaped,
      `('${one}')`.slice(1, -1).replaceAll("'", ''),
      '[]',
    ]);
    expect(images).toEqual([[0, 1], [0, 1], [0], []].map((list) => list.map((at) => (at === 0 ? 4 : 3))));
    expect(kept.map(({ sha256 }) => sha256)).toEqual([0, 1, 0, 1, 0].map((at) => sha256([large, other][at])));
  });

  test('short texts name rows, before and behind, and through others', async () => {
    const text = large.toString('base64');
    expect((await read(['2', text, '1', '3', ''])).images).toEqual([[0], [0], [0], [0], []]);
    expect((await read(['b', text], ['a', 'b'])).images).toEqual([[0], [0]]);
    expect((await read(['2', text], ['1.0', '2.0'])).images).toEqual([[0], [0]]);
    expect((await read(['2.0', text], ['1', '2'])).images).toEqual([[0], [0]]);
    expect((await read(['nan', text, 'None', '[]', ''])).images).toEqual([[], [0], [], [], []]);
  });

  test('a long chain of references is followed once', async () => {
    const count = 20_000;
    const cells = Array.from({ length: count }, (_, at) => (at + 1 === count ? large.toString('base64') : `${at + 2}`));
    const { images, kept } = await read(cells);
    expect([kept.length, images.every((list) => list?.[0] === 0 && list.length === 1)]).toEqual([1, true]);
  });

  test('a table without the image column has rows without images', async () => {
    const { keepImage } = keepInMemory();
    const rows = await readTsv(tableFile('index\timage_path\n1\ta.png\n'), { images: 'image', keepImage });
    expect(rows).toMatchObject([{ value: { index: '1', image_path: 'a.png' }, images: [] }]);
  });

  test('each image is handed over before the next is decoded', async () => {
    const order: string[] = [];
    const path = tableFile(`index\timage\n1\t${large.toString('base64')}\n2\t${other.toString('base64')}\n`);
    await readTsv(path, {
      images: 'image',
      keepImage: async (bytes) => {
        order.push(`begin ${bytes.length}`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`end ${bytes.length}`);
        return { path: '' };
      },
    });
    expect(order).toEqual([large, other].flatMap(({ length }) => [`begin ${length}`, `end ${length}`]));
  });

  test.for<[string, string[], string]>([
    ['an unknown row', ['7'], ':2 shares the image of row "7", which is the index of no row.'],
    ['itself', ['1'], ':2 shares the image of row "1", which leads back to the row itself.'],
    ['a circle', ['2', '3', '2'], ':4 shares the image of row "2", which leads back to the row itself.'],
    ['a row without image', ['2', ''], ':2 shares the image of row "2", which has no image itself.'],
    [
      'rubbish',
      ['!'.repeat(100)],
      ':2 column "image" holds "!!!!!!!!!!!!!!!!!!!!!!!!"… (100 characters), which is not base64.',
    ],
    ['a hole in base64', [`${'A'.repeat(99)}*${'A'.repeat(100)}`], 'which is not base64.'],
    ['cut base64', ['A'.repeat(101)], 'which is not base64.'],
    ['a padded middle', [`${'A'.repeat(98)}==${'A'.repeat(100)}`], 'which is not base64.'],
    ['another data address', [`data:image/png,${'A'.repeat(100)}`], 'which is not base64.'],
    ['an address', [`https://example.org/${'a'.repeat(80)}.png`], 'which is not base64.'],
    ['a broken list', ["['AAAA', "], ':2 shares the image of row "[\'AAAA\',", which is the index of no row.'],
    [
      'a list of rubbish',
      ["['AAAA', '!!!!']"],
      'holds "!!!!"… (4 characters) in place 2 of its list, which is not base64.',
    ],
    ['a list of numbers', ['[1]'], 'holds no text in place 1 of its list.'],
    [
      'a list that is none',
      ["['AAAA' + 'AAAA']"],
      'holds a list that has "+ \'AAAA\']" where "," or "]" should be (character 9).',
    ],
  ])('%s is refused', async ([, cells, message]) => {
    const error = await read(cells).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'DATA_INVALID', hint: expect.any(String) });
    expect((error as Error).message).toContain(message);
  });

  test('a row that several rows may mean is refused', async () => {
    await expect(read(['2', large.toString('base64'), other.toString('base64')], ['1', '2', '2'])).rejects.toThrow(
      ':2 shares the image of row "2", which is the index of several rows.',
    );
  });

  test('what the keeper of images refuses ends the reading', async () => {
    const path = tableFile(`index\timage\n1\t${large.toString('base64')}\n`);
    const keepImage = () => {
      throw new Error('disk full');
    };
    await expect(readTsv(path, { images: 'image', keepImage })).rejects.toThrow('disk full');
  });
});

function sha256(bytes: Buffer | undefined): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
}
