import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { intervalsOf, valuesOf } from '../../src/analysis/figure.ts';
import type { Outcomes } from '../../src/analysis/outcomes.ts';
import { summariseBenchmark } from '../../src/analysis/summarise-benchmark.ts';
import { variantMetrics } from '../../src/analysis/variant-metrics.ts';
import type { MetricInterval } from '../../src/core/summary.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

const seeds = (count: number, variants: number) =>
  Array.from({ length: count * variants }, (_, at) =>
    makeProblem({ id: `${at}`, group: `${Math.floor(at / variants)}`, facets: { variant: [`${at % variants}`] } }),
  );

const metricsOf = (outcomes: Outcomes) => valuesOf(variantMetrics(outcomes));

describe('variantMetrics', () => {
  test('a seed counts as right only with every variant right', () => {
    const verdicts = makeVerdicts({
      0: ['correct'],
      1: ['correct'],
      2: ['correct'],
      3: ['undecided'],
      4: ['incorrect'],
    });
    const metrics = metricsOf({ problems: seeds(3, 2), repeat: 1, verdicts });
    expect(metrics['average']).toBe(0.5);
    expect(metrics['worst_case']).toBe(1 / 3);
    expect(metrics['reasoning_robustness']).toBeCloseTo(2 / 3, 12);
  });

  test('takes samples one by one: right in turn is not right at once', () => {
    const verdicts = makeVerdicts({ 0: ['correct', 'incorrect'], 1: ['incorrect', 'correct'] });
    const metrics = metricsOf({ problems: seeds(1, 2), repeat: 2, verdicts });
    expect(metrics).toEqual({ average: 0.5, worst_case: 0, reasoning_robustness: 0 });
  });

  test('judges a cut seed by the variants that were selected; no robustness without a right answer', () => {
    const problems = seeds(2, 3).slice(0, 4);
    expect(metricsOf({ problems, repeat: 1, verdicts: makeVerdicts({ 3: ['correct'] }) })['worst_case']).toBe(0.5);
    expect(metricsOf({ problems, repeat: 1, verdicts: new Map() })).toEqual({
      average: 0,
      worst_case: 0,
      reasoning_robustness: null,
    });
  });

  test('intervals cover what open samples may still become', () => {
    const verdicts = makeVerdicts({
      0: ['correct'],
      1: ['correct'],
      2: ['correct'],
      3: ['undecided'],
      4: ['incorrect'],
    });
    const problems = seeds(3, 2);
    const summary = summariseBenchmark({ problems, repeat: 1, verdicts, metrics: ['variants'], crossFacets: [] });
    const { average, worst_case, reasoning_robustness } = summary.metric_intervals;
    expect(average).toEqual({ n: 6, interval: summary.interval });
    // One seed of three is right, and two may be.
    expect(worst_case).toEqual({ n: 3, interval: [wilsonInterval(1 / 3, 3)[0], wilsonInterval(2 / 3, 3)[1]] });
    // Right variants weigh 1, 1/2 and 0 seeds: 1 of 1.5, worth 9/8 observations. Least: 1 of 2 where the failed variant
    // is right but the undecided one is not. Most: 2 of 2 the other way round.
    const [low, high] = [wilsonInterval(0.5, 16 / 9)[0], wilsonInterval(1, 2)[1]];
    expect(reasoning_robustness).toEqual({
      n: 3,
      interval: [expect.closeTo(low, 12), expect.closeTo(high, 12)],
    });
  });

  test('the ratio is bounded by its seeds with a right variant; none without one, or above 1 in cut seeds', () => {
    const problems = seeds(100, 10);
    const one = variantMetrics({ problems, repeat: 1, verdicts: makeVerdicts(wrongBut(problems.length, [7])) });
    expect(intervalsOf(one)['reasoning_robustness']).toEqual({
      n: 100,
      interval: [0, expect.closeTo(wilsonInterval(0, 0.1)[1], 12)],
    });
    const none = variantMetrics({ problems, repeat: 1, verdicts: makeVerdicts(wrongBut(problems.length, [])) });
    expect(intervalsOf(none)['reasoning_robustness']).toEqual({ n: 100, interval: null });
    const cut = variantMetrics({
      problems: problems.slice(0, 11),
      repeat: 1,
      verdicts: makeVerdicts(wrongBut(11, [10])),
    });
    expect(valuesOf(cut)['reasoning_robustness']).toBeCloseTo(5.5, 12);
    expect(intervalsOf(cut)['reasoning_robustness']).toEqual({ n: 2, interval: null });
  });
});

const wrongBut = (count: number, right: readonly number[]) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${at}`, [right.includes(at) ? 'correct' : 'incorrect']] as const),
  );

/** Half the width of the plain delta interval for the ratio of two means over seeds. */
function deltaHalfWidth(rows: readonly (readonly number[])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const all = rows.map((row) => (row.every((right) => right === 1) ? 1 : 0));
  const part = rows.map(mean);
  const [worst, average] = [mean(all), mean(part)];
  const squares = rows.map((_, at) => {
    const [whole = 0, share = 0] = [all[at], part[at]];
    return ((whole - worst) / average - (worst / average ** 2) * (share - average)) ** 2;
  });
  return 1.96 * Math.sqrt(mean(squares) / rows.length);
}

const file = 'corpus/dynamath_verdicts.json';

describeShared('published DynaMath verdicts', [file], () => {
  test.for([
    ['GPT4o', 0.6333, 0.3473, 0.548],
    ['claude3.5', 0.6483, 0.3573, undefined],
    ['Gemini1.5-Pro', 0.604, 0.2715, undefined],
    ['Qwen2-72B', 0.5511, 0.2854, undefined],
    ['llava1.5-7B', 0.1639, 0.018, undefined],
  ] as const)('%s: average %f, worst case %f', ([model, average, worst, robustness]) => {
    const published = JSON.parse(readFileSync(sharedPath(file), 'utf8')) as Record<string, number[][]>;
    const rows = published[model] ?? [];
    const verdicts = makeVerdicts(
      Object.fromEntries(rows.flat().map((right, at) => [`${at}`, [right === 1 ? 'correct' : 'incorrect']])),
    );
    const problems = seeds(501, 10);
    const summary = summariseBenchmark({ problems, repeat: 1, verdicts, metrics: ['variants'], crossFacets: [] });
    expect(summary.asked).toBe(5010);
    expect(summary.metrics['average']).toBe(summary.accuracy);
    expect(summary.metrics['average']).toBeCloseTo(average, 4);
    expect(summary.metrics['worst_case']).toBeCloseTo(worst, 4);
    if (robustness !== undefined) expect(summary.metrics['reasoning_robustness']).toBeCloseTo(robustness, 3);
    expect(summary.metric_intervals['average']).toEqual({ n: 5010, interval: summary.interval });
    expect(summary.metric_intervals['worst_case']).toEqual({
      n: 501,
      interval: wilsonInterval(summary.metrics['worst_case'] as number, 501),
    });
    const ratio = summary.metric_intervals['reasoning_robustness'] as unknown as MetricInterval;
    expect(ratio.n).toBe(501);
    const width = (ratio.interval?.[1] ?? 0) - (ratio.interval?.[0] ?? 0);
    expect(width / (2 * deltaHalfWidth(rows))).toBeGreaterThan(1);
    expect(width / (2 * deltaHalfWidth(rows))).toBeLessThan(1.12);
    const [low, high] = summary.interval ?? [0, 0];
    // Ten variants of one seed are far from ten observations: Wilson on all rows would be 2.7 points wide or less.
    if (model !== 'llava1.5-7B') expect(high - low).toBeGreaterThan(0.05);
  });
});
