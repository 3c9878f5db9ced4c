import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valuesOf } from '../../src/analysis/figure.ts';
import { fourDimensionalMetrics } from '../../src/analysis/four-dimensional-metrics.ts';
import type { Outcomes } from '../../src/analysis/outcomes.ts';
import type { Problem } from '../../src/core/problem.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

interface Case {
  /** Whether each one-step part is right. */
  parts: boolean[];
  whole: boolean;
}

function outcomes(cases: readonly Case[]) {
  const problems: Problem[] = [];
  const right: Record<string, ['correct'] | ['incorrect']> = {};
  const add = (group: string, key: string, step: string, isRight: boolean) => {
    problems.push(makeProblem({ id: `${group}@${key}`, group, facets: { step: [step] } }));
    right[`${group}@${key}`] = [isRight ? 'correct' : 'incorrect'];
  };
  for (const [at, { parts, whole }] of cases.entries()) {
    for (const [part, isRight] of parts.entries()) add(`${at}`, `${part}`, 'one-step', isRight);
    add(`${at}`, 'multi', parts.length === 2 ? 'two-step' : 'three-step', whole);
  }
  return { problems, repeat: 1, verdicts: makeVerdicts(right) };
}

const metricsOf = (given: Outcomes) => valuesOf(fourDimensionalMetrics(given));

const [yes, no] = [true, false];

describe('fourDimensionalMetrics', () => {
  test.for([
    { parts: [yes, yes], whole: yes, strict: 'cm', loose: 'cm' },
    { parts: [yes, no], whole: yes, strict: 'rm', loose: 'cm' },
    { parts: [no, no], whole: yes, strict: 'rm', loose: 'rm' },
    { parts: [yes, yes], whole: no, strict: 'ig', loose: 'ig' },
    { parts: [yes, no], whole: no, strict: 'ik', loose: 'ik' },
    { parts: [no, no], whole: no, strict: 'ik', loose: 'ik' },
    { parts: [yes, yes, yes], whole: yes, strict: 'cm', loose: 'cm' },
    { parts: [no, no, yes], whole: yes, strict: 'rm', loose: 'cm' },
    { parts: [no, no, no], whole: yes, strict: 'rm', loose: 'rm' },
    { parts: [yes, yes, yes], whole: no, strict: 'ig', loose: 'ig' },
    { parts: [yes, no, yes], whole: no, strict: 'ik', loose: 'ik' },
    { parts: [no, no, no], whole: no, strict: 'ik', loose: 'ik' },
  ] as const)('parts $parts and whole $whole: $strict strict, $loose loose', ({ parts, whole, strict, loose }) => {
    const metrics = metricsOf(outcomes([{ parts: [...parts], whole }]));
    const expected = (cell: 'cm' | 'rm' | 'ig' | 'ik') => ({
      score: cell === 'cm' ? 1 : cell === 'ig' ? 0.5 : 0,
      ik: cell === 'ik' ? 1 : 0,
      ig: cell === 'ig' ? 1 : 0,
      cm: cell === 'cm' ? 1 : 0,
      rm: cell === 'cm' ? 0 : cell === 'rm' ? 1 : null,
    });
    expect(metrics['strict']).toEqual(expected(strict));
    expect(metrics['loose']).toEqual(expected(loose));
  });

  test('a mixed set: shares, scores, rote memorisation among the right ones, accuracy by step', () => {
    const metrics = metricsOf(
      outcomes([
        { parts: [yes, yes], whole: yes },
        { parts: [yes, no], whole: yes },
        { parts: [yes, yes, yes], whole: no },
        { parts: [no, no, no], whole: yes },
      ]),
    );
    expect(metrics).toEqual({
      strict: { score: 1.5 / 4, ik: 0, ig: 0.25, cm: 0.25, rm: 2 / 3 },
      loose: { score: 2.5 / 4, ik: 0, ig: 0.25, cm: 0.5, rm: 1 / 3 },
      one_step: 6 / 10,
      two_step: 1,
      three_step: 0.5,
    });
  });

  test('leaves out a composite whose parts were not all selected, but counts its rows by step', () => {
    const { problems, ...rest } = outcomes([
      { parts: [yes, yes], whole: yes },
      { parts: [yes, yes, yes], whole: no },
    ]);
    const cut = problems.filter(({ id }) => id !== '1@2');
    expect(metricsOf({ ...rest, problems: cut })).toMatchObject({
      strict: { score: 1, ig: 0 },
      three_step: 0,
      one_step: 1,
    });
    expect(metricsOf({ ...rest, problems: problems.filter(({ id }) => id.endsWith('multi')) })).toEqual({
      strict: { score: null, ik: null, ig: null, cm: null, rm: null },
      loose: { score: null, ik: null, ig: null, cm: null, rm: null },
      one_step: null,
      two_step: 1,
      three_step: 0,
    });
  });

  test('IK + IG + CM + RM = 1 in both modes; the modes share IK and IG; loose never scores below strict', () => {
    const one = fc.record({
      parts: fc.oneof(
        fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      ),
      whole: fc.boolean(),
    });
    type Mastery = { score: number; ik: number; ig: number; cm: number; rm: number | null };
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (cases) => {
        const metrics = metricsOf(outcomes(cases));
        const [strict, loose] = [metrics['strict'], metrics['loose']] as [unknown, unknown] as [Mastery, Mastery];
        for (const { ik, ig, cm, rm, score } of [strict, loose]) {
          // rm is a share of the right composites: RM = rm/(1−rm) × CM, or all that is left where nothing was mastered.
          const memorised = rm === null ? 0 : rm === 1 ? 1 - ik - ig - cm : (rm / (1 - rm)) * cm;
          expect(ik + ig + cm + memorised).toBeCloseTo(1, 9);
          expect(score).toBeCloseTo(1 - 0.5 * ig - ik - memorised, 9);
          if (rm === null) expect(cm).toBe(0);
        }
        expect(loose.ik).toBe(strict.ik);
        expect(loose.ig).toBe(strict.ig);
        expect(loose.score).toBeGreaterThanOrEqual(strict.score);
      }),
    );
  });
});
