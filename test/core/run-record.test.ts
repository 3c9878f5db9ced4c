import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeName, encodeName, RunDirectory } from '../../src/core/run-directory.ts';
import { type AskedQuestion, openRun } from '../../src/core/run-record.ts';
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
