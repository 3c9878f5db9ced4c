import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Answered, Failed } from '../../src/core/response.ts';
import { ResponseJournal, readResponses } from '../../src/core/response-journal.ts';
import { RunDirectory } from '../../src/core/run-directory.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const attempt = { problem: '1', sample: 0, attempt: 1, session: 's1', final: true, server: 'a', latencyMs: 1 };
const failed: Failed = { ...attempt, status: 'failed', error: { code: 'timeout', message: 'no reply' } };
const answered = (text: string, session: string): Answered => ({
  ...attempt,
  session,
  status: 'answered',
  text,
  finishReason: 'stop',
});

function journalOf(folder: string) {
  const checkpoint = new RunDirectory(folder, 'r').checkpoint('c');
  const write = (client: string, ...records: (Answered | Failed)[]) => {
    const journal = new ResponseJournal(checkpoint, 'wemath', client);
    for (const record of records) journal.append(record);
    journal.close();
  };
  return { checkpoint, write };
}

test('journals of several sessions merge into one final record: an answer beats a failure, the first answer a later one', async () => {
  using folder = temporaryFolder();
  const { checkpoint, write } = journalOf(folder.path);
  write('1', failed, { ...failed, error: { code: 'reset', message: 'x' } });
  expect((await readResponses(checkpoint, 'wemath')).final.get('0/1')).toMatchObject({ error: { code: 'reset' } });
  write('2', answered('A', 's2'));
  write('3', answered('B', 's3'), failed);
  const merged = await readResponses(checkpoint, 'wemath');
  expect(merged).toMatchObject({ attempts: 5, torn: 0 });
  expect([...merged.final.values()]).toEqual([answered('A', 's2')]);
});

test('a torn last line is dropped and counted; a foreign line is an error', async () => {
  using folder = temporaryFolder();
  const { checkpoint, write } = journalOf(folder.path);
  write('1', answered('A', 's1'));
  appendFileSync(checkpoint.journal('wemath', '1'), '{"problem":"2","sam');
  expect(await readResponses(checkpoint, 'wemath')).toMatchObject({ torn: 1, attempts: 1 });
  appendFileSync(checkpoint.journal('wemath', '2'), '{"hello":1}\n');
  await expect(readResponses(checkpoint, 'wemath')).rejects.toMatchObject({ code: 'RECORD_INVALID' });
});

test('a record that is not whole is not written', () => {
  using folder = temporaryFolder();
  const { checkpoint } = journalOf(folder.path);
  const journal = new ResponseJournal(checkpoint, 'wemath', '1');
  expect(() => journal.append({ ...answered('A', 's1'), latencyMs: -1 })).toThrow();
  expect(checkpoint.journals('wemath')).toEqual([]);
});
