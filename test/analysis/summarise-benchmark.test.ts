import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summariseBenchmark } from '../../src/analysis/summarise-benchmark.ts';
import { verdicts as verdictNames } from '../../src/core/grade.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

const plain = { repeat: 1, metrics: [], crossFacets: [] } as const;

describe('summariseBenchmark', () => {
  test('bounds the accuracy from both sides and covers both bounds', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    const given = [
      'correct',
      'correct',
      'correct',
      'incorrect',
      'incorrect',
      'no_answer',
      'undecided',
      'timeout',
    ] as const;
    const summary = summariseBenchmark({
      ...plain,
      problems: ids.map((id) => makeProblem({ id })),
      verdicts: makeVerdicts(Object.fromEntries(given.map((verdict, at) => [ids[at], [verdict]]))),
    });
    expect(summary).toEqual({
      asked: 10,
      correct: 3,
      incorrect: 2,
      no_answer: 1,
      undecided: 1,
      timeout: 1,
      failed: 2,
      accuracy: 0.3,
      upper: 0.7,
      interval: [wilsonInterval(0.3, 10)[0], wilsonInterval(0.7, 10)[1]],
      metrics: {},
      metric_intervals: {},
      facets: {},
    });
  });

  test('says null, not 0, where nothing was asked', () => {
    const summary = summariseBenchmark({
      ...plain,
      problems: [],
      verdicts: new Map(),
      metrics: ['variants', 'four-dimensional'],
    });
    expect(summary).toMatchObject({ asked: 0, accuracy: null, upper: null, interval: null });
    expect(summary.metrics['average']).toBeNull();
    expect(summary.metrics['strict']).toEqual({ score: null, ik: null, ig: null, cm: null, rm: null });
  });

  test('widens the interval where rows share a problem', () => {
    const problems = Array.from({ length: 200 }, (_, at) =>
      makeProblem({ id: `${at}`, group: `${Math.floor(at / 5)}` }),
    );
    const verdicts = makeVerdicts(
      Object.fromEntries(problems.map(({ id, group }) => [id, [Number(group) % 2 === 0 ? 'correct' : 'incorrect']])),
    );
    const clustered = summariseBenchmark({ ...plain, problems, verdicts }).interval ?? [0, 0];
    const apart = summariseBenchmark({
      ...plain,
      problems: problems.map((each) => ({ ...each, group: each.id })),
      verdicts,
    });
    expect(apart.interval).toEqual(wilsonInterval(0.5, 200));
    // 40 groups that agree within themselves: 39 observations after the small-sample correction.
    expect(clustered[0]).toBeCloseTo(wilsonInterval(0.5, 39)[0], 12);
    expect(clustered[1]).toBeCloseTo(wilsonInterval(0.5, 39)[1], 12);
  });

  test('keeps every breakdown: labels of one facet, several labels a row, combined facets, hostile names', () => {
    const problems = [
      makeProblem({ id: '1', facets: { subject: ['algebra'], level: ['2'], skills: ['logic', 'counting', 'logic'] } }),
      makeProblem({ id: '2', facets: { subject: ['algebra'], level: ['10'], skills: ['logic'] } }),
      makeProblem({ id: '3', facets: { subject: ['__proto__'], level: ['2'] } }),
    ];
    const summary = summariseBenchmark({
      ...plain,
      problems,
      verdicts: makeVerdicts({ 1: ['correct'], 2: ['incorrect'], 3: ['correct'] }),
      crossFacets: [['subject', 'level']],
    });
    const asked = Object.entries(summary.facets).map(([facet, labels]) => [
      facet,
      Object.entries(labels).map(([label, { correct, asked }]) => `${label} ${correct}/${asked}`),
    ]);
    expect(asked).toEqual([
      ['subject', ['__proto__ 1/1', 'algebra 1/2']],
      ['level', ['2 2/2', '10 0/1']],
      ['skills', ['counting 1/1', 'logic 1/2']],
      ['subject*level', ['__proto__*2 1/1', 'algebra*2 1/1', 'algebra*10 0/1']],
    ]);
    expect(JSON.stringify(summary.facets)).toContain('"__proto__":{"asked":1');
  });

  test('counts problems × samples and adds mean and pass@k', () => {
    const summary = summariseBenchmark({
      ...plain,
      repeat: 3,
      problems: [makeProblem({ id: 'x' }), makeProblem({ id: 'y' })],
      verdicts: makeVerdicts({ x: ['correct', 'incorrect', 'incorrect'], y: ['correct', 'correct', 'correct'] }),
    });
    expect(summary.asked).toBe(6);
    expect(summary.metrics['mean']).toBeCloseTo(4 / 6, 12);
    const passes = summary.metrics['pass_at_k'] as Record<string, number>;
    expect(Object.keys(passes)).toEqual(['1', '2', '3']);
    expect(passes['1']).toBeCloseTo((1 / 3 + 1) / 2, 12);
    expect(passes['2']).toBeCloseTo((2 / 3 + 1) / 2, 12);
    expect(passes['3']).toBe(1);
  });

  test('one sample per problem has no pass@k', () => {
    const summary = summariseBenchmark({ ...plain, problems: [makeProblem({ id: 'x' })], verdicts: new Map() });
    expect(summary.metrics).toEqual({});
    expect(summary.failed).toBe(1);
  });

  test('whatever the verdicts, the counts add up and the order accuracy ≤ upper within the interval holds', () => {
    const row = fc.record({
      group: fc.integer({ min: 0, max: 6 }),
      label: fc.constantFrom('a', 'b', '1'),
      verdict: fc.constantFrom(...verdictNames, undefined),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        const problems = rows.map(({ group, label }, at) =>
          makeProblem({ id: `${at}`, group: `${group}`, facets: { f: [label] } }),
        );
        const verdicts = makeVerdicts(
          Object.fromEntries(rows.flatMap(({ verdict }, at) => (verdict === undefined ? [] : [[`${at}`, [verdict]]]))),
        );
        const summary = summariseBenchmark({ ...plain, problems, verdicts });
        const parts = Object.values(summary.facets['f'] ?? {});
        for (const tally of [summary, ...parts]) {
          expect(verdictNames.reduce((sum, name) => sum + tally[name], 0)).toBe(tally.asked);
          const [low, high] = tally.interval ?? [2, -1];
          expect(
            low <= (tally.accuracy ?? -1) && (tally.accuracy ?? 2) <= (tally.upper ?? -1) && (tally.upper ?? 2) <= high,
          ).toBe(true);
        }
        for (const name of [...verdictNames, 'asked'] as const) {
          expect(parts.reduce((sum, tally) => sum + tally[name], 0)).toBe(summary[name]);
        }
      }),
    );
  });
});
