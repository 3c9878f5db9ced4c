import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rate } from '../../../src/cli/rate.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';
import { readRatingSet } from '../../../src/difficulty/files/read-rating-set.ts';
import { ratingsWithout } from '../../../src/difficulty/responses/leave-one-out.ts';
import { root, runCli } from '../../end-to-end/run-cli.ts';
import { describeShared, sharedPath } from '../../shared-data.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { importVerdictFile, importVerdicts } from './import-verdicts.ts';

const sample = join(root, 'benchmarks/mathvision/sample/test.jsonl');
const rows = readFileSync(sample, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; answer: string; level: number });

const data = `mathvision=${join(root, 'benchmarks/mathvision/sample')}`;

function verdictsOf(
  folder: string,
  where: { run: string; checkpoint: string; selection?: string; data?: string },
  isRight: (row: (typeof rows)[number], index: number) => boolean,
): Promise<void> {
  const verdicts = new Map(rows.map((row, index) => [row.id, isRight(row, index)]));
  return importVerdicts(folder, { selection: 'mathvision', data, ...where }, verdicts);
}

/** Runs the command in this process; what it printed. */
async function rateHere(folder: string, flags: Readonly<Record<string, unknown>>): Promise<string> {
  let printed = '';
  const terminal: Terminal = {
    live: false,
    colour: false,
    width: 100,
    screen: () => ({ columns: 80, rows: 24 }),
    notesInColour: false,
    write: () => undefined,
    note: () => undefined,
    print: (text) => {
      printed += text;
    },
  };
  await rate.run({ 'runs-root': join(folder, 'runs'), json: true, ...flags }, terminal);
  return printed;
}

test('ratings from a run: files, method, agreement with levels and with ratings beside them, as text and JSON', async () => {
  using folder = temporaryFolder();
  for (const [place, checkpoint] of ['global_step_1', 'global_step_2', 'global_step_3'].entries()) {
    await verdictsOf(folder.path, { run: 'r', checkpoint }, ({ level }) => level <= place + 2);
  }
  const words = ['rate', '--runs-root', 'runs', '--from-runs', 'r'];
  const first = await runCli([...words, '--out', 'ratings', '--json'], { cwd: folder.path });
  expect(first.stderr).toBe('');
  expect(first.status).toBe(0);
  const [found] = JSON.parse(first.stdout).benchmarks;
  expect(found).toMatchObject({
    benchmark: 'mathvision',
    method: 'pass-rate',
    complete: true,
    problems: rows.length,
    answers: 3 * rows.length,
    agreement: [{ between: ['responses (pass-rate)', 'level'] }],
  });
  expect(found.agreement[0].spearman).toBeGreaterThan(0.9);
  expect(found.notes.join(' ')).toContain('3 of the 3 who answered are of one run');
  const set = await readRatingSet({ path: join(folder.path, 'ratings/mathvision/ratings.json') });
  expect(set.method).toBe('pass-rate');
  expect(set.ratings.length).toBe(rows.length);
  expect(readFileSync(join(folder.path, 'ratings/mathvision/ratings.csv'), 'utf8').split('\n').length).toBe(
    rows.length + 2,
  );
  const beside = 'mathvision=ratings/mathvision/ratings.json';
  const again = await runCli([...words, '--method', '1pl', '--ratings', beside], { cwd: folder.path });
  expect(again.stdout).toContain(`${rows.length} problems rated by 1pl from 3 checkpoints`);
  expect(again.stdout).toMatch(/responses \(1pl\) × ratings \(pass-rate, [0-9a-f]{8}\) +\d+ +1\.00 +1\.00/);
  expect(again.stdout).toMatch(/ratings \(pass-rate, [0-9a-f]{8}\) × level/);
  expect(again.stderr).toContain('not independent');
}, 60_000);

test('one checkpoint: rated, and said that it cannot be left out', async () => {
  using folder = temporaryFolder();
  await verdictsOf(folder.path, { run: 'r', checkpoint: 'c' }, (_, index) => index % 2 === 0);
  const [found] = JSON.parse(await rateHere(folder.path, { 'from-runs': ['r'] })).benchmarks;
  expect(found).toMatchObject({ leave_one_out: null, checkpoints: [{ name: 'c' }] });
  expect(found.notes.join(' ')).toContain('Only c answered: it cannot be left out');
}, 60_000);

test('runs that cannot be put together, and words that name nothing, are refused with the reason', async () => {
  using folder = temporaryFolder();
  await verdictsOf(folder.path, { run: 'low', checkpoint: 'c', selection: 'mathvision:level=1' }, () => true);
  await verdictsOf(folder.path, { run: 'high', checkpoint: 'c', selection: 'mathvision:level=5' }, () => false);
  await verdictsOf(folder.path, { run: 'whole', checkpoint: 'd' }, ({ level }) => level < 3);
  const from = (...runs: string[]) => rateHere(folder.path, { 'from-runs': runs });
  await expect(from('low', 'high')).rejects.toMatchObject({
    code: 'RUN_CONFLICT',
    message: 'The run high shares no problems with low.',
  });
  // A third that has problems of both connects them.
  expect(JSON.parse(await from('low', 'high', 'whole', 'whole'))).toMatchObject({
    runs: ['low', 'high', 'whole'],
    benchmarks: [{ method: '1pl', complete: false, problems: rows.length }],
  });

  const changed = join(folder.path, 'test.jsonl');
  writeFileSync(changed, rows.map((row) => `${JSON.stringify({ ...row, question: 'Another question?' })}\n`).join(''));
  await verdictsOf(folder.path, { run: 'other', checkpoint: 'c', data: `mathvision=${changed}` }, () => true);
  await expect(from('whole', 'other')).rejects.toMatchObject({
    code: 'RUN_CONFLICT',
    message: expect.stringMatching(/whole and other answered different data of mathvision: problem \S+ is another/),
  });

  for (const [flags, code, message] of [
    [{ 'from-runs': ['nobody'] }, 'RUN_NOT_FOUND', 'nobody'],
    [{ benchmarks: 'wemath' }, 'USAGE', 'None of the runs has grades of `wemath`'],
    [{ grades: 'rules' }, 'GRADES_NOT_FOUND', 'of the mode rules. It has those of imported'],
    [{ method: 'guess' }, 'USAGE', 'Expected `--method` to be one of pass-rate, 1pl, 2pl'],
    [{ battles: 'x.csv' }, 'USAGE', 'not from both'],
    [{ ratings: ['mathvision=absent.json'] }, 'DATA_NOT_FOUND', 'absent.json'],
  ] as const) {
    await expect(rateHere(folder.path, { 'from-runs': ['whole'], ...flags })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  }
}, 60_000);

test('the same weights in two runs are said and count once', async () => {
  using folder = temporaryFolder();
  await verdictsOf(folder.path, { run: 'one', checkpoint: 'a' }, ({ level }) => level < 3);
  await verdictsOf(folder.path, { run: 'one', checkpoint: 'b' }, ({ level }) => level < 4);
  await verdictsOf(folder.path, { run: 'two', checkpoint: 'c' }, ({ level }) => level < 2);
  for (const record of ['one/checkpoints/a', 'two/checkpoints/c']) {
    const path = join(folder.path, 'runs', record, 'checkpoint.json');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), fingerprint: 'same' }));
  }
  const [found] = JSON.parse(await rateHere(folder.path, { 'from-runs': ['one', 'two'] })).benchmarks;
  expect(found.checkpoints.map(({ name }: { name: string }) => name)).toEqual(['a', 'b']);
  expect(found.answers).toBe(2 * rows.length);
  expect(found.notes).toContain('These are the same weights and count once: a in one, c in two.');
}, 60_000);

const models = ['GPT4o', 'InternVL2-8b', 'Qwen2-72B', 'claude3.5', 'llava1.5-7B', 'Gemini1.5-Pro', 'InternVL2-40B'];

describeShared(
  'published verdicts of seven models',
  ['corpus/dynamath_verdicts.json', 'data/dynamath/10trials/trial10/dataset.json'],
  () => {
    test('rated by pass rate over seeds; each model left out has its buckets made by the others', async () => {
      using folder = temporaryFolder();
      const verdicts = sharedPath('corpus/dynamath_verdicts.json');
      const [first = '', ...others] = models;
      const whole = [
        'import',
        'dynamath',
        verdicts,
        '--verdicts',
        '--model',
        first,
        '--checkpoint',
        first,
        '--run',
        'seven',
      ];
      const place = ['--runs-root', 'runs', '--data-root', sharedPath('data')];
      const imported = await runCli([...whole, ...place], { cwd: folder.path });
      expect(imported.status, imported.stderr).toBe(0);
      const where = { run: 'seven', selection: 'dynamath', data: `dynamath=${sharedPath('data/dynamath')}` };
      for (const model of others)
        await importVerdictFile(folder.path, { ...where, model, checkpoint: model }, verdicts);
      const words = ['rate', '--runs-root', 'runs', '--from-runs', 'seven', '--out', 'out', '--json'];
      const { stdout, status } = await runCli(words, { cwd: folder.path });
      expect(status).toBe(0);
      const [found] = JSON.parse(stdout).benchmarks;
      expect(found).toMatchObject({ method: 'pass-rate', complete: true, problems: 501, answers: 35_070 });
      expect(found.agreement[0].between).toEqual(['responses (pass-rate)', 'level']);
      // Counted from the file itself: seeds that all models got right in all variants, and seeds that none ever did.
      const counts = seedScores(verdicts);
      const hardest = found.ratings
        .filter(({ rank }: { rank: number }) => rank === 1)
        .map(({ id }: { id: string }) => id);
      expect(hardest.length).toBe(counts.filter((score) => score === 0).length);
      expect(new Set(found.ratings.map(({ rating }: { rating: number }) => rating)).size).toBe(new Set(counts).size);

      const shifts = found.leave_one_out as { checkpoint: string; own: Shares; others: Shares }[];
      expect(shifts.map(({ checkpoint }) => checkpoint).sort()).toEqual([...models].sort());
      // Regression to the mean: without its own share every model loses on easy buckets and gains on hard ones.
      for (const { checkpoint, own, others } of shifts) {
        expect(others.easy.accuracy, checkpoint).toBeLessThan(own.easy.accuracy);
        expect(others.hard.accuracy, checkpoint).toBeGreaterThan(own.hard.accuracy);
      }
      const file = join(folder.path, 'out/dynamath/responses.json');
      const { set, leftOut } = await ratingsWithout(file, { name: 'GPT4o', fingerprint: null });
      expect(leftOut).toEqual(['GPT4o']);
      expect(set?.ratings.length).toBe(501);
    }, 120_000);
  },
);

type Shares = Record<'easy' | 'medium' | 'hard', { n: number; accuracy: number }>;

function seedScores(path: string): number[] {
  const byModel = JSON.parse(readFileSync(path, 'utf8')) as Record<string, number[][]>;
  return Array.from({ length: 501 }, (_, seed) =>
    models.reduce((sum, model) => sum + (byModel[model]?.[seed] ?? []).reduce((one, right) => one + right, 0), 0),
  );
}
