import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gradeSchema } from '../../src/core/grade.ts';
import type { Response } from '../../src/core/response.ts';
import { ResponseJournal } from '../../src/core/response-journal.ts';
import { type CheckpointDirectory, RunDirectory } from '../../src/core/run-directory.ts';
import { gradeCheckpoint } from '../../src/grading/grade-checkpoint.ts';
import { createPooledGrader } from '../../src/grading/pool/pooled-grader.ts';
import { problemWith } from './problem-with.ts';
import { createRulesGrader } from './rules-grader.ts';

let folder: string;
let checkpoint: CheckpointDirectory;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthrl-grading-'));
  checkpoint = new RunDirectory(folder, 'run').checkpoint('global_step_8');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const attempt = { sample: 0, attempt: 1, session: 's', final: true, server: 'a', latencyMs: 1 };
const answered = (problem: string, text: string, sample = 0): Response => ({
  ...attempt,
  problem,
  sample,
  status: 'answered',
  text,
  finishReason: 'stop',
});
const failed = (problem: string): Response => ({
  ...attempt,
  problem,
  status: 'failed',
  error: { code: 'timeout', message: 'The server did not answer.' },
});
const problems = ['1', '2', '3', '4'].map((id) => problemWith({ id, answer: id, policy: { type: 'free' } }));

function write(client: string, responses: readonly Response[]): void {
  const journal = new ResponseJournal(checkpoint, 'example', client);
  for (const response of responses) journal.append(response);
  journal.close();
}

function gradesWritten() {
  return readFileSync(checkpoint.grades('rules', 'example'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => gradeSchema.parse(JSON.parse(line)));
}

test('every sample asked has one grade, in the order of the problems', async () => {
  write('a', [answered('3', '\\boxed{3}'), failed('2'), answered('1', 'The answer is 7.')]);
  write('b', [answered('9', 'of another selection'), answered('3', 'too late: \\boxed{4}')]);
  const { verdicts, torn } = await gradeCheckpoint({
    checkpoint,
    benchmark: 'example',
    problems,
    repeat: 1,
    grader: createRulesGrader(),
  });
  expect(torn).toBe(0);
  expect([...verdicts]).toEqual([
    ['0/1', 'incorrect'],
    ['0/2', 'failed'],
    ['0/3', 'correct'],
    ['0/4', 'failed'],
  ]);
  const grades = gradesWritten();
  expect(grades.map(({ problem, verdict, rule }) => [problem, verdict, rule])).toEqual([
    ['1', 'incorrect', 'free-number'],
    ['2', 'failed', 'no-response'],
    ['3', 'correct', 'same-text'],
    ['4', 'failed', 'no-response'],
  ]);
  expect(grades[2]?.extracted).toEqual({ text: '3', start: 7, end: 8, rule: 'boxed' });
  expect(new Set(grades.map(({ grader }) => grader))).toEqual(new Set(['rules/2']));
});

test('samples are graded one by one, and those beyond the repeat are left out', async () => {
  write('a', [answered('1', '1', 1), answered('1', '2', 0), answered('1', '1', 2)]);
  const { verdicts } = await gradeCheckpoint({
    grader: createRulesGrader(),
    checkpoint,
    benchmark: 'example',
    problems: problems.slice(0, 1),
    repeat: 2,
  });
  expect([...verdicts]).toEqual([
    ['0/1', 'incorrect'],
    ['1/1', 'correct'],
  ]);
});

test('a torn last line is dropped and counted; grading again gives the same bytes and leaves nothing behind', async () => {
  write('a', [answered('1', '1'), answered('2', '3')]);
  writeFileSync(checkpoint.journal('example', 'b'), `${JSON.stringify(answered('3', '3'))}\n{"problem":"4","sam`);
  const first = await gradeCheckpoint({
    checkpoint,
    benchmark: 'example',
    problems,
    repeat: 1,
    grader: createRulesGrader(),
  });
  const bytes = readFileSync(checkpoint.grades('rules', 'example'), 'utf8');
  expect(first.torn).toBe(1);
  expect(first.verdicts.get('0/3')).toBe('correct');
  await gradeCheckpoint({ checkpoint, benchmark: 'example', problems, repeat: 1, grader: createRulesGrader() });
  expect(readFileSync(checkpoint.grades('rules', 'example'), 'utf8')).toBe(bytes);
  expect(readdirSync(checkpoint.gradesFolder('rules'))).toEqual(['example.jsonl']);
});

test('answers that come in any order, and in more bytes than are held, stand in the order of the problems', async () => {
  const many = Array.from({ length: 3000 }, (_, at) =>
    problemWith({ id: `${at}`, answer: '1', policy: { type: 'free' } }),
  );
  const places = Array.from({ length: 6000 }, (_, at) => (at * 1009) % 6000).filter((place) => place % 7 !== 0);
  const lines = places.map((place) => {
    const long = place === 500 ? '\u0001'.repeat(399) : '9'.repeat(300);
    return JSON.stringify(answered(`${place >> 1}`, place % 3 === 0 ? '\\boxed{1}' : `\\boxed{${long}}`, place & 1));
  });
  mkdirSync(checkpoint.responses, { recursive: true });
  writeFileSync(checkpoint.journal('example', 'a'), `${lines.join('\n')}\n`);
  const grader = await createPooledGrader({ kind: 'rules', workers: 2, inThreadItems: 0 });
  try {
    const { verdicts } = await gradeCheckpoint({ checkpoint, benchmark: 'example', problems: many, repeat: 2, grader });
    const grades = gradesWritten();
    expect(grades.map(({ problem, sample }) => `${sample}/${problem}`)).toEqual([...verdicts.keys()]);
    expect(grades.map(({ verdict }) => verdict)).toEqual([...verdicts.values()]);
    expect([...verdicts.values()].map((verdict) => verdict === 'failed')).toEqual(
      Array.from({ length: 6000 }, (_, place) => place % 7 === 0),
    );
    expect([...verdicts.values()].filter((verdict) => verdict === 'correct')).toHaveLength(
      places.filter((place) => place % 3 === 0).length,
    );
  } finally {
    await grader.close();
  }
});

test('a grader that fails, and a journal that does, are heard of', async () => {
  write('a', [answered('1', '1'), answered('2', '2'), answered('3', '3')]);
  const failing = { ...createRulesGrader(), grade: () => Promise.reject(new Error('the grader is gone')) };
  const options = { checkpoint, benchmark: 'example', problems, repeat: 1 };
  await expect(gradeCheckpoint({ ...options, grader: failing })).rejects.toThrow('the grader is gone');
  writeFileSync(checkpoint.journal('example', 'b'), 'no record\n{}\n');
  await expect(gradeCheckpoint({ ...options, grader: createRulesGrader() })).rejects.toMatchObject({
    code: 'RECORD_INVALID',
  });
  expect(existsSync(checkpoint.gradesFolder('rules'))).toBe(false);
});

test('a place that cannot be written is a coded error', async () => {
  mkdirSync(checkpoint.grades('rules', 'example'), { recursive: true });
  const grading = gradeCheckpoint({
    checkpoint,
    benchmark: 'example',
    problems,
    repeat: 1,
    grader: createRulesGrader(),
  });
  await expect(grading).rejects.toMatchObject({ code: 'WRITE_FAILED' });
});
