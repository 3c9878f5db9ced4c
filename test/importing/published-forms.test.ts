import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { loadShared } from '../benchmarks/load-shared.ts';
import { jsonLines } from '../problems/temporary-data.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { importResponses, importVerdicts } from './load-import.ts';

interface Published {
  readonly model: string;
  readonly id: string;
  readonly response: string | null;
  readonly official_correct: boolean | null;
}

/** The first model's published responses. */
function published(name: string): Published[] {
  const rows = readFileSync(sharedPath(`corpus/${name}_responses.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Published);
  return rows.filter(({ model }) => model === rows[0]?.model);
}

function rowsOf(file: string): Record<string, unknown>[] {
  const text = readFileSync(sharedPath(file), 'utf8');
  return file.endsWith('.jsonl')
    ? text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : Object.values(JSON.parse(text));
}

/** A written file under a name that says nothing. */
function written(
  folder: { path: string },
  content: unknown,
  replace: (text: string) => string = (text) => text,
): string {
  const path = join(folder.path, 'results.dat');
  writeFileSync(
    path,
    typeof content === 'string' || content instanceof Uint8Array ? content : replace(JSON.stringify(content, null, 4)),
  );
  return path;
}

const quote = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;

function table(rows: readonly Record<string, unknown>[], delimiter: string): string {
  const columns = Object.keys(rows[0] ?? {});
  return [columns.map(quote), ...rows.map((row) => columns.map((name) => quote(row[name])))]
    .map((cells) => cells.join(delimiter))
    .join('\r\n');
}

function textsById(values: ReadonlyMap<string, { text: string }>): Record<string, string> {
  return Object.fromEntries([...values].map(([id, { text }]) => [id, text]));
}

const data = ['corpus/mathvision_responses.jsonl', 'corpus/mathvista_responses.jsonl', 'corpus/dynamath_verdicts.json'];
const sets = [
  'data/mathvision/test.jsonl',
  'data/mathvista/testmini.json',
  'data/wemath/testmini.json',
  'data/dynamath/10trials/trial10/dataset.json',
];

describeShared('published responses in the forms of their programs', [...data, ...sets], () => {
  test('MATH-Vision outputs: all 3,040 responses and verdicts', async () => {
    using folder = temporaryFolder();
    const rows = published('mathvision').map(({ official_correct, ...row }) => ({
      ...row,
      model_answer: 'x',
      correct: official_correct,
    }));
    const path = written(folder, jsonLines(rows));
    const { problems } = await loadShared('mathvision');
    const outputs = await importResponses(path, problems);
    expect(outputs).toMatchObject({ form: 'mathvision', unmatched: [], rows: 3040 });
    expect(textsById(outputs.values)).toEqual(Object.fromEntries(rows.map(({ id, response }) => [id, response])));
    const { values } = await importVerdicts(path, problems);
    expect([...values.values()].filter((verdict) => verdict === 'correct')).toHaveLength(
      rows.filter(({ correct }) => correct).length,
    );
  });

  test.for(['sheet', 'tsv', 'csv', 'records'] as const)(
    'VLMEvalKit predictions for MATH-Vision as %s',
    { timeout: 60_000 },
    async (kind) => {
      using folder = temporaryFolder();
      const answers = new Map(published('mathvision').map(({ id, response }) => [id, response]));
      const rows = rowsOf('data/mathvision/test.jsonl').map(({ id, question, options, answer, subject }) => ({
        index: Number(id),
        question,
        choices: JSON.stringify(options),
        answer,
        category: subject,
        prediction: answers.get(String(id)) ?? '',
      }));
      let content: unknown = kind === 'records' ? rows : table(rows, kind === 'tsv' ? '\t' : ',');
      if (kind === 'sheet') {
        const { default: writeSheet } = await import('write-excel-file/node');
        const columns = Object.keys(rows[0] ?? {});
        // A form feed is no character of XML; this writer leaves it to its caller.
        const cell = (value: unknown) => ({
          value: typeof value === 'number' ? value : String(value).replaceAll('\f', '_x000C_'),
        });
        content = new Uint8Array(
          await writeSheet([columns.map(cell), ...rows.map((row) => Object.values(row).map(cell))]).toBuffer(),
        );
      }
      const { problems } = await loadShared('mathvision');
      const predictions = await importResponses(written(folder, content), problems);
      expect(predictions).toMatchObject({ form: 'vlmevalkit', unmatched: [], notes: [] });
      expect(textsById(predictions.values)).toEqual(Object.fromEntries(answers));
      // The whole file may be imported into a part of the problems.
      const mini = (await loadShared('mathvision:testmini')).problems;
      const part = await importResponses(written(folder, content), mini);
      expect(part.values.size).toBe(304);
      expect(part.unmatched).toHaveLength(3040 - 304);
      expect(textsById(part.values)).toEqual(Object.fromEntries(mini.map(({ id }) => [id, answers.get(id)])));
    },
  );

  test('lmms-eval samples of all 3,040 rows into 304 of them: places are wrong there, prompts are not', async () => {
    using folder = temporaryFolder();
    const rows = rowsOf('data/mathvision/test.jsonl').map(({ id, question, answer }, place) => ({
      doc_id: place,
      target: answer,
      input: `Please solve the problem step by step.${question}\nChoices: A. x`,
      filtered_resps: `reply to ${id}`,
      doc_hash: 'x',
      llm_as_judge_eval: Number.NaN,
    }));
    const path = written(folder, jsonLines(rows).replaceAll('"llm_as_judge_eval":null', '"llm_as_judge_eval":NaN'));
    const whole = await importResponses(path, (await loadShared('mathvision')).problems);
    expect(whole).toMatchObject({ form: 'lmms-eval', unmatched: [], notes: [] });
    for (const [id, { text }] of whole.values) expect(text).toBe(`reply to ${id}`);
    const part = await importResponses(path, (await loadShared('mathvision:testmini')).problems);
    expect(part.notes.join()).toMatch(/rows were tied by the wording/);
    // Questions that several of the 3,040 rows ask with the same answer, about other pictures, are left out.
    expect(part.values.size).toBeGreaterThan(280);
    for (const [id, { text }] of part.values) expect(text).toBe(`reply to ${id}`);
  });

  test('an index that counts otherwise than the data set is not believed: the wording ties, or nothing does', async () => {
    using folder = temporaryFolder();
    const { problems } = await loadShared('mathvista', { requireImages: false });
    const rows = problems.map(({ prompt, answer }, place) => ({
      index: place,
      question: prompt,
      answer,
      prediction: `reply ${place}`,
    }));
    const shifted = await importResponses(written(folder, rows), problems);
    expect(shifted.notes.join()).toMatch(/\d+ rows were tied by the wording/);
    expect(shifted.values.size + shifted.unmatched.length).toBe(1000);
    // Only problems that share question and answer with another, which pictures alone tell apart, cannot be told.
    expect(shifted.values.size).toBeGreaterThan(800);
    for (const [id, { text }] of shifted.values)
      expect(text).toBe(`reply ${problems.findIndex((one) => one.id === id)}`);
  });

  test('MathVista results: responses, verdicts, and rows of another data set', async () => {
    using folder = temporaryFolder();
    const answers = new Map(published('mathvista').map((row) => [row.id, row]));
    const results = Object.fromEntries(
      rowsOf('data/mathvista/testmini.json').map((row) => {
        const { response, official_correct } = answers.get(String(row['pid'])) ?? {};
        return [
          row['pid'],
          {
            ...row,
            response,
            extraction: 'x',
            prediction: 'x',
            true_false: official_correct ?? false,
            seconds: Number.NaN,
          },
        ];
      }),
    );
    const nan = (text: string) => text.replaceAll('"seconds": null', '"seconds": NaN');
    const { problems } = await loadShared('mathvista', { requireImages: false });
    const imported = await importResponses(written(folder, results, nan), problems);
    expect(imported).toMatchObject({ form: 'mathvista', unmatched: [] });
    expect(imported.values.get('7')?.text).toBe(answers.get('7')?.response);
    const { values } = await importVerdicts(written(folder, results), problems);
    expect([...values.values()].filter((verdict) => verdict === 'correct')).toHaveLength(
      [...answers.values()].filter((row) => row.official_correct).length,
    );
    // The test split counts its pids on from the same numbers in no way that the questions would bear out.
    const other = { ...results, '1': { ...results['2'], pid: '1' } };
    expect((await importResponses(written(folder, other), problems)).unmatched).toMatchObject([
      { id: '1', why: 'its question is not that of 1' },
    ]);
  });

  test('We-Math outputs and SynthRL results for all 1,740 rows', async () => {
    using folder = temporaryFolder();
    const rows = rowsOf('data/wemath/testmini.json');
    const { problems } = await loadShared('wemath');
    const outputs = await importResponses(
      written(
        folder,
        rows.map((row) => ({ ...row, response: `<Answer>: ${row['answer']}` })),
      ),
      problems,
    );
    expect(outputs).toMatchObject({ form: 'wemath', unmatched: [], notes: [] });
    expect(outputs.values.size).toBe(1740);
    const results = rows.map((row) => ({
      id: `${row['ID']}@${row['key']}`,
      question: `${row['question']}\n\nOptions: ${row['option']}`,
      answer: row['answer'],
      prediction: 'x',
      accuracy: 1,
      correct: true,
      prompt: '<|im_start|>system',
      num_images: 1,
    }));
    const synthrl = await importResponses(
      written(folder, { results, metrics: {}, config: { model: 'm', datasets: 'wemath' } }),
      problems,
    );
    expect(synthrl).toMatchObject({ form: 'synthrl', unmatched: [], notes: [], program: 'SynthRL evaluation of m' });
    expect(synthrl.values.size).toBe(1740);
  });

  test.for(['variant', 'seed'] as const)(
    'SynthRL results for DynaMath, whose table goes by %s',
    { timeout: 60_000 },
    async (order) => {
      using folder = temporaryFolder();
      const { problems } = await loadShared('dynamath');
      const place = ({ id }: Problem) => {
        const [seed = 0, variant = 0] = id.split('@').map(Number);
        return order === 'variant' ? (variant - 1) * 501 + seed : (seed - 1) * 10 + variant;
      };
      const results = problems.map((problem) => ({
        id: String(place(problem)),
        question: problem.prompt,
        answer: problem.answer,
        prediction: problem.id,
        accuracy: 0,
        correct: false,
        index: String(place(problem)),
      }));
      const imported = await importResponses(written(folder, { results, metrics: {}, config: {} }), problems);
      expect(imported).toMatchObject({ unmatched: [], notes: [] });
      for (const [id, { text }] of imported.values) expect(text).toBe(id);
      expect(imported.values.size).toBe(5010);
    },
  );

  test('a DynaMath report says by its questions and answers which variant it is about', async () => {
    using folder = temporaryFolder();
    const { problems } = await loadShared('dynamath');
    const entries = Object.entries(
      JSON.parse(readFileSync(sharedPath('data/dynamath/10trials/trial7/dataset.json'), 'utf8')) as Record<
        string,
        Record<string, unknown>
      >,
    );
    const report = Object.fromEntries(
      entries.map(([seed, row]) => [
        seed,
        {
          question: row['question'],
          subject: row['subject'],
          'knowledge level': row['level'],
          'Ground truth': row['answer'],
          image: row['image'],
          response: { solution: 's', 'short answer': row['answer'] },
          result: Number(seed) % 2 === 0 ? 'correct' : 'fail',
        },
      ]),
    );
    const path = written(folder, { ...report, score: '250' });
    const imported = await importResponses(path, problems);
    expect(imported).toMatchObject({ form: 'dynamath-report', unmatched: [], notes: [] });
    expect([...imported.values.keys()].every((id) => id.endsWith('@7'))).toBe(true);
    expect(imported.values.size).toBe(501);
    const { values } = await importVerdicts(path, problems);
    expect(values.get('2@7')).toBe('correct');
    expect(values.get('3@7')).toBe('incorrect');
  }, 60_000);

  test('the DynaMath result table says the same as the verdicts by model', async () => {
    using folder = temporaryFolder();
    const verdicts = (
      JSON.parse(readFileSync(sharedPath('corpus/dynamath_verdicts.json'), 'utf8')) as Record<string, number[][]>
    )['GPT4o'];
    const lines = (verdicts ?? []).map((row, seed) =>
      [`Q${seed + 1}`, ...row.map((cell) => (cell === 1 ? 'correct' : 'fail')), 4, 'algebra', 'high school'].join(','),
    );
    const head = [
      'Question ID',
      ...Array.from({ length: 10 }, (_, index) => `Variant ${index + 1}`),
      '# of correct per question',
      'Topic',
      'Difficulty Level',
    ].join(',');
    const path = written(
      folder,
      `${[head, ...lines, 'Average,0.6,0.6,0.6,0.6,0.6,0.6,0.6,0.6,0.6,0.6,,,'].join('\n')}\n`,
    );
    const { problems } = await loadShared('dynamath');
    const { values, unmatched } = await importVerdicts(path, problems);
    expect(unmatched).toEqual([]);
    for (const [seed, row] of (verdicts ?? []).entries()) {
      for (const [variant, cell] of row.entries())
        expect(values.get(`${seed + 1}@${variant + 1}`)).toBe(cell === 1 ? 'correct' : 'incorrect');
    }
  });
});
