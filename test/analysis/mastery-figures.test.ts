import { describe, expect, test } from 'vitest';
import { compositeSamples } from '../../src/analysis/composites.ts';
import { intervalsOf, valuesOf } from '../../src/analysis/figure.ts';
import { masteryFigures } from '../../src/analysis/mastery-figures.ts';
import type { Verdict } from '../../src/core/grade.ts';
import { type Interval, wilsonInterval } from '../../src/statistics/wilson-interval.ts';
import { makeProblem, makeVerdicts } from './make-outcomes.ts';

const [yes, no, open] = ['correct', 'incorrect', 'undecided'] as const;

/** One composite of two parts for each case: its parts' verdicts, then its own. */
function strictFigures(cases: readonly (readonly [Verdict, Verdict, Verdict])[]) {
  const problems = cases.flatMap((_, at) =>
    ['one-step', 'one-step', 'two-step'].map((step, place) =>
      makeProblem({ id: `${at}/${place}`, group: `${at}`, facets: { step: [step] } }),
    ),
  );
  const verdicts = cases.flatMap((three, at) => three.map((verdict, place) => [`${at}/${place}`, [verdict]] as const));
  return masteryFigures(
    compositeSamples({ problems, repeat: 1, verdicts: makeVerdicts(Object.fromEntries(verdicts)) }),
    true,
  );
}

const near = ([low, high]: Interval) => [expect.closeTo(low, 12), expect.closeTo(high, 12)];
const between = (least: Interval, most: Interval) => near([least[0], most[1]]);

describe('masteryFigures', () => {
  test('shares are Wilson over composites, rm over right wholes, the score over half points', () => {
    const figures = strictFigures([
      [yes, yes, yes],
      [yes, no, yes],
      [yes, yes, no],
      [no, no, yes],
    ]);
    expect(valuesOf(figures)).toEqual({ score: 0.375, ik: 0, ig: 0.25, cm: 0.25, rm: 2 / 3 });
    expect(intervalsOf(figures)).toEqual({
      // Scores 1, 0, 1/2, 0: variance 11/48 of the sample, so p(1−p)/SE² = 45/11 observations.
      score: { n: 4, interval: near(wilsonInterval(0.375, 45 / 11)) },
      ik: { n: 4, interval: near(wilsonInterval(0, 4)) },
      ig: { n: 4, interval: near(wilsonInterval(0.25, 4)) },
      cm: { n: 4, interval: near(wilsonInterval(0.25, 4)) },
      rm: { n: 3, interval: near(wilsonInterval(2 / 3, 3)) },
    });
  });

  test('an open part of a right whole is mastery or memorisation', () => {
    const figures = intervalsOf(
      strictFigures([
        [yes, open, yes],
        [no, no, no],
      ]),
    );
    expect(figures).toMatchObject({
      ik: { n: 2, interval: near(wilsonInterval(0.5, 2)) },
      ig: { n: 2, interval: near(wilsonInterval(0, 2)) },
      cm: { n: 2, interval: between(wilsonInterval(0, 2), wilsonInterval(0.5, 2)) },
      rm: { n: 1, interval: [0, 1] },
    });
  });

  test('an open part of a wrong whole is missing knowledge or generalisation', () => {
    const figures = intervalsOf(
      strictFigures([
        [yes, open, no],
        [no, no, no],
      ]),
    );
    expect(figures).toMatchObject({
      ik: { n: 2, interval: between(wilsonInterval(0.5, 2), wilsonInterval(1, 2)) },
      ig: { n: 2, interval: between(wilsonInterval(0, 2), wilsonInterval(0.5, 2)) },
      cm: { n: 2, interval: near(wilsonInterval(0, 2)) },
      rm: { n: 0, interval: null },
    });
  });

  test('where everything is open, generalisation is at most what right parts and wrong wholes would make it', () => {
    const figures = intervalsOf(
      strictFigures([
        [open, open, open],
        [yes, yes, open],
      ]),
    );
    expect(figures).toMatchObject({
      ik: { interval: between(wilsonInterval(0, 2), wilsonInterval(0.5, 2)) },
      ig: { interval: between(wilsonInterval(0, 2), wilsonInterval(1, 2)) },
      cm: { interval: between(wilsonInterval(0, 2), wilsonInterval(1, 2)) },
      rm: { n: 0, interval: null },
    });
  });

  test('an open whole joins the right ones where it moves memorisation the furthest', () => {
    const known = [
      [yes, yes, yes],
      [no, no, yes],
    ] as const;
    const memorised = strictFigures([...known, [no, no, open]])['rm'];
    expect(memorised).toEqual({
      value: 0.5,
      n: 2,
      interval: between(wilsonInterval(0.5, 2), wilsonInterval(2 / 3, 3)),
    });
    const mastered = strictFigures([...known, [yes, yes, open]])['rm'];
    const least = wilsonInterval(1 / 3, 3);
    expect(mastered).toEqual({ value: 0.5, n: 2, interval: between(least, wilsonInterval(0.5, 2)) });
    const either = strictFigures([...known, [yes, open, open]])['rm'];
    expect(either).toEqual({ value: 0.5, n: 2, interval: between(least, wilsonInterval(2 / 3, 3)) });
  });
});
