import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogReader } from '../../src/serving/log-reader.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('lines arrive whole however the file grows, from the offset on', () => {
  const folder = temporaryFolder();
  let files = 0;
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '🙂', ' ', ':'), minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.nat(60), { maxLength: 12 }), (lines, cuts) => {
      files += 1;
      const path = join(folder, `${files}.log`);
      writeFileSync(path, 'an earlier server\n');
      const reader = new LogReader(path, 18);
      const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(''));
      const seen: string[] = [];
      let from = 0;
      for (const cut of [...cuts, bytes.length]) {
        appendFileSync(path, bytes.subarray(from, from + cut));
        from += cut;
        seen.push(...reader.newLines());
      }
      expect(seen).toEqual(lines.filter((each) => each.trim() !== ''));
      expect(reader.lastLines()).toEqual(seen);
    }),
  );
});

test('a carriage return ends a line, colours and endless lines are cut', () => {
  const path = join(temporaryFolder(), 'a.log');
  writeFileSync(path, `\u001b[32mINFO\u001b[0m a\rb\r\n${'x'.repeat(1_000_000)}\nlast`);
  const reader = new LogReader(path, 0);
  const lines = reader.newLines();
  expect(lines.slice(0, 2)).toEqual(['INFO a', 'b']);
  expect(lines[2]).toHaveLength(4000);
  expect(lines).toHaveLength(3);
  expect(reader.lastLines().at(-1)).toBe('last');
});

test('a file that is not there yet has no lines', () => {
  const reader = new LogReader(join(temporaryFolder(), 'absent.log'), 0);
  expect([reader.newLines(), reader.lastLines()]).toEqual([[], []]);
});
