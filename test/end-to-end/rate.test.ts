import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readBattlesCsv } from '../../src/difficulty/files/battles-csv.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { root, runCli, sampleData } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthrl-rate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function battles(name: string, ...rows: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, ['sample_a_id,sample_b_id,winner', ...rows, ''].join('\n'));
  return path;
}

const rate = (...words: string[]) => runCli(['rate', ...words], { cwd: folder });

describe('rate --battles', () => {
  test('rates what a file names, says what the battles leave open, and writes files that are read again', async () => {
    const file = battles('small.csv', 'a,b,sample_a', 'a,b,sample_a', '"c,1",d,tie');
    const { status, stdout, stderr } = await rate('--battles', file, '--out', 'small', '--json');
    expect(status).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ problems: 4, battles: 3, ties: 1, components: 2, method: 'battles', prior: 0.01 });
    expect(result.notes.join(' ')).toMatch(/2 groups that never met.*fewer than 8 battles/);
    expect(result.notes.join(' ')).toContain('1 rows say what an earlier row says');
    expect(stderr).toBe('');
    const [header, first] = readFileSync(join(folder, 'small', 'ratings.csv'), 'utf8').split('\n');
    expect(header).toBe('id,rating,rank,lower_ci,upper_ci,se,battles,p_easy,p_medium,p_hard');
    expect(first).toMatch(/^a,\d{4}\.\d+,1,/);
  });

  test('ties battles to the problems of a benchmark', async () => {
    const ids = ['1', '2', '3'];
    const file = battles(
      'mathverse.csv',
      `${ids[0]},${ids[1]},sample_b`,
      `${ids[1]},${ids[2]},sample_a`,
      '1,unknown,tie',
    );
    const { status, stdout } = await rate(
      'mathverse',
      '--battles',
      file,
      '--out',
      'mathverse',
      '--json',
      ...sampleData('mathverse'),
    );
    expect(status).toBe(0);
    const { notes, benchmark, files } = JSON.parse(stdout);
    expect(benchmark).toBe('mathverse');
    expect(notes.join(' ')).toContain(
      '1 ids are of no problem of mathverse (unknown); 1 battles with them are left out.',
    );
    expect(files.map((path: string) => path.slice(folder.length))).toContainEqual(
      expect.stringContaining('samples_with_ratings.json'),
    );
    const written = JSON.parse(readFileSync(join(folder, 'mathverse', 'samples_with_ratings.json'), 'utf8'));
    expect(Object.keys(written[0])).toEqual([
      'id',
      'image_path',
      'question',
      'answer',
      'dataset',
      'rating',
      'rank',
      'lower_ci',
      'upper_ci',
    ]);
  });

  test.each([
    ['no rows', []],
    ['a problem against itself', ['a,a,tie']],
    ['a winner that is none', ['a,b,draw']],
    ['an empty id', [',b,tie']],
    ['a row that is cut off', ['a,b']],
    ['a quote that never ends', ['"a,b,tie']],
  ])('%s ends with a sentence', async (name, rows) => {
    const { status, stderr } = await rate('--battles', battles(`${name}.csv`, ...rows), '--out', 'bad');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^BATTLES_INVALID: .*\.csv/);
  });

  test('battles that are ties alone are said to say nothing', async () => {
    const { stderr } = await rate('--battles', battles('ties.csv', 'a,b,tie', 'b,c,tie'), '--out', 'ties');
    expect(stderr).toContain('Every battle is a tie');
  });
});

describeShared('rate --battles on reference sets', ['corpus/battles_n500.csv', 'corpus/bt_ref_n500.csv'], () => {
  test('equal seeds give equal files; every battle counts', async () => {
    const file = sharedPath('corpus', 'battles_n500.csv');
    const words = ['--battles', file, '--bootstrap', '20', '--json', '--out'];
    const [once, again] = [await rate(...words, 'once'), await rate(...words, 'again')];
    expect([once.status, again.status]).toEqual([0, 0]);
    const text = (name: string) => readFileSync(join(folder, name, 'ratings.csv'), 'utf8');
    expect(text('once')).toBe(text('again'));
    const { battles: fought } = JSON.parse(once.stdout);
    expect(fought).toBe((await readBattlesCsv(file)).battles.length);
    const reference = readFileSync(sharedPath('corpus', 'bt_ref_n500.csv'), 'utf8').trim().split('\n').slice(1);
    const ours = new Map(
      text('once')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => [line.split(',')[0], Number(line.split(',')[1])]),
    );
    for (const line of reference) {
      const [id, , rating] = line.split(',');
      expect(Math.abs((ours.get(id) ?? Number.NaN) - Number(rating))).toBeLessThan(0.01);
    }
  });
});

describe('ratings beside the data', () => {
  test('are found where a judge left them; several must be named; a simulated judge is never taken unasked', async () => {
    const dataRoot = join(folder, 'found');
    cpSync(join(root, 'benchmarks/mathvision/sample'), join(dataRoot, 'mathvision'), { recursive: true });
    const ids = readFileSync(join(dataRoot, 'mathvision/test.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((row) => String(JSON.parse(row).id));
    const fought = battles('found.csv', ...ids.slice(1).map((id) => `${ids[0]},${id},sample_a`));
    const leave = (place: string) =>
      rate(
        'mathvision',
        '--battles',
        fought,
        '--data-root',
        dataRoot,
        '--out',
        join(dataRoot, 'mathvision/ratings', place),
      );
    const answers = join(folder, 'found.jsonl');
    writeFileSync(answers, ids.map((id) => `${JSON.stringify({ id, correct: true })}\n`).join(''));
    const words = [
      'import',
      'mathvision',
      answers,
      '--verdicts',
      '--run',
      'found',
      '--checkpoint',
      'a',
      '--json',
      '--data-root',
    ];
    const source = async () => {
      const { stdout } = await runCli([...words, dataRoot], { cwd: folder });
      const result = JSON.parse(stdout);
      return result.error?.code ?? result.code ?? result.checkpoints[0].benchmarks.mathvision.difficulty?.source;
    };
    expect((await leave('some-judge.simulated/cycles-seed0')).status).toBe(0);
    expect(await source()).toBeUndefined();
    await leave('some-judge/cycles-seed0');
    expect(await source()).toMatch(/^battles, [0-9a-f]{8}$/);
    await leave('other-judge/cycles-seed0');
    expect(JSON.stringify(await source())).toContain('DATA_AMBIGUOUS');
  }, 60_000);
});

const verdictFile = 'corpus/dynamath_verdicts.json';

describeShared('ratings from checkpoints that they then score', [verdictFile, 'data/dynamath'], () => {
  test('no checkpoint is scored on buckets that it helped to make', { timeout: 120_000 }, async () => {
    const bring = (model: string, ...more: string[]) => {
      const words = [
        'import',
        'dynamath',
        sharedPath(verdictFile),
        '--verdicts',
        '--model',
        model,
        '--checkpoint',
        model,
      ];
      return runCli([...words, '--run', 'models', '--data-root', sharedPath('data'), '--json', ...more], {
        cwd: folder,
      });
    };
    const models = ['GPT4o', 'claude3.5', 'llava1.5-7B', 'Qwen2-72B'];
    for (const model of models) expect((await bring(model)).status).toBe(0);
    const rated = await rate('--from-runs', 'models', '--out', 'by-answers', '--data-root', sharedPath('data'));
    expect(rated.status, rated.stderr).toBe(0);
    const named = ['--ratings', 'dynamath=by-answers/dynamath/ratings.json'];
    const { stdout } = await bring('GPT4o', ...named);
    const { checkpoints } = JSON.parse(stdout);
    const { difficulty } = checkpoints.find(({ name }: { name: string }) => name === 'GPT4o').benchmarks.dynamath;
    expect(difficulty.source).toMatch(/^pass-rate, [0-9a-f]{8}, without itself$/);
    expect(difficulty.buckets.easy.asked).toBeGreaterThan(0);
  });
});
