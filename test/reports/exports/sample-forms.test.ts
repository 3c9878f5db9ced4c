import { expect, test } from 'vitest';
import type { Grade, Verdict } from '../../../src/core/grade.ts';
import { type Response, sampleKey } from '../../../src/core/response.ts';
import type { GradedSamples } from '../../../src/reports/exports/graded-samples.ts';
import { inspectLog, inspectLogName } from '../../../src/reports/exports/inspect-log.ts';
import { synthrlMetrics, synthrlResults } from '../../../src/reports/exports/synthrl-results.ts';
import { synthrlTables } from '../../../src/reports/exports/synthrl-tables.ts';
import { makeProblem } from '../../analysis/make-outcomes.ts';
import { hostileText, richRun } from '../make-run.ts';

const verdicts: readonly Verdict[] = ['correct', 'correct', 'incorrect', 'no_answer', 'undecided', 'timeout', 'failed'];
const hostile = `${hostileText} \ud800 \u001b[31m`;

function samplesOf(members: Partial<GradedSamples> = {}): GradedSamples {
  const problems = verdicts.map((_, at) =>
    makeProblem({
      id: `p${at}`,
      benchmark: 'mathvision',
      prompt: hostile,
      answer: hostile,
      facets: { subject: [at < 3 ? 'algebra' : '__proto__'] },
    }),
  );
  const grades = verdicts.map(
    (verdict, at): Grade => ({ problem: `p${at}`, sample: 0, verdict, rule: 'r', extracted: null, grader: 'rules/2' }),
  );
  const attempt = { sample: 0, attempt: 1, session: 's', final: true, server: '', latencyMs: 5 };
  const responses = verdicts.map(
    (verdict, at): Response =>
      verdict === 'failed'
        ? { ...attempt, problem: `p${at}`, status: 'failed', error: { code: 'timeout', message: hostile } }
        : { ...attempt, problem: `p${at}`, status: 'answered', text: ` ${hostile} `, finishReason: 'length' },
  );
  return {
    run: richRun(1),
    checkpoint: 'global_step_16',
    step: 16,
    benchmark: 'mathvision',
    mode: 'rules',
    grader: 'rules/2',
    grades,
    problems: new Map(problems.map((problem) => [problem.id, problem])),
    responses: new Map(responses.map((response) => [sampleKey(response.problem, 0), response])),
    difficulty: undefined,
    levelOf: () => undefined,
    ...members,
  };
}

test('a result file of the original: every sample keeps its row, and metrics are those of its script', () => {
  const file = JSON.parse([...synthrlResults(samplesOf())].join(''));
  expect(Object.keys(file)).toEqual(['results', 'metrics', 'config']);
  expect(file.results.map((row: { correct: boolean }) => row.correct)).toEqual(
    verdicts.map((one) => one === 'correct'),
  );
  expect(file.results[6]).toMatchObject({ prediction: null, accuracy: 0, verdict: 'failed' });
  expect(file.results[0].prediction).toBe(hostile.replace('\ud800', '\ufffd'));
  expect(file.metrics.accuracy).toBe(2 / 7);
  expect(Object.entries(file.metrics.sub_accuracies)).toEqual([
    ['algebra', 2 / 3],
    ['__proto__', 0],
  ]);
  expect(file.config).toMatchObject({
    temperature: 0,
    max_tokens: 2048,
    synthrl: { asked: 7, failed: 1, simulated: true },
  });
});

test('ratings replace other parts, as there', () => {
  const level = (at: number) => ({ rating: 900 + 100 * at, rank: at, level: at < 3 ? 'easy' : 'hard' }) as const;
  const metrics = synthrlMetrics(samplesOf({ levelOf: ({ id }) => level(Number(id.slice(1))) }));
  expect(metrics.sub_accuracies).toEqual({ easy: 2 / 3, hard: 0 });
});

test('the four tables of a model, with gaps, without Geometry3K', () => {
  const metrics = (accuracy: number, hard?: number) => ({
    accuracy,
    ...(hard === undefined ? {} : { sub_accuracies: { hard } }),
  });
  const tables = synthrlTables('tag', [
    { step: 32, benchmarks: new Map([['wemath', metrics(0.5)]]) },
    {
      step: 8,
      benchmarks: new Map([
        ['wemath', metrics(0.25, 0.125)],
        ['mathvista', metrics(0.75)],
        ['geo3k', metrics(1)],
      ]),
    },
  ]);
  expect(Object.fromEntries(tables)).toEqual({
    'tag_results.csv': 'step,wemath,mathvista,average\n8,0.25,0.75,0.5\n32,0.5,,0.5\n',
    'tag_results_hard.csv': 'step,wemath,average\n8,0.125,0.125\n32,,\n',
    'tag_results_medium.csv': 'step\n8\n32\n',
    'tag_results_easy.csv': 'step\n8\n32\n',
  });
});

test('a log of Inspect: marks, errors and the same accuracy', () => {
  const samples = samplesOf();
  const text = [...inspectLog(samples)].join('');
  const log = JSON.parse(text);
  expect(text).not.toMatch(/\\ud[89a-f]/);
  expect(inspectLogName(samples)).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-00-00_mathvision_[0-9a-f]{22}\.json$/);
  expect(log).toMatchObject({
    version: 2,
    status: 'error',
    eval: { tags: ['rules', 'simulated'], dataset: { samples: 7 } },
  });
  expect(log.results.scores[0]).toMatchObject({ scored_samples: 6, unscored_samples: 1 });
  expect(log.results.scores[0].metrics).toMatchObject({ accuracy: { value: 2 / 7 }, upper: { value: 5 / 7 } });
  const scored = log.samples.map(
    (sample: { scores: Record<string, { value: string }> }) => sample.scores['synthrl']?.value,
  );
  expect(scored).toEqual(['C', 'C', 'I', 'N', 'N', 'N', undefined]);
  expect(log.samples[6].error.message).toContain('timeout: ');
  expect(log.samples[0].output.choices[0].stop_reason).toBe('max_tokens');
});

test('equal runs give equal logs', () => {
  expect([...inspectLog(samplesOf())].join('')).toBe([...inspectLog(samplesOf())].join(''));
});
