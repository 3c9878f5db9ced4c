import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { eloPerLogit } from '../../src/difficulty/ratings/rating.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { buildAnswerKey } from '../../src/simulator/answer-key.ts';
import { simulatedJudge } from '../../src/simulator/judge/judge-settings.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { spearman } from '../../src/statistics/rank-correlation.ts';
import { imageStore, picture } from '../difficulty/battles/battle-kit.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runCli, startCli } from './run-cli.ts';

type Faults = NonNullable<Parameters<typeof simulatedJudge>[0]>['battles'];

/** Problems with a picture each in MATH-Vision's form, and a judge that knows how hard they are. */
async function stage(folder: string, count: number, faults: Faults) {
  const data = join(folder, 'data');
  mkdirSync(join(data, 'images'), { recursive: true });
  const rows: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    await picture(join(data, `images/${number}.png`), number);
    const image = `images/${number}.png`;
    const said = { question: `How large is angle ${number}?\n<image1>`, options: [], answer: '7', solution: null };
    rows.push(JSON.stringify({ id: String(number), ...said, level: 1, subject: 'algebra', image }));
  }
  writeFileSync(join(data, 'test.jsonl'), `${rows.join('\n')}\n`);
  const [selected] = parseSelections('mathvision', benchmarks);
  const { problems } = await loadProblems(selected!.benchmark, selected!.selection, { dataRoot: '', named: data });
  const answerKey = await buildAnswerKey({ problems, images: imageStore(folder), seed: 5, abilities: {} });
  let requests = 0;
  const log = (line: string) => {
    if (line.includes('/chat/completions')) requests += 1;
  };
  const judge = simulatedJudge({ battles: faults });
  const server = await startSimulator({
    model: 'judge',
    host: '127.0.0.1',
    port: 0,
    judge,
    answerKey,
    log,
    requestMs: 4,
  });
  const words = ['rate', 'mathvision', '--data', `mathvision=${data}`, '--min-pixels', '784', '--out', 'ratings'];
  return {
    words: [...words, '--judge-server', server.url, '--json'],
    difficulties: new Map(problems.map(({ id }, at) => [id, answerKey.entries[at]!.difficulty])),
    requests: () => requests,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

interface Battle {
  readonly key: string;
  readonly outcome: string;
  readonly attempts: number;
}

/** Whole lines of the journal. */
function journal(folder: string): Battle[] {
  const path = join(folder, 'ratings/battles.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Battle);
}

const window = 8;

describe('synthrl rate with a judge', () => {
  test('killed and run again, no battle is asked twice, and ratings follow the known difficulties as theory says', async () => {
    using folder = temporaryFolder();
    const faults = { positionBias: 1, tieShare: 0.05, noiseShare: 0.05, invalidShare: 0.05 };
    await using judge = await stage(folder.path, 60, faults);
    const words = [...judge.words, '--opponents', '16', '--judge-connections', String(window)];
    const started = startCli(words, { cwd: folder.path });
    while (journal(folder.path).length < 250) await sleep(10);
    const second = await runCli(words, { cwd: folder.path });
    expect(second.stderr).toContain('RUN_LOCKED');
    started.child.kill('SIGKILL');
    expect((await started.ended).signal).toBe('SIGKILL');
    await sleep(50);
    const before = journal(folder.path);
    expect(before.length).toBeLessThan(960);
    const attempts = (battles: readonly Battle[]) => battles.reduce((sum, battle) => sum + battle.attempts, 0);
    // What was in flight is lost: at most two requests for each of the window's battles.
    expect(judge.requests() - attempts(before)).toBeLessThanOrEqual(2 * window);
    const sentBefore = judge.requests();

    const resumed = await runCli(words, { cwd: folder.path });
    expect(resumed.stderr).not.toContain('bug');
    expect(resumed.status).toBe(0);
    const after = journal(folder.path);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(60 * 16);
    expect(new Set(after.map(({ key }) => key)).size).toBe(after.length);
    expect(judge.requests() - sentBefore).toBe(attempts(after) - attempts(before));

    const result = JSON.parse(resumed.stdout);
    const invalid = after.filter(({ outcome }) => outcome === 'invalid').length;
    expect(result).toMatchObject({
      problems: 60,
      battles: 960 - invalid,
      components: 1,
      missing: 0,
      complete: true,
      invalid,
    });
    const csv = readFileSync(join(folder.path, 'ratings/battles.csv'), 'utf8').trimEnd().split('\n');
    expect(csv[0]).toBe('sample_a_id,sample_b_id,winner');
    expect(csv).toHaveLength(1 + 960 - invalid);

    const rated = result.ratings as { id: string; rating: number; se: number }[];
    // Errors of variance SE² on ratings of variance S² leave a correlation with the truth of √(1 − SE²/S²) (Pearson);
    // between normal values, Spearman's is 6/π · asin(r/2). Its own error is about 1.1 (1 − ρ²)/√(n − 1).
    const truth = rated.map(({ id }) => judge.difficulties.get(id)!);
    const { rho } = spearman(
      truth,
      rated.map(({ rating }) => rating),
    );
    const noise = rated.reduce((sum, { se }) => sum + se ** 2, 0) / rated.length;
    const expected = (6 / Math.PI) * Math.asin(Math.sqrt(1 - noise / result.spread ** 2) / 2);
    expect(Math.abs(rho - expected)).toBeLessThan((4 * 1.1 * (1 - expected ** 2)) / Math.sqrt(59));
    expect(noise).toBeLessThan((0.6 * eloPerLogit) ** 2);

    // Coins and ties hide a tenth of the advantage.
    const { advantage, se } = result.position;
    expect(Math.abs(advantage - 0.9 * faults.positionBias)).toBeLessThan(4 * se);

    const sent = judge.requests();
    expect((await runCli(words, { cwd: folder.path })).status).toBe(0);
    expect(judge.requests()).toBe(sent);
    const other = await runCli([...words, '--design', 'random'], { cwd: folder.path });
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('BATTLES_CONFLICT');
    expect(other.stderr).toContain('design was "cycles" and is now "random"');
    expect(judge.requests()).toBe(sent);
  }, 120_000);

  test('a budget stops it, a dry run asks nothing, and an adaptive design goes on as it was drawn', async () => {
    using folder = temporaryFolder();
    await using judge = await stage(folder.path, 21, { tieShare: 0.1, invalidShare: 0.2 });
    const words = [...judge.words, '--design', 'cuts', '--opponents', '6', '--seed', '3'];
    const dry = await runCli([...words, '--dry-run', '--price-input', '2', '--price-output', '8'], {
      cwd: folder.path,
    });
    expect(dry.status).toBe(0);
    const forecast = JSON.parse(dry.stdout);
    expect(forecast).toMatchObject({ dry_run: true, problems: 21, calls: 126 });
    expect(forecast.cost).toBeCloseTo((2 * forecast.prompt_tokens + 8 * forecast.completion_tokens) / 1e6, 9);
    expect(dry.stderr).toContain('126 battles to ask');
    expect(existsSync(join(folder.path, 'ratings'))).toBe(false);
    expect(judge.requests()).toBe(0);
    const unnamed = words.filter((word, at) => word !== '--judge-server' && words[at - 1] !== '--judge-server');
    const anywhere = await runCli([...unnamed, '--dry-run'], { cwd: folder.path });
    expect(JSON.parse(anywhere.stdout)).toMatchObject({ calls: 126, prompt_tokens: forecast.prompt_tokens });

    let rounds: string[] = [];
    const statuses: (number | null)[] = [];
    for (let run = 0; run < 6 && statuses.at(-1) !== 0; run += 1) {
      const sent = judge.requests();
      const ended = await runCli([...words, '--max-calls', '45'], { cwd: folder.path });
      expect(judge.requests() - sent).toBeLessThanOrEqual(45);
      statuses.push(ended.status);
      const now = readFileSync(join(folder.path, 'ratings/rounds.jsonl'), 'utf8').trimEnd().split('\n');
      expect(now.slice(0, rounds.length)).toEqual(rounds);
      rounds = now;
      if (ended.status === 3) expect(ended.stderr).toContain('the budget of 45 requests is spent');
    }
    expect(statuses.slice(0, -1).every((status) => status === 3)).toBe(true);
    expect(statuses.at(-1)).toBe(0);
    expect(rounds).toHaveLength(6);
    expect(new Set(journal(folder.path).map(({ key }) => key)).size).toBe(126);

    const more = await runCli([...words.slice(0, -4), '--opponents', '8', '--seed', '3'], { cwd: folder.path });
    expect(more.status).toBe(0);
    expect(journal(folder.path)).toHaveLength(21 * 8);
  }, 120_000);

  test('a problem that cannot be shown leaves its battles open, and the others are rated', async () => {
    using folder = temporaryFolder();
    await using judge = await stage(folder.path, 9, {});
    const words = [...judge.words, '--opponents', '4'];
    rmSync(join(folder.path, 'data/images/3.png'));
    const first = await runCli(words, { cwd: folder.path });
    expect(first.status).toBe(3);
    const result = JSON.parse(first.stdout);
    expect(result).toMatchObject({ problems: 8, missing: 8, complete: false });
    expect(result.notes.join(' ')).toContain('8 battles could not be judged');
    expect(journal(folder.path).filter(({ outcome }) => outcome === 'failed')).toHaveLength(8);

    await picture(join(folder.path, 'data/images/3.png'), 3);
    const mended = await runCli(words, { cwd: folder.path });
    expect(mended.status).toBe(0);
    expect(JSON.parse(mended.stdout)).toMatchObject({ problems: 9, battles: 36, missing: 0 });
    expect(judge.requests()).toBe(36);
  }, 60_000);

  test('a judge that stops answering leaves the rest for another time', async () => {
    using folder = temporaryFolder();
    await using judge = await stage(folder.path, 30, {});
    const url = judge.words[judge.words.indexOf('--judge-server') + 1]!;
    const words = [...judge.words, '--opponents', '29', '--judge-connections', '4'];
    const started = startCli(words, { cwd: folder.path });
    while (journal(folder.path).length < 20) await sleep(10);
    await judge[Symbol.asyncDispose]();
    const ended = await started.ended;
    expect(ended.status).toBe(3);
    expect(ended.stderr).toContain('the judge cannot be asked');
    const outcomes = journal(folder.path).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'failed').length).toBeLessThanOrEqual(12);
    const again = await runCli(words, { cwd: folder.path });
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('SERVER_UNREACHABLE');
    expect(again.stderr).toContain(new URL(url).host);
  }, 60_000);
});
