import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonLinesWriter, readJsonLines } from '../../src/core/json-lines.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function readAll(path: string): Promise<{ values: unknown[]; torn: number }> {
  const values: unknown[] = [];
  let torn = 0;
  for await (const { value } of readJsonLines(path, { onTorn: () => (torn += 1) })) values.push(value);
  return { values, torn };
}

test('what was appended is read back, whatever the text holds', async () => {
  using folder = temporaryFolder();
  let file = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ text: fc.string({ unit: 'binary' }), n: fc.integer() })), async (values) => {
      const path = join(folder.path, `${file++}.jsonl`);
      writeFileSync(path, '');
      const writer = new JsonLinesWriter(path);
      for (const value of values) writer.append(value);
      writer.close();
      expect(await readAll(path)).toEqual({ values, torn: 0 });
    }),
    { numRuns: 50 },
  );
});

test('a file cut at any byte gives the whole lines before the cut', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'whole.jsonl');
  const writer = new JsonLinesWriter(path);
  for (let n = 0; n < 5; n += 1) writer.append({ n, text: 'é∠' });
  writer.close();
  const bytes = readFileSync(path);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const part = join(folder.path, 'cut.jsonl');
    writeFileSync(part, bytes.subarray(0, cut));
    const { values, torn } = await readAll(part);
    const wholeLines = bytes.subarray(0, cut).toString('utf8').split('\n').length - 1;
    expect(values.length).toBeGreaterThanOrEqual(wholeLines);
    expect(values).toEqual(Array.from({ length: values.length }, (_, n) => ({ n, text: 'é∠' })));
    expect(torn).toBe(cut > 0 && bytes[cut - 1] !== 10 && values.length === wholeLines ? 1 : 0);
  }
});

test('a broken line that is not the last one is an error with file and line', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'x.jsonl');
  writeFileSync(path, '{"n":1}\n{"n":\n{"n":3}\n');
  await expect(readAll(path)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: `${path}:2 is not a line of JSON.`,
  });
});

test('a writer drops the torn line that a killed writer left, so that its own first line is whole', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'x.jsonl');
  writeFileSync(path, '{"n":1}\n');
  appendFileSync(path, '{"n":2,"te');
  const writer = new JsonLinesWriter(path);
  writer.append({ n: 3 });
  writer.close();
  expect(await readAll(path)).toEqual({ values: [{ n: 1 }, { n: 3 }], torn: 0 });
});
