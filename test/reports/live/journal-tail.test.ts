import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JournalTail } from '../../../src/reports/live/journal-tail.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

async function added(tail: JournalTail): Promise<unknown[] | false> {
  const values: unknown[] = [];
  return (await tail.read((value) => values.push(value))) ? values : false;
}

test('what is appended is read once, whole lines only', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'a.jsonl');
  const tail = new JournalTail(path);
  expect(await added(tail)).toBe(false);
  writeFileSync(path, '{"a":1}\n{"a":2');
  expect(await added(tail)).toEqual([{ a: 1 }]);
  expect(await added(tail)).toEqual([]);
  appendFileSync(path, '2}\n\nno json\n{"a":3}\n{"torn');
  expect(await added(tail)).toEqual([{ a: 22 }, { a: 3 }]);
  expect(tail.unreadable).toBe(1);
});

test('a torn line that the next session cuts off is not read, what it writes in its place is', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'a.jsonl');
  const tail = new JournalTail(path);
  writeFileSync(path, '{"a":1}\n{"a":"torn torn torn');
  expect(await added(tail)).toEqual([{ a: 1 }]);
  truncateSync(path, 8);
  expect(await added(tail)).toEqual([]);
  appendFileSync(path, '{"a":2}\n');
  expect(await added(tail)).toEqual([{ a: 2 }]);
});

test('a file that vanished, was replaced or cut is told', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'a.jsonl');
  const read = async () => {
    writeFileSync(path, '{"a":1}\n');
    const tail = new JournalTail(path);
    await added(tail);
    return tail;
  };
  const vanished = await read();
  rmSync(path);
  expect(await added(vanished)).toBe(false);
  const replaced = await read();
  writeFileSync(`${path}.new`, '{"b":1}\n{"b":2}\n');
  renameSync(`${path}.new`, path);
  expect(await added(replaced)).toBe(false);
  const cut = await read();
  truncateSync(path, 3);
  expect(await added(cut)).toBe(false);
  mkdirSync(join(folder.path, 'b.jsonl'));
  expect(await added(new JournalTail(join(folder.path, 'b.jsonl')))).toBe(false);
});

test('however a journal grows, each record arrives once and in order', async () => {
  using folder = temporaryFolder();
  let file = 0;
  const growth = fc.tuple(fc.array(fc.string({ maxLength: 20, unit: 'binary' })), fc.array(fc.nat({ max: 40 })));
  await fc.assert(
    fc.asyncProperty(growth, async ([records, cuts]) => {
      file += 1;
      const path = join(folder.path, `${file}.jsonl`);
      const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      writeFileSync(path, '');
      const tail = new JournalTail(path);
      const seen: unknown[] = [];
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        appendFileSync(path, bytes.subarray(at, at + cut));
        at += cut;
        await tail.read((value) => seen.push(value));
      }
      expect(readFileSync(path)).toEqual(bytes);
      expect(seen).toEqual(records.map((record) => JSON.parse(JSON.stringify(record))));
    }),
    { numRuns: 60 },
  );
});

test('lines across chunks of the reader are put together', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'a.jsonl');
  const long = ['ü'.repeat(700_000), 'b', 'c'.repeat(3_000_000), 'd'];
  writeFileSync(path, long.map((text) => `${JSON.stringify(text)}\n`).join(''));
  expect(await added(new JournalTail(path))).toEqual(long);
});
