import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulatedJudge } from '../../src/simulator/judge/judge-settings.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { root, runCli, sampleData, startCli } from './run-cli.ts';

const rows = readFileSync(join(root, 'benchmarks/mathvision/sample/test.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; answer: string });

const key = 'sk-judge-secret';

/** A judge model behind a key, with the given faults. */
async function judgeServer(faults: Parameters<typeof simulatedJudge>[0] = {}) {
  const server = await startSimulator({
    model: 'judge-model',
    host: '127.0.0.1',
    port: 0,
    apiKeys: [key],
    judge: simulatedJudge(faults),
  });
  return { url: server.url, [Symbol.asyncDispose]: () => server.close() };
}

/** A run with responses of every kind: right, wrong, without an answer, and one that the rules cannot settle. */
async function importRun(folder: string, ...more: string[]) {
  const said = (answer: string, at: number) => {
    if (at === 0) return 'I cannot say.';
    if (at === 1) return 'So \\boxed{something like the reverse of it, but larger}';
    return `so \\boxed{${at % 3 === 0 ? '987654' : answer}}`;
  };
  const lines = rows.map(({ id, answer }, at) => JSON.stringify({ id, response: said(answer, at) }));
  writeFileSync(join(folder, 'a.jsonl'), `${lines.join('\n')}\n`);
  const words = ['import', 'mathvision', 'a.jsonl', '--run', 'r', '--checkpoint', 'global_step_5', ...more];
  return runCli([...words, ...sampleData('mathvision'), '--json'], {
    cwd: folder,
    env: { SYNTHRL_JUDGE_API_KEY: key },
  });
}

const checkpointOf = (folder: string) => join(folder, 'evaluation/runs/r/checkpoints/global_step_5');

test('judge, fallback and rules stand side by side; a second grading asks nothing; the key is written nowhere', async () => {
  using folder = temporaryFolder();
  await using server = await judgeServer();
  const env = { SYNTHRL_JUDGE_API_KEY: key, OPENAI_API_KEY: 'sk-of-another-role' };
  const grade = (...more: string[]) => runCli(['grade', 'r', '--json', ...more], { cwd: folder.path, env });
  const imported = await importRun(folder.path);
  expect(imported.stderr).not.toContain('bug');
  expect(imported.status).toBe(0);
  const rules = JSON.parse(imported.stdout).checkpoints[0].benchmarks.mathvision;

  const judged = await grade('--grading', 'judge', '--judge-server', server.url);
  expect(judged.stderr).toBe('');
  const first = JSON.parse(judged.stdout);
  expect(first.judge).toMatchObject({ model: 'judge-model', failed: 0, unusable: 0 });
  expect(first.judge.calls).toBeGreaterThan(rows.length);
  expect(first.checkpoints[0].benchmarks.mathvision).toMatchObject({ asked: rows.length, correct: rules.correct });

  const again = JSON.parse((await grade('--grading', 'judge', '--judge-server', server.url)).stdout);
  expect(again.judge).toMatchObject({ calls: 0, promptTokens: 0 });
  expect(again.judge.cacheHits).toBeGreaterThan(rows.length);
  expect(again.checkpoints).toEqual(first.checkpoints);

  const fallback = await grade('--judge-fallback', '--judge-server', server.url);
  const settled = JSON.parse(fallback.stdout);
  expect(settled.checkpoints[0].benchmarks.mathvision).toMatchObject({ undecided: 0, correct: rules.correct });
  expect(settled.judge.calls).toBeLessThanOrEqual(2 * rules.undecided);

  const official = JSON.parse((await grade('--grading', 'official')).stdout);
  expect(official.checkpoints[0].benchmarks.mathvision.correct).toBeGreaterThan(0);
  expect(official).not.toHaveProperty('judge');

  const checkpoint = checkpointOf(folder.path);
  const modes = ['rules', 'official', 'judge', 'fallback'];
  expect(readdirSync(join(checkpoint, 'grades')).sort()).toEqual([...modes].sort());
  for (const mode of modes) {
    const summary = JSON.parse(readFileSync(join(checkpoint, `summary.${mode}.json`), 'utf8'));
    expect(summary).toMatchObject({ mode, complete: true });
  }
  const page = readFileSync(join(folder.path, 'evaluation/runs/r/report/index.html'), 'utf8');
  for (const mode of modes) expect(page).toContain(`global_step_5 (${mode})`);
  expect(page).toContain('Simulated judge');

  const run = join(folder.path, 'evaluation/runs/r');
  const sessions = readFileSync(join(run, 'sessions.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // Only gradings that asked something are sessions.
  expect(sessions.map(({ command }) => command)).toEqual([
    'import',
    'grade',
    ...(settled.judge.calls > 0 ? ['grade'] : []),
  ]);
  expect(sessions[1].judge).toMatchObject({ server: `${server.url}/v1`, model: 'judge-model' });
  const judgements = readFileSync(join(run, 'judgements.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(judgements[0].session).toBe(sessions[1].session);
  for (const entry of readdirSync(run, { recursive: true, encoding: 'utf8', withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = readFileSync(join(entry.parentPath, entry.name), 'latin1');
    expect(content).not.toContain(key);
    expect(content).not.toContain('sk-of-another-role');
  }
}, 120_000);

test('the judge gets its own key and no other', async () => {
  using folder = temporaryFolder();
  await using server = await judgeServer();
  expect((await importRun(folder.path)).status).toBe(0);
  const words = ['grade', 'r', '--grading', 'judge', '--judge-server', server.url];
  const other = await runCli(words, { cwd: folder.path, env: { OPENAI_API_KEY: key } });
  expect(other.stderr).toContain('SERVER_UNAUTHORIZED: The judge');
  expect(other.stderr).toContain('SYNTHRL_JUDGE_API_KEY');
  expect(other.status).toBe(2);
}, 60_000);

test.for<[string[], RegExp]>([
  [['--grading', 'judge'], /USAGE: .*--judge-server/],
  [['--judge-fallback'], /USAGE: .*--judge-server/],
  [['--judge-audit', '5'], /USAGE: .*--judge-server/],
  [['--grading', 'judge', '--judge-fallback', '--judge-server', 'http://127.0.0.1:1'], /USAGE: .*--judge-fallback/],
  [['--grading', 'judge', '--judge-audit', '3', '--judge-server', 'http://127.0.0.1:1'], /USAGE: .*--judge-audit/],
  [['--grading', 'gpt'], /USAGE: .*one of rules, official, judge/],
  [['--grading', 'judge', '--judge-server', 'http://127.0.0.1:1'], /SERVER_UNREACHABLE: /],
])('%s is refused with a sentence, and nothing is written', { timeout: 60_000 }, async ([words, message]) => {
  using folder = temporaryFolder();
  const ended = await importRun(folder.path, ...words);
  expect(ended.stderr).toMatch(message);
  expect(ended.status).toBe(2);
  expect(existsSync(join(folder.path, 'evaluation/runs/r/run.json'))).toBe(false);
});

test('a judge that is away leaves answers undecided, never incorrect, and the command ends as incomplete', async () => {
  using folder = temporaryFolder();
  const env = { SYNTHRL_JUDGE_API_KEY: key };
  expect((await importRun(folder.path)).status).toBe(0);
  const away = [
    'grade',
    'r',
    '--grading',
    'judge',
    '--judge-server',
    'http://127.0.0.1:9',
    '--judge-model',
    'judge-model',
  ];
  const ended = await runCli([...away, '--json'], { cwd: folder.path, env });
  expect(ended.stderr).toMatch(/INCOMPLETE: The judge could not be asked/);
  expect(ended.status).toBe(3);
  const summary = JSON.parse(ended.stdout);
  expect(summary.complete).toBe(false);
  expect(summary.checkpoints[0].benchmarks.mathvision).toMatchObject({
    correct: 0,
    incorrect: 0,
    undecided: rows.length,
  });
  expect(summary.judge.failed).toBeGreaterThan(0);
  const written = JSON.parse(readFileSync(join(checkpointOf(folder.path), 'summary.judge.json'), 'utf8'));
  expect(written).toMatchObject({ complete: false, unjudged: rows.length });
  const table = await runCli(away, { cwd: folder.path, env });
  expect(table.stdout).toMatch(/INCOMPLETE: the judge could not be asked \d+ times; these answers are undecided/);
  // The same judge, back again: what was left is asked, and all is well.
  await using server = await judgeServer();
  const back = await runCli([...away.slice(0, 5), server.url, '--json'], { cwd: folder.path, env });
  expect(JSON.parse(back.stdout)).toMatchObject({ complete: true });
  expect(back.status).toBe(0);
}, 120_000);

test('an audit says how far the rules and the judge agree, and writes it', async () => {
  using folder = temporaryFolder();
  await using server = await judgeServer({ errorRate: 0.3, seed: 3 });
  const ended = await importRun(folder.path, '--judge-server', server.url, '--judge-audit', '20');
  expect(ended.status).toBe(0);
  const result = JSON.parse(ended.stdout);
  const audit = JSON.parse(readFileSync(join(checkpointOf(folder.path), 'audit.rules.json'), 'utf8'));
  expect(audit).toMatchObject({ mode: 'rules', judged: 20, unjudged: 0, draw: { size: 20, seed: 0 } });
  const flips = audit.flips.to_correct + audit.flips.to_incorrect;
  expect(flips).toBeGreaterThan(0);
  expect(audit.differences).toHaveLength(flips);
  expect(audit.agreement).toBeCloseTo(1 - flips / 20, 12);
  expect(audit.corrected_interval[0]).toBeLessThan(audit.corrected_accuracy);
  expect(result.audits[0]).toMatchObject({ name: 'global_step_5', judged: 20 });
  const table = await runCli(['grade', 'r', '--judge-server', server.url, '--judge-audit', '20'], {
    cwd: folder.path,
    env: { SYNTHRL_JUDGE_API_KEY: key },
  });
  expect(table.stdout).toContain('audit of global_step_5');
  expect(table.stdout).toContain('20 of');
  expect(table.stdout).toMatch(/judge judge-model \(SIMULATED.*\): 0 requests/);
}, 60_000);

test('eval-all judges each checkpoint while the sweep goes on, killed and resumed; another checkpoint shares its judgements', async () => {
  using folder = temporaryFolder();
  await using server = await judgeServer();
  for (const step of [10, 20]) {
    const model = join(folder.path, 'checkpoints/t', `global_step_${step}`);
    mkdirSync(model, { recursive: true });
    writeFileSync(join(model, 'config.json'), '{}');
  }
  const words = ['eval-all', 't', '--engine', 'simulator', '--benchmarks', 'wemath', '--grading', 'judge'];
  const judge = ['--judge-server', server.url, '--judge-connections', '2', '--json', ...sampleData('wemath')];
  const options = { cwd: folder.path, env: { SYNTHRL_JUDGE_API_KEY: key } };
  const started = startCli([...words, ...judge], options);
  const journal = join(folder.path, 'evaluation/runs/t/judgements.jsonl');
  for (let tries = 0; tries < 1000 && !existsSync(journal); tries += 1)
    await new Promise((done) => setTimeout(done, 10));
  started.child.kill('SIGKILL');
  await started.ended;
  const before = readFileSync(journal, 'utf8').split('\n').length - 1;
  expect(before).toBeGreaterThan(0);

  const ended = await runCli([...words, ...judge], options);
  expect(ended.status).toBe(0);
  const result = JSON.parse(ended.stdout);
  expect(result.checkpoints.map(({ name }: { name: string }) => name)).toEqual(['global_step_10', 'global_step_20']);
  expect(result.judge.cacheHits).toBeGreaterThanOrEqual(before);
  const lines = readFileSync(journal, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
  for (const { benchmarks } of result.checkpoints) {
    expect(benchmarks.wemath).toMatchObject({ undecided: 0, failed: 0 });
  }
}, 120_000);
