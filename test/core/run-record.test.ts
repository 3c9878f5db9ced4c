import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeName, encodeName, RunDirectory } from '../../src/core/run-directory.ts';
import { type AskedQuestion, openRun, readRunRecord } from '../../src/core/run-record.ts';
import { appendSession, readSessions, sessionBase } from '../../src/core/session.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const question: AskedQuestion = {
  kind: 'asked',
  benchmarks: [{ name: 'wemath', selection: 'testmini', problems: 3, dataHash: 'abc' }],
  prompt: { layout: 'original-eval', instruction: 'Think.' },
  images: { minPixels: 784, maxPixels: 1568, maxImages: 10 },
  sampling: { temperature: 0, topP: 0.95, repetitionPenalty: 1, maxTokens: 2048, maxModelLen: 16384, seed: 0 },
  repeat: 1,
};

test('the same question goes on; run.json is never written again', () => {
  using folder = temporaryFolder();
  const run = new RunDirectory(folder.path, 'INFO/tag');
  const first = openRun(run, question, new Date(0));
  const bytes = readFileSync(run.record, 'utf8');
  expect(openRun(run, { ...question }, new Date(1))).toEqual(first);
  expect(readFileSync(run.record, 'utf8')).toBe(bytes);
});

test('another question in the same place is a conflict that names what differs', () => {
  using folder = temporaryFolder();
  const run = new RunDirectory(folder.path, 'r');
  openRun(run, question, new Date(0));
  const other = { ...question, sampling: { ...question.sampling, maxTokens: 4096 } };
  expect(() => openRun(run, other, new Date(1))).toThrow(/sampling\.maxTokens was 2048 and is now 4096/);
});

test('checkpoint names survive the file system, whatever they hold', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      const encoded = encodeName(name);
      expect(encoded).toMatch(/^[\w\-.~%@+=]+$/);
      expect(['.', '..']).not.toContain(encoded);
      expect(decodeName(encoded)).toBe(name);
    }),
  );
});

test('checkpoints are listed with numbers in order', () => {
  using folder = temporaryFolder();
  const run = new RunDirectory(folder.path, 'r');
  expect(['a/b', 'global_step_16'].map(encodeName)).toEqual(['a%2Fb', 'global_step_16']);
  expect(run.checkpoint('a/b').name).toBe('a/b');
});

test('a run.json whose question was edited is not believed', () => {
  using folder = temporaryFolder();
  const run = new RunDirectory(folder.path, 'r');
  openRun(run, question, new Date(0));
  expect(readRunRecord(run).question).toEqual(question);
  writeFileSync(run.record, readFileSync(run.record, 'utf8').replace('"repeat": 1', '"repeat": 2'));
  for (const read of [() => readRunRecord(run), () => openRun(run, question, new Date(1))]) {
    expect(read).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }));
  }
});

test('files in a run that are none of ours are no checkpoints', () => {
  using folder = temporaryFolder();
  const run = new RunDirectory(folder.path, 'r');
  for (const name of ['global_step_8', 'a%2Fb', 'a%zz', 'a b'])
    mkdirSync(join(run.path, 'checkpoints', name), { recursive: true });
  writeFileSync(join(run.path, 'checkpoints/.DS_Store'), '');
  writeFileSync(join(run.path, 'checkpoints/notes'), '');
  expect(run.checkpoints().map(({ name }) => name)).toEqual(['a/b', 'global_step_8']);
});

test.for(['', '.', '..', '../r', 'a/../..', 'a/..'])('a run cannot be called %j', (name) => {
  expect(() => new RunDirectory('/runs', name)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

test('a run has one name however its path is written', () => {
  expect(new RunDirectory('/runs', './INFO//tag/')).toEqual(new RunDirectory('/runs', 'INFO/tag'));
  expect(new RunDirectory('/runs', '..tag').name).toBe('..tag');
});

test('a torn last session is dropped, an edited one is said with its line', async () => {
  using folder = temporaryFolder();
  const run = new RunDirectory(folder.path, 'r');
  const session = { ...sessionBase('eval', 's1', new Date(0)), settings: {} };
  appendSession(run, session);
  appendFileSync(run.sessions, '{"session":"s2","sta');
  expect(await readSessions(run)).toEqual([session]);
  appendSession(run, { ...session, session: 's3' });
  expect((await readSessions(run)).map((one) => one.session)).toEqual(['s1', 's3']);
  appendFileSync(run.sessions, '{"session":4}\n');
  await expect(readSessions(run)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: expect.stringContaining('sessions.jsonl:3 is not a session record'),
  });
});
