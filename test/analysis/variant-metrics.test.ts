import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { summariseBenchmark } from '../../src/analysis/summarise-benchmark.ts';
import { variantMetrics } from '../../src/analysis/variant-metrics.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

const seeds = (count: number, variants: number) =>
  Array.from({ length: count * variants }, (_, at) =>
    makeProblem({ id: `${at}`, group: `${Math.floor(at / variants)}`, facets: { variant: [`${at % variants}`] } }),
  );

describe('variantMetrics', () => {
  test('a seed counts as right only with every variant right', () => {
    const verdicts = makeVerdicts({
      0: ['correct'],
      1: ['correct'],
      2: ['correct'],
      3: ['undecided'],
      4: ['incorrect'],
    });
    const metrics = variantMetrics({ problems: seeds(3, 2), repeat: 1, verdicts });
    expect(metrics['average']).toBe(0.5);
    expect(metrics['worst_case']).toBe(1 / 3);
    expect(metrics['reasoning_robustness']).toBeCloseTo(2 / 3, 12);
  });

  test('takes samples one by one: right in turn is not right at once', () => {
    const verdicts = makeVerdicts({ 0: ['correct', 'incorrect'], 1: ['incorrect', 'correct'] });
    const metrics = variantMetrics({ problems: seeds(1, 2), repeat: 2, verdicts });
    expect(metrics).toEqual({ average: 0.5, worst_case: 0, reasoning_robustness: 0 });
  });

  test('judges a cut seed by the variants that were selected; no robustness without a right answer', () => {
    const problems = seeds(2, 3).slice(0, 4);
    expect(variantMetrics({ problems, repeat: 1, verdicts: makeVerdicts({ 3: ['correct'] }) })['worst_case']).toBe(0.5);
    expect(variantMetrics({ problems, repeat: 1, verdicts: new Map() })).toEqual({
      average: 0,
      worst_case: 0,
      reasoning_robustness: null,
    });
  });
});

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
    const [low, high] = summary.interval ?? [0, 0];
    // Ten variants of one seed are far from ten observations: Wilson on all rows would be 2.7 points wide or less.
    if (model !== 'llava1.5-7B') expect(high - low).toBeGreaterThan(0.05);
  });
});
