import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { mathvision } from '../../benchmarks/mathvision/benchmark.ts';
import type { Problem } from '../../src/core/problem.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { root } from '../end-to-end/run-cli.ts';
import { fixturePath, importResponses, importVerdicts } from './load-import.ts';

// Files of our own content about the built-in MATH-Vision sample, written by the programs that their names state.
let problems: readonly Problem[];
beforeAll(async () => {
  const named = join(root, 'benchmarks/mathvision/sample');
  const [chosen] = parseSelections('mathvision', [mathvision]);
  problems = (await loadProblems(mathvision, chosen!.selection, { dataRoot: named, named })).problems;
});

/** Responses by problem id. */
async function texts(name: string) {
  const { values } = await importResponses(fixturePath(name), problems);
  return Object.fromEntries([...values].map(([id, { text }]) => [id, text]));
}

describe.for(['inspect-0.3.285.eval', 'inspect-0.3.100.eval'] as const)('%s', (name) => {
  // The newer one is compressed with Zstandard, the older one deflated.
  test('one response for each problem, with what the log says of it', async () => {
    const log = await importResponses(fixturePath(name), problems);
    expect(log).toMatchObject({ form: 'inspect', unmatched: [], rows: 6 });
    expect(log.program).toMatch(`inspect_ai ${/\d[\d.]+\d/.exec(name)?.[0]}, task task, model mockllm/model`);
    const usage = { promptTokens: 11, completionTokens: 7 };
    expect(log.values.get('2')).toMatchObject({ text: 'epoch 1: so \\boxed{D}', finishReason: 'stop', usage });
    expect(log.values.get('3')).toMatchObject({ finishReason: 'length', latencyMs: expect.any(Number) });
    // The first sample's id is foreign ("first"): its question says which problem it is.
    expect(log.values.get('1')?.text).toBe('epoch 1: so \\boxed{46}');
    expect(log.notes.join(' ')).toMatch(/6 rows were tied by the wording.* 3 further responses were passed over/);
    const { values } = await importVerdicts(fixturePath(name), problems);
    expect(Object.fromEntries(values)).toEqual({ 1: 'correct', 2: 'correct', 3: 'correct' });
  });
});

test('inspect-0.3.285.json', async () => {
  const log = await importResponses(fixturePath('inspect-0.3.285.json'), problems);
  expect(log).toMatchObject({ form: 'inspect', unmatched: [], notes: [] });
  expect([...log.values.keys()]).toEqual(['2', '3', '4']);
  expect(log.values.get('4')).toMatchObject({ finishReason: 'length' });
});

test('lm-eval-0.4.13.jsonl: raw responses of the first sample, rows of one filter', async () => {
  const samples = await importResponses(fixturePath('lm-eval-0.4.13.jsonl'), problems);
  expect(samples).toMatchObject({ form: 'lm-eval', unmatched: [], rows: 4 });
  expect(samples.values.get('1')).toEqual({ text: 'reply 1: \\boxed{46}' });
  expect(samples.notes).toEqual([
    'Rows of further filters were passed over: raw.',
    '4 further responses were passed over: an imported run holds one for each problem.',
  ]);
  const { values } = await importVerdicts(fixturePath('lm-eval-0.4.13.jsonl'), problems);
  expect(Object.fromEntries(values)).toEqual({ 1: 'correct', 2: 'correct', 3: 'correct', 4: 'incorrect' });
});

test('lmms-eval-0.7.3.jsonl: rows say no more than their place, which the prompt confirms', async () => {
  const path = fixturePath('lmms-eval-0.7.3.jsonl');
  const samples = await importResponses(path, problems);
  expect(samples).toMatchObject({ form: 'lmms-eval', unmatched: [], notes: [] });
  // Filtering changed the first response; the raw one is taken.
  expect(samples.values.get('1')).toEqual({
    text: 'so \\boxed{46}',
    usage: { promptTokens: 20, completionTokens: 5 },
  });
  const { values } = await importVerdicts(path, problems);
  expect(Object.fromEntries(values)).toEqual({ 1: 'correct', 2: 'correct', 3: 'incorrect', 4: 'correct' });
  // In a part of the problems, in another order, the places are wrong; the prompts tell.
  const part = await importResponses(path, problems.slice(1).toReversed());
  expect(part.values.get('3')?.text).toBe('so \\boxed{4}');
  expect(part.unmatched).toMatchObject([
    { id: '0', where: `${path}:1`, why: expect.stringMatching(/its question is not that of|no selected problem/) },
  ]);
});

test.for([
  [
    'vlmevalkit-xlsxwriter-3.3.1.xlsx',
    { 3: 'x'.repeat(32_767), 5: '7 ' },
    /^1 responses are exactly 32767 .* 1 rows hold no/,
  ],
  ['vlmevalkit-pandas-3.1.1.tsv', { 3: 'y', 4: '', 5: 'z' }, /^$/],
  ['vlmevalkit-pandas-3.1.1-columns.json', { 3: 'y', 5: 'z' }, /^1 rows hold no response/],
  ['vlmevalkit-records.json', { 3: 'y', 5: 'z' }, /^1 rows hold no response/],
  ['vlmevalkit-openpyxl-3.1.5.xlsx', { 3: 'y' }, /^1 cells are formulas/],
] as const)('%s', async ([name, further, notes]) => {
  const predictions = await importResponses(fixturePath(name), problems);
  expect(predictions).toMatchObject({ form: 'vlmevalkit', unmatched: [] });
  expect(predictions.notes.join(' ')).toMatch(notes);
  expect(await texts(name)).toEqual({
    1: 'so \\boxed{46}\r\n"quoted"\ttab',
    2: '=1 and \\boxed{D}',
    ...further,
  });
});

test('a judged workbook holds verdicts', async () => {
  const { values } = await importVerdicts(fixturePath('vlmevalkit-openpyxl-3.1.5.xlsx'), problems);
  expect(Object.fromEntries(values)).toEqual({ 1: 'correct', 2: 'incorrect', 3: 'incorrect' });
});
