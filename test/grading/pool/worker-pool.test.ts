import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { GradeItem } from '../../../src/grading/grader.ts';
import { WorkerPool, type WorkerPoolOptions } from '../../../src/grading/pool/worker-pool.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { problemWith } from '../problem-with.ts';

const entry = new URL('./misbehaving-worker.ts', import.meta.url);
let pool: WorkerPool | undefined;

afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

function startPool(options: Partial<WorkerPoolOptions> = {}): WorkerPool {
  const limits = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 };
  pool = new WorkerPool({ entry, settings: {}, workers: 2, itemTimeoutMs: 400, limits, ...options });
  return pool;
}

const problems = Array.from({ length: 7 }, (_, index) =>
  problemWith({ id: `p${index}`, answer: '1', policy: { type: 'free' } }),
);
const itemsOf = (texts: readonly string[]): GradeItem[] =>
  texts.map((text, index) => ({ problem: problems[index % problems.length]!, sample: 0, text }));
const rules = async (texts: readonly string[]) => (await pool!.grade(itemsOf(texts))).map(({ rule }) => rule);
const said = (text: string, index: number) => `p${index % 7} says ${text}`;

test('an item that never ends is a timeout; every other of its batch is graded', async () => {
  startPool();
  const texts = Array.from({ length: 300 }, (_, index) => (index % 100 === 50 ? 'loop' : `text ${index}`));
  texts[120] = 'regex';
  const grades = await pool!.grade(itemsOf(texts));
  expect(grades.map(({ rule }) => rule)).toEqual(
    texts.map((text, index) => (text === 'loop' || text === 'regex' ? 'time-limit' : said(text, index))),
  );
  expect(grades[50]).toEqual({ verdict: 'timeout', rule: 'time-limit', extracted: null });
  expect(pool!.replaced).toBe(4);
  expect(pool!.waiting).toBe(0);
});

test('an item that takes all memory, or ends its worker, is a timeout with the reason', async () => {
  startPool({ itemTimeoutMs: 20_000 });
  const texts = ['a', 'memory', 'b', 'exit', 'c', 'exit'];
  const grades = await pool!.grade(itemsOf(texts));
  expect(grades.map(({ verdict }) => verdict)).toEqual([
    'undecided',
    'timeout',
    'undecided',
    'timeout',
    'undecided',
    'timeout',
  ]);
  expect(grades[1]?.rule).toBe('memory-limit');
  expect(grades[3]?.rule).toBe('worker-crash');
});

test('an item that makes the grader throw is recorded, and its worker goes on', async () => {
  startPool();
  expect(await rules(['a', 'throw', 'b'])).toEqual([said('a', 0), 'grader-error', said('b', 2)]);
  expect(pool!.replaced).toBe(0);
});

test('every item comes back in its place, however calls and batches interleave', async () => {
  startPool();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.string({ unit: 'binary' }), { maxLength: 400 }), { maxLength: 5 }),
      async (calls) => {
        const answers = await Promise.all(calls.map((texts) => rules(texts)));
        expect(answers).toEqual(calls.map((texts) => texts.map(said)));
      },
    ),
    { numRuns: 30 },
  );
});

test('a killed item is not tried again, and what was graded before it is told once', async () => {
  using folder = temporaryFolder();
  const diary = join(folder.path, 'diary');
  startPool({ workers: 1, settings: { diary } });
  expect(await rules(['a', 'loop', 'b'])).toEqual([said('a', 0), 'time-limit', said('b', 2)]);
  const lines = readFileSync(diary, 'utf8').trim().split('\n');
  expect(lines.filter((line) => line.endsWith('loop'))).toHaveLength(1);
});

test('more problems than a worker keeps are no trouble', async () => {
  startPool({ workers: 1 });
  for (let round = 0; round < 3; round += 1) {
    const items = Array.from({ length: 15_000 }, (_, index) => ({
      problem: problemWith({ id: `${round}-${index}`, answer: '1', policy: { type: 'free' } }),
      sample: 0,
      text: 'x',
    }));
    const grades = await pool!.grade([...items, ...items.slice(0, 10)]);
    expect(grades[14_999]?.rule).toBe(`${round}-14999 says x`);
    expect(grades[15_003]?.rule).toBe(`${round}-3 says x`);
  }
});

test('workers that cannot load are an error, not a wait without end', async () => {
  startPool({ settings: { failLoading: true } });
  await expect(rules(['a'])).rejects.toThrow('no grading worker could be started: this worker cannot load');
});

test('closing while items wait ends them', async () => {
  startPool({ itemTimeoutMs: 60_000 });
  const waiting = expect(rules(['loop', 'loop'])).rejects.toThrow('closed');
  await pool!.close();
  await waiting;
});

test('a started pool has its workers before it has items', async () => {
  startPool({ settings: { failLoading: true } }).start();
  await expect.poll(() => pool!.replaced, { timeout: 20_000 }).toBe(2);
  await expect(rules(['a'])).rejects.toThrow('this worker cannot load');
});

test('a started pool grades', async () => {
  startPool().start();
  expect(await rules(['a', 'b'])).toEqual(['a', 'b'].map(said));
});

test('a closed pool takes no items', async () => {
  await startPool().close();
  await expect(rules(['a'])).rejects.toThrow('closed');
});
