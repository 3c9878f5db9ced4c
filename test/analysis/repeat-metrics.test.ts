import { describe, expect, test } from 'vitest';
import { intervalsOf, valuesOf } from '../../src/analysis/figure.ts';
import { repeatMetrics } from '../../src/analysis/repeat-metrics.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

const near = ([low, high]: readonly [number, number]) => [expect.closeTo(low, 12), expect.closeTo(high, 12)];
const problems = [makeProblem({ id: 'x' }), makeProblem({ id: 'y' })];

describe('repeatMetrics', () => {
  test('n is samples for the mean and problems for pass@k; samples of one problem do not count as independent', () => {
    const verdicts = makeVerdicts({ x: ['correct', 'incorrect', 'incorrect'], y: ['correct', 'correct', 'correct'] });
    const figures = intervalsOf(repeatMetrics({ problems, repeat: 3, verdicts }));
    // Two problems at 1/3 and 1: SE = 1/3, so p(1−p)/SE² = (2/9)/(1/9) = 2.
    expect(figures['mean']).toEqual({ n: 6, interval: near(wilsonInterval(2 / 3, 2)) });
    expect(figures['pass_at_k']).toEqual({
      1: { n: 2, interval: near(wilsonInterval(2 / 3, 2)) },
      // At 2/3 and 1: SE = 1/6, (5/36)/(1/36) = 5.
      2: { n: 2, interval: near(wilsonInterval(5 / 6, 5)) },
      3: { n: 2, interval: near(wilsonInterval(1, 2)) },
    });
  });

  test('an open sample raises the high end only', () => {
    const verdicts = makeVerdicts({ x: ['incorrect', 'timeout'], y: ['incorrect', 'incorrect'] });
    const figures = repeatMetrics({ problems, repeat: 2, verdicts });
    expect(valuesOf(figures)).toEqual({ mean: 0, pass_at_k: { 1: 0, 2: 0 } });
    expect(intervalsOf(figures)['pass_at_k']).toEqual({
      // At 1/2 and 0: SE = 1/4, (3/16)/(1/16) = 3.
      1: { n: 2, interval: near([0, wilsonInterval(1 / 4, 3)[1]]) },
      // At 1 and 0: SE = 1/2, one observation.
      2: { n: 2, interval: near([0, wilsonInterval(1 / 2, 1)[1]]) },
    });
  });
});
