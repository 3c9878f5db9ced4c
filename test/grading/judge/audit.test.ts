import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import { ResponseJournal } from '../../../src/core/response-journal.ts';
import { type CheckpointDirectory, RunDirectory } from '../../../src/core/run-directory.ts';
import { gradeCheckpoint } from '../../../src/grading/grade-checkpoint.ts';
import type { Graded, Grader } from '../../../src/grading/grader.ts';
import { type Audit, auditCheckpoint } from '../../../src/grading/judge/audit-checkpoint.ts';
import type { Judge } from '../../../src/grading/judge/judge.ts';
import { createRandom } from '../../../src/statistics/random.ts';
import { problemWith } from '../problem-with.ts';
import { newFolder, openJudge, simulatedJudgeServer } from './judge-kit.ts';

const perGroup = 5;

/** Problems in groups; of few different contents, so that most judgements are there already. */
function makeProblems(count: number): Problem[] {
  return Array.from({ length: count }, (_, index) => {
    const content = index % 40;
    const problem = problemWith({ question: `Number ${content}?`, answer: String(content), policy: { type: 'free' } });
    return { ...problem, id: `p${index}`, group: `g${Math.floor(index / perGroup)}` };
  });
}

function writeResponses(
  checkpoint: CheckpointDirectory,
  problems: readonly Problem[],
  isRight: (at: number) => boolean,
) {
  const journal = new ResponseJournal(checkpoint, 'example', 's');
  for (const [at, { id, answer }] of problems.entries()) {
    const attempt = { problem: id, sample: 0, attempt: 1, session: 's', final: true, server: 'a', latencyMs: 1 };
    const text = `So \\boxed{${isRight(at) ? answer : `${answer}9`}}`;
    journal.append({ ...attempt, status: 'answered', text, finishReason: 'stop' });
  }
  journal.close();
}

/** Rules that err: harsh more often than kind, and now and then undecided. */
function erringGrader(
  random: () => number,
  { missed, invented, left }: Record<'missed' | 'invented' | 'left', number>,
): Grader {
  const gradeOne = (right: boolean): Graded => {
    const isLeft = random() < left;
    const errs = random() < (right ? missed : invented);
    const verdict = isLeft ? 'undecided' : right !== errs ? 'correct' : 'incorrect';
    return { verdict, rule: 'test', extracted: null };
  };
  return {
    mode: 'rules',
    version: 'erring/1',
    batchSize: 64,
    grade: async (items) => items.map(({ problem, text }) => gradeOne(text === `So \\boxed{${problem.answer}}`)),
    close: async () => undefined,
  };
}

async function auditOnce(
  judge: Judge,
  options: { seed: string; rows: number; size: number; accuracy: number; left?: number; drawSeed?: number },
): Promise<{ audit: Audit; checkpoint: CheckpointDirectory }> {
  const random = createRandom(options.seed);
  const checkpoint = new RunDirectory(newFolder(), 'run').checkpoint('global_step_8');
  const problems = makeProblems(options.rows);
  let common = false;
  const truth = problems.map((_, at) => {
    if (at % perGroup === 0) common = random() < options.accuracy;
    return random() < 0.5 ? common : random() < options.accuracy;
  });
  writeResponses(checkpoint, problems, (at) => truth[at] === true);
  const grader = erringGrader(random, { missed: 0.15, invented: 0.05, left: options.left ?? 0 });
  await gradeCheckpoint({ checkpoint, benchmark: 'example', problems, repeat: 1, grader });
  const audit = await auditCheckpoint({
    checkpoint,
    mode: 'rules',
    benchmarks: [{ name: 'example', problems }],
    judge,
    size: options.size,
    seed: options.drawSeed ?? 0,
  });
  return { audit, checkpoint };
}

test('the corrected interval covers the true accuracy at its nominal rate, over HTTP and files', async ({
  annotate,
}) => {
  const server = await simulatedJudgeServer();
  const judge = await openJudge(`${server.url}/v1`);
  const populations = 250;
  const accuracy = 0.6;
  let corrected = 0;
  let plain = 0;
  for (let index = 0; index < populations; index += 1) {
    const options = { seed: `population ${index}`, rows: 300, size: 80, accuracy, drawSeed: index };
    const { audit } = await auditOnce(judge, options);
    expect(audit.judged).toBe(80);
    const [low, high] = audit.corrected_interval ?? [0, 0];
    if (low <= accuracy && accuracy <= high) corrected += 1;
    if (Math.abs((audit.accuracy ?? 0) - accuracy) < (high - low) / 2) plain += 1;
  }
  void annotate(`corrected ${corrected} of ${populations}; uncorrected, as wide: ${plain}`);
  const allowance = 4 * Math.sqrt(0.95 * 0.05 * populations);
  expect(corrected).toBeGreaterThan(0.95 * populations - allowance);
  expect(corrected).toBeLessThanOrEqual(populations);
  expect(plain).toBeLessThan(corrected);
}, 60_000);

test('figures are of the checkpoint and of each benchmark; undecided answers are in the upper bound only', async () => {
  const server = await simulatedJudgeServer();
  const judge = await openJudge(`${server.url}/v1`);
  const { audit, checkpoint } = await auditOnce(judge, { seed: 'one', rows: 200, size: 60, accuracy: 0.5, left: 0.2 });
  expect(JSON.parse(readFileSync(checkpoint.audit('rules'), 'utf8'))).toEqual(audit);
  const { benchmarks, differences, ...figures } = audit;
  expect(benchmarks['example']).toMatchObject({ judged: 60, asked: 200, flips: figures.flips });
  expect(figures.decided).toBeLessThan(200);
  const open = (200 - figures.decided) / 200;
  expect((figures.upper ?? 0) - (figures.accuracy ?? 0)).toBeCloseTo(open, 12);
  expect((figures.corrected_upper ?? 0) - (figures.corrected_accuracy ?? 0)).toBeCloseTo(open, 12);
  expect(figures.corrected_interval?.[0]).toBeLessThan(figures.corrected_accuracy ?? 0);
  expect(figures.corrected_interval?.[1]).toBeGreaterThan(figures.corrected_upper ?? 1);
  expect(differences).toHaveLength(figures.flips.to_correct + figures.flips.to_incorrect);
  expect(figures.agreement).toBeCloseTo(1 - differences.length / 60, 12);
});

test('the draw depends on the seed alone, and asking for more than there is takes all', async () => {
  const server = await simulatedJudgeServer();
  const judge = await openJudge(`${server.url}/v1`);
  const base = { seed: 'two', rows: 60, accuracy: 0.5 };
  const one = (await auditOnce(judge, { ...base, size: 20 })).audit;
  expect((await auditOnce(judge, { ...base, size: 20 })).audit).toEqual(one);
  const spread = { ...base, rows: 300, size: 100 };
  const [first, second] = [
    (await auditOnce(judge, spread)).audit,
    (await auditOnce(judge, { ...spread, drawSeed: 9 })).audit,
  ];
  expect(first.differences).not.toEqual(second.differences);
  const places = first.differences.map(({ problem }) => Number(problem.slice(1)));
  expect(Math.min(...places)).toBeLessThan(100);
  expect(Math.max(...places)).toBeGreaterThan(200);
  const all = (await auditOnce(judge, { ...base, size: 1000 })).audit;
  expect(all).toMatchObject({ decided: 60, judged: 60 });
  const truth = (all.accuracy ?? 0) + (all.flips.to_correct - all.flips.to_incorrect) / 60;
  expect(all.corrected_accuracy).toBeCloseTo(truth, 12);
});

test('a judge that babbles or is away leaves samples unjudged, in no figure', async () => {
  const babbling = await openJudge(`${(await simulatedJudgeServer({ babbleRate: 0.7, seed: 2 })).url}/v1`);
  const { audit } = await auditOnce(babbling, { seed: 'three', rows: 200, size: 100, accuracy: 0.5 });
  expect(audit.unjudged).toBeGreaterThan(5);
  expect(audit.judged + audit.unjudged).toBe(100);
  const away = await openJudge('http://127.0.0.1:9/v1');
  const none = (await auditOnce(away, { seed: 'three', rows: 50, size: 20, accuracy: 0.5 })).audit;
  expect(none).toMatchObject({
    judged: 0,
    unjudged: 20,
    agreement: null,
    corrected_accuracy: null,
    corrected_interval: null,
  });
  expect(away.cost.failed).toBeGreaterThan(0);
});
