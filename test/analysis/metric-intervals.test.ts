import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summariseBenchmark } from '../../src/analysis/summarise-benchmark.ts';
import { type Verdict, verdicts as verdictNames } from '../../src/core/grade.ts';
import type { MetricInterval, MetricIntervals, Metrics } from '../../src/core/summary.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

type Leaf = MetricInterval & { value: number | null };

/** Every figure by its path; throws where the two trees differ in shape. */
function leaves(values: Metrics, intervals: MetricIntervals, path = ''): Map<string, Leaf> {
  expect(Object.keys(intervals)).toEqual(Object.keys(values));
  return new Map(
    Object.entries(values).flatMap(([name, value]): [string, Leaf][] => {
      const beside = intervals[name];
      if (value !== null && typeof value === 'object') {
        return [...leaves(value, beside as MetricIntervals, `${path}${name}.`)];
      }
      return [[`${path}${name}`, { ...(beside as MetricInterval), value }]];
    }),
  );
}

/** Groups of one composite with its parts, whose rows are variants too; one list of verdicts per row. */
type Rows = readonly (readonly (readonly Verdict[])[])[];

function figuresOf(groups: Rows, repeat: number): Map<string, Leaf> {
  const steps = ['one-step', 'one-step'];
  const problems = groups.flatMap((rows, group) =>
    rows.map((_, at) => {
      const step = at < rows.length - 1 ? (steps[at] ?? 'one-step') : rows.length === 3 ? 'two-step' : 'three-step';
      return makeProblem({ id: `${group}/${at}`, group: `${group}`, facets: { step: [step] } });
    }),
  );
  const given = groups.flatMap((rows, group) => rows.map((row, at) => [`${group}/${at}`, row] as const));
  const { metrics, metric_intervals } = summariseBenchmark({
    problems,
    repeat,
    verdicts: makeVerdicts(Object.fromEntries(given)),
    metrics: ['variants', 'four-dimensional'],
    crossFacets: [],
  });
  return leaves(metrics, metric_intervals);
}

const groupsOf = (verdict: fc.Arbitrary<Verdict>, repeat: number, size: { min: number; max: number }, most = 8) =>
  fc.array(
    fc.array(fc.array(verdict, { minLength: repeat, maxLength: repeat }), { minLength: size.min, maxLength: size.max }),
    { minLength: 1, maxLength: most },
  );

const isOpen = (verdict: Verdict) => ['undecided', 'timeout', 'failed'].includes(verdict);
const replaced = (groups: Rows, change: (verdict: Verdict) => Verdict): Rows =>
  groups.map((rows) => rows.map((row) => row.map(change)));

describe('metric_intervals', () => {
  test('every figure has n and an interval in [0, 1] that contains it; neither where it is undefined', () => {
    const drawn = fc
      .integer({ min: 1, max: 3 })
      .chain((repeat) =>
        fc.tuple(groupsOf(fc.constantFrom(...verdictNames), repeat, { min: 3, max: 4 }), fc.constant(repeat)),
      );
    fc.assert(
      fc.property(drawn, ([groups, repeat]) => {
        for (const [name, { value, n, interval }] of figuresOf(groups, repeat)) {
          if (value === null) expect(interval, name).toBeNull();
          if (value === null || (name === 'reasoning_robustness' && interval === null)) continue;
          expect(n, name).toBeGreaterThan(0);
          const [low, high] = interval ?? [2, -1];
          expect(0 <= low && low <= value + 1e-12 && value - 1e-12 <= high && high <= 1, name).toBe(true);
        }
      }),
    );
  });

  test('reasoning robustness has an interval wherever seeds have equally many variants', () => {
    fc.assert(
      fc.property(groupsOf(fc.constantFrom(...verdictNames), 2, { min: 3, max: 3 }), (groups) => {
        const ratio = figuresOf(groups, 2).get('reasoning_robustness');
        expect(ratio?.interval === null).toBe(ratio?.value === null);
      }),
    );
  });

  test('what is undecided only widens', () => {
    fc.assert(
      fc.property(groupsOf(fc.constantFrom(...verdictNames), 1, { min: 3, max: 3 }), (groups) => {
        const wide = figuresOf(groups, 1);
        for (const [name, { interval }] of figuresOf(
          replaced(groups, (verdict) => (isOpen(verdict) ? 'incorrect' : verdict)),
          1,
        )) {
          const [low, high] = interval ?? [1, 0];
          const [lower, higher] = wide.get(name)?.interval ?? [1, 0];
          expect(lower <= low && higher >= high, name).toBe(true);
        }
      }),
    );
  });

  test('covers every figure that open samples can lead to', () => {
    const few = fc.constantFrom<Verdict>('correct', 'correct', 'incorrect', 'incorrect', 'undecided');
    fc.assert(
      fc.property(groupsOf(few, 1, { min: 3, max: 3 }, 5), fc.array(fc.boolean()), (groups, ends) => {
        const bounded = figuresOf(groups, 1);
        let at = 0;
        const settled = replaced(groups, (verdict) => {
          if (!isOpen(verdict)) return verdict;
          at += 1;
          return ends[at - 1] === true ? 'correct' : 'incorrect';
        });
        for (const [name, { value, interval, n }] of figuresOf(settled, 1)) {
          const around = bounded.get(name);
          if (value === null || !around?.interval || !interval) continue;
          expect(around.interval[0] <= value && value <= around.interval[1], name).toBe(true);
          // Where the divisor is fixed and units are independent, its interval is covered too.
          if (!/\.(ik|ig|cm)$|worst_case|two_step/.test(name)) continue;
          expect(around.n).toBe(n);
          expect(around.interval[0] <= interval[0] && interval[1] <= around.interval[1], name).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
