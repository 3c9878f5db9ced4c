import { expect, test } from 'vitest';
import { consistencyMetrics } from '../../src/analysis/consistency-metrics.ts';
import { type Figure, valuesOf } from '../../src/analysis/figure.ts';
import type { Verdict } from '../../src/core/grade.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

/** A set of two questions on figures 0 (without picture where `bare`) and 1. */
function setOf(group: string, bare: boolean) {
  return ['0', '1'].flatMap((figure) =>
    ['0', '1'].map((question) =>
      makeProblem({
        id: `${group}_${figure}_${question}`,
        group,
        images: bare && figure === '0' ? [] : [{ path: '/picture' }],
        facets: { figure: [figure], question: [question] },
      }),
    ),
  );
}

const problems = [...setOf('VD_chart_0', false), ...setOf('VS_chart_0', true)];
const all = (verdict: Verdict) => Object.fromEntries(problems.map(({ id }) => [id, [verdict]]));
const figuresOf = (verdicts: Record<string, readonly Verdict[]>, repeat = 1) =>
  consistencyMetrics({ problems, repeat, verdicts: makeVerdicts(verdicts) });

test('a question pair is right where it is right on every figure, a figure where every question on it is', () => {
  const verdicts = {
    ...all('correct'),
    VD_chart_0_1_0: ['incorrect'] as const,
    VS_chart_0_0_1: ['incorrect'] as const,
  };
  const figures = figuresOf(verdicts);
  // Pairs: of 4 the first of VD and the second of VS fail. Figures: of 3 with pictures the second of VD fails.
  expect(valuesOf(figures)).toEqual({ question_pair: 0.5, figure: 2 / 3 });
  expect((figures['question_pair'] as Figure).n).toBe(4);
  expect((figures['figure'] as Figure).n).toBe(3);
});

test('what is not settled widens the interval and counts as not right', () => {
  const open = figuresOf({ ...all('correct'), VD_chart_0_1_0: ['undecided'] })['question_pair'] as Figure;
  expect(open.value).toBe(0.75);
  expect(open.interval?.[1]).toBe(1);
});

test('each sample is a unit of its own, and nothing asked is nothing claimed', () => {
  const twice = Object.fromEntries(problems.map(({ id }) => [id, ['correct', 'incorrect'] as const]));
  expect(valuesOf(figuresOf(twice, 2))).toEqual({ question_pair: 0.5, figure: 0.5 });
  const nothing = consistencyMetrics({ problems: [], repeat: 1, verdicts: new Map() });
  expect(valuesOf(nothing)).toEqual({ question_pair: null, figure: null });
});
