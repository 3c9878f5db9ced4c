import { describe, expect, test } from 'vitest';
import { evaluateGate, type GatedBenchmark } from '../../../src/analysis/gate/evaluate-gate.ts';
import type { GateRule } from '../../../src/analysis/gate/gate-rule.ts';
import { planGate } from '../../../src/analysis/gate/plan-gate.ts';
import type { SynthrlError } from '../../../src/core/errors.ts';
import type { Verdict } from '../../../src/core/grade.ts';
import { sampleKey } from '../../../src/core/response.ts';
import { normalCdf } from '../../../src/statistics/normal-cdf.ts';
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts';
import { createRandom } from '../../../src/statistics/random.ts';
import { makeProblem } from '../make-outcomes.ts';

/** A rule on accuracy by margin, changed where a test wants another. */
function rule(members: Partial<GateRule> = {}): GateRule {
  const bound = { kind: 'margin', amount: 0.02 } as const;
  return { name: undefined, metric: 'accuracy', on: 'each', part: undefined, bound, ...members };
}

function benchmark(name: string, older: readonly Verdict[], newer: readonly Verdict[]): GatedBenchmark {
  const problems = older.map((_, index) =>
    makeProblem({ id: `${index}`, facets: { half: [index % 2 ? 'odd' : 'even'] } }),
  );
  const side = (verdicts: readonly Verdict[]) =>
    new Map(verdicts.map((verdict, index) => [sampleKey(`${index}`, 0), verdict]));
  return { name, problems, repeat: 1, older: side(older), newer: side(newer), ratings: undefined };
}

function row(length: number, verdictAt: (index: number) => Verdict): Verdict[] {
  return Array.from({ length }, (_, index) => verdictAt(index));
}

const half = row(1000, (index) => (index % 2 ? 'correct' : 'incorrect'));
const worse = row(1000, (index) => (index % 2 && index > 120 ? 'correct' : 'incorrect'));
const decided = (rules: readonly GateRule[], benchmarks: readonly GatedBenchmark[]) =>
  evaluateGate({ alpha: 0.05, rules }, benchmarks);

describe('a gate', () => {
  test('passes what is shown to be no worse, breaks on what is shown to be worse, and says when it cannot tell', () => {
    expect(decided([rule()], [benchmark('a', half, half)]).decision).toBe('pass');
    expect(decided([rule()], [benchmark('a', half, worse)]).decision).toBe('regression');
    expect(decided([rule()], [benchmark('a', half.slice(0, 60), half.slice(0, 60))]).decision).toBe('cannot decide');
  });

  test('limits stay within what is possible, and there are none where everything is', () => {
    const [three, two] = [
      benchmark(
        'a',
        row(3, () => 'correct'),
        row(3, () => 'correct'),
      ),
      ['correct', 'incorrect'],
    ];
    const near = decided([rule()], [three]).rules[0];
    expect(near?.lower).toBeGreaterThanOrEqual(-1);
    expect(near?.upper).toBeLessThanOrEqual(1);
    const open = decided([rule()], [benchmark('a', two as Verdict[], two as Verdict[])]).rules[0];
    expect(open).toMatchObject({ decision: 'cannot decide', lower: null, upper: null });
    expect(open?.note).toContain('too few groups');
  });

  test('one regression outweighs passes; one open rule keeps the gate open', () => {
    const result = decided([rule()], [benchmark('a', half, half), benchmark('b', half, worse)]);
    expect(result.rules.map(({ scope, decision }) => [scope, decision])).toEqual([
      ['a', 'pass'],
      ['b', 'regression'],
    ]);
    expect(result.decision).toBe('regression');
    const open = decided([rule()], [benchmark('a', half, half), benchmark('b', ['correct'], ['correct'])]);
    expect(open.decision).toBe('cannot decide');
  });

  test('what is not settled neither passes nor breaks', () => {
    const unsettled = half.map((verdict, index): Verdict => (index < 120 ? 'failed' : verdict));
    expect(decided([rule()], [benchmark('a', half, unsettled)]).decision).toBe('cannot decide');
    expect(decided([rule()], [benchmark('a', unsettled, half)]).decision).toBe('cannot decide');
  });

  test('an average takes benchmarks as equals, and a part looks at nothing else', () => {
    const average = decided([rule({ on: 'average' })], [benchmark('a', half, worse), benchmark('b', half, half)]);
    expect(average.rules[0]).toMatchObject({ scope: 'average', newer: (0.44 + 0.5) / 2, older: 0.5 });
    const even = rule({ part: { kind: 'facet', facet: 'half', value: 'even' } });
    expect(decided([even], [benchmark('a', half, worse)]).rules[0]).toMatchObject({ n: 500, newer: 0, older: 0 });
  });

  test('a plan of the average: its error shrinks with the benchmarks, and a part that is not there needs problems', () => {
    const plan = (rules: readonly GateRule[], benchmarks: readonly GatedBenchmark[]) =>
      planGate({ alpha: 0.05, rules }, benchmarks).rules;
    const two = [benchmark('a', half, worse), benchmark('b', half, worse)];
    const [one, , average] = plan([rule(), rule({ on: 'average' })], two);
    expect(average?.scope).toBe('average');
    expect(average?.n).toBe(2000);
    expect(average?.detectable).toBeCloseTo((one?.detectable ?? 0) / Math.SQRT2, 12);
    const nothing = two.map((each) => ({ ...each, ratings: { set: { cuts: {} }, of: () => undefined } as never }));
    const [empty] = plan([rule({ on: 'average', part: { kind: 'bucket', bucket: 'hard' } })], nothing);
    expect(empty).toMatchObject({ n: 0, discordant: 0, detectable: expect.any(Number) });
    expect(empty?.needed).toBeGreaterThan(0);
  });

  test('floors, ceilings and counts', () => {
    const floor = (amount: number) => rule({ bound: { kind: 'at_least', amount } });
    const one = [benchmark('a', half, half)];
    expect(decided([floor(0.45)], one).decision).toBe('pass');
    expect(decided([floor(0.49)], one).decision).toBe('cannot decide');
    expect(decided([floor(0.55)], one).decision).toBe('regression');
    const formless = row(1000, (index) => (index < 50 ? 'no_answer' : 'correct'));
    const ceiling = (amount: number) => rule({ metric: 'no_answer', bound: { kind: 'at_most', amount } });
    expect(decided([ceiling(0.08)], [benchmark('a', half, formless)]).decision).toBe('pass');
    expect(decided([ceiling(0.02)], [benchmark('a', half, formless)]).decision).toBe('regression');
    const count = (amount: number) => rule({ metric: 'asked', bound: { kind: 'at_least', amount } });
    expect(decided([count(1000)], one).decision).toBe('pass');
    expect(decided([count(1001)], one).decision).toBe('cannot decide');
  });

  test('a floor of the average takes benchmarks as equals too, however large they are', () => {
    const small = row(200, (index) => (index % 10 ? 'correct' : 'incorrect'));
    const both = [benchmark('a', half, half), benchmark('b', small, small)];
    const floor = (amount: number) =>
      decided([rule({ on: 'average', bound: { kind: 'at_least', amount } })], both).rules[0];
    expect(floor(0.66)).toMatchObject({ scope: 'average', newer: 0.7, n: 1200, decision: 'pass' });
    expect(floor(0.69)?.decision).toBe('cannot decide');
    expect(floor(0.74)?.decision).toBe('regression');
    // Standard error: √(0.5²/1000 + 0.9 × 0.1/200) / 2.
    expect(0.7 - (floor(0.66)?.lower ?? 0)).toBeCloseTo(1.645 * 0.01322, 2);
    expect(floor(0.74)?.p).toBeCloseTo(normalCdf(-0.04 / 0.01322), 2);
    const perfect = row(500, () => 'correct');
    const all = decided(
      [rule({ on: 'average', bound: { kind: 'at_least', amount: 0.97 } })],
      [benchmark('a', perfect, perfect), benchmark('b', perfect, perfect)],
    );
    expect(all.rules[0]).toMatchObject({ newer: 1, decision: 'pass' });
    expect(all.rules[0]?.lower).toBeLessThan(1);
    // Of one benchmark it is the score test: z = (0.5 − 0.53) / √(0.53 × 0.47 / 1000).
    const one = decided([rule({ bound: { kind: 'at_least', amount: 0.53 } })], [benchmark('a', half, half)]);
    expect(one.rules[0]?.p).toBeCloseTo(normalCdf(-0.03 / Math.sqrt((0.53 * 0.47) / 1000)), 9);
  });

  test('a plan names what is not there, as the gate does', () => {
    const wrong = rule({ on: ['b'] });
    expect(() => planGate({ alpha: 0.05, rules: [wrong] }, [benchmark('a', half, half)])).toThrow(
      expect.objectContaining({ code: 'GATE_INVALID' }) as SynthrlError,
    );
  });

  test('a plan with several samples of each problem counts how far the sides differ, not only whether', () => {
    const problems = Array.from({ length: 400 }, (_, index) => makeProblem({ id: `${index}` }));
    const side = (right: (index: number, sample: number) => boolean) =>
      new Map(
        problems.flatMap(({ id }, index) =>
          [0, 1, 2, 3].map(
            (sample) => [sampleKey(id, sample), right(index, sample) ? 'correct' : 'incorrect'] as const,
          ),
        ),
      );
    const gated: GatedBenchmark = {
      name: 'a',
      problems,
      repeat: 4,
      newer: side((index, sample) => sample === 0 && index % 2 === 0),
      older: side((index, sample) => sample === 0 && index % 2 === 1),
      ratings: undefined,
    };
    // Every problem differs, by a quarter: the mean difference is no less sure than its variance of 1/16 says.
    expect(planGate({ alpha: 0.05, rules: [rule()] }, [gated]).rules[0]?.discordant).toBeCloseTo(1 / 16, 12);
  });

  test('a rule about what is not there is an error that says what is', () => {
    const wrong = [
      rule({ on: ['b'] }),
      rule({ part: { kind: 'bucket', bucket: 'hard' } }),
      rule({ part: { kind: 'facet', facet: 'half', value: 'none' } }),
    ];
    for (const one of wrong) {
      expect(() => decided([one], [benchmark('a', half, half)])).toThrow(
        expect.objectContaining({ code: 'GATE_INVALID' }) as SynthrlError,
      );
    }
  });
});

describe('calibration: 5,000 simulated pairs for each true difference', () => {
  const pairs = 5000;
  const problems = 500;
  const margin = 0.04;
  /** Share of pairs that are won or lost by chance alone, beside the true loss. */
  const noise = 0.06;
  const threeErrors = 3 * Math.sqrt((0.05 * 0.95) / pairs);

  /** How often the gate passes and breaks when the newer side truly loses `loss`; rows of one group share their fate. */
  function rates(loss: number, groupSize: number): { pass: number; broken: number } {
    const random = createRandom(`${loss} ${groupSize}`);
    const asked = Array.from({ length: problems }, (_, index) =>
      makeProblem({ id: `${index}`, group: `${Math.floor(index / groupSize)}` }),
    );
    const keys = asked.map(({ id }) => sampleKey(id, 0));
    let [pass, broken] = [0, 0];
    for (let pair = 0; pair < pairs; pair += 1) {
      const [newer, older]: Map<string, Verdict>[] = [new Map(), new Map()];
      let fate = 0;
      for (const [index, key] of keys.entries()) {
        if (index % groupSize === 0) fate = random();
        const lost = fate < noise + loss;
        const won = !lost && fate < 2 * noise + loss;
        newer?.set(key, won ? 'correct' : 'incorrect');
        older?.set(key, lost ? 'correct' : 'incorrect');
      }
      const gated = {
        name: 'a',
        problems: asked,
        repeat: 1,
        ratings: undefined,
        newer: newer ?? new Map(),
        older: older ?? new Map(),
      };
      const { decision } = decided([rule({ bound: { kind: 'margin', amount: margin } })], [gated]);
      if (decision === 'pass') pass += 1;
      if (decision === 'regression') broken += 1;
    }
    return { pass: pass / pairs, broken: broken / pairs };
  }

  /** Power of a one-sided 5 % test at `gap` from its margin, by the normal formula. */
  function power(gap: number, loss: number, groupSize: number): number {
    const error = Math.sqrt(((2 * noise + loss - loss * loss) * groupSize) / problems);
    return normalCdf(gap / error - normalQuantile(0.95));
  }

  test.each([1, 5])('in groups of %i', { timeout: 120_000 }, (groupSize) => {
    const table = [0, margin, 2 * margin].map((loss) => ({ loss, ...rates(loss, groupSize) }));
    const [none, at, beyond] = table;
    console.table(
      table.map((line) => ({ ...line, 'power by formula': power(Math.abs(margin - line.loss), line.loss, groupSize) })),
    );
    // False passes and false regressions stay at the level or below.
    expect(at?.pass).toBeLessThan(0.05 + threeErrors);
    expect(at?.broken).toBeLessThan(0.05 + threeErrors);
    expect(beyond?.pass).toBeLessThan(0.05 + threeErrors);
    expect(none?.broken).toBeLessThan(0.05 + threeErrors);
    // The formula takes the estimate as normal; smoothing and few groups cost a little.
    expect(Math.abs((none?.pass ?? 0) - power(margin, 0, groupSize))).toBeLessThan(0.06);
    expect(Math.abs((beyond?.broken ?? 0) - power(margin, 2 * margin, groupSize))).toBeLessThan(0.06);
  });
});
