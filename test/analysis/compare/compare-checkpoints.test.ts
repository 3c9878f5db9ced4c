import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ComparisonRequest, compareCheckpoints } from '../../../src/analysis/compare/compare-checkpoints.ts';
import type { ProblemRatings } from '../../../src/analysis/difficulty-summary.ts';
import type { SynthrlError } from '../../../src/core/errors.ts';
import { mcNemarTest } from '../../../src/statistics/mcnemar.ts';
import { pairedDifference, pairedInterval } from '../../../src/statistics/paired-difference.ts';
import { makeBenchmark, makeCheckpoint } from './make-comparison.ts';

const compare = (request: Partial<ComparisonRequest> & Pick<ComparisonRequest, 'benchmarks' | 'checkpoints'>) =>
  compareCheckpoints({ seed: 'test', ...request });

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return (error as SynthrlError).code;
  }
  return undefined;
}

const signs = (length: number) =>
  fc.string({ unit: fc.constantFrom('+', '-', '?', '!'), minLength: length, maxLength: length });

describe('compareCheckpoints', () => {
  test('gives the paired difference with its interval, p, and McNemar where rows are independent', () => {
    const [older, newer] = ['++++----++++----++++', '+++++++-++++-+--++-+'];
    const { overBase, pairs } = compare({
      benchmarks: [makeBenchmark('a', 20)],
      checkpoints: [makeCheckpoint('step_1', { a: older }), makeCheckpoint('step_2', { a: newer })],
    });
    const differences = [...newer].map((sign, at) => Number(sign === '+') - Number(older[at] === '+'));
    const [low, high] = pairedInterval(pairedDifference(differences, undefined, { smoothed: true }));
    const [over] = overBase;
    expect(over?.average.difference).toBeCloseTo(3 / 20, 12);
    expect(over?.average.interval?.[0]).toBeCloseTo(low, 12);
    expect(over?.average.interval?.[1]).toBeCloseTo(high, 12);
    expect(over?.benchmarks['a']?.mcnemar).toBeCloseTo(mcNemarTest(4, 1).exact, 12);
    expect(over?.average.mcnemar).toBeNull();
    expect(pairs).toEqual(overBase);
    const grouped = compare({
      benchmarks: [makeBenchmark('a', 20, 4)],
      checkpoints: [makeCheckpoint('step_1', { a: older }), makeCheckpoint('step_2', { a: newer })],
    });
    expect(grouped.overBase[0]?.benchmarks['a']?.mcnemar).toBeNull();
  });

  test('an interval that leaves everything possible is none', () => {
    const compared = compare({
      benchmarks: [makeBenchmark('a', 4, 2)],
      checkpoints: [makeCheckpoint('step_1', { a: '+-+-' }), makeCheckpoint('step_2', { a: '++-+' })],
    });
    expect(compared.overBase[0]?.average).toMatchObject({ difference: 0.25, interval: null, mcnemar: null });
    expect(compared.estimate.gain?.interval).toBeNull();
  });

  test('turning a pair round turns every sign and changes nothing else', () => {
    fc.assert(
      fc.property(signs(30), signs(30), fc.integer({ min: 1, max: 4 }), (one, other, groupSize) => {
        const benchmarks = [makeBenchmark('a', 30, groupSize)];
        const checkpoints = [makeCheckpoint('one', { a: one }), makeCheckpoint('other', { a: other })];
        const [forth] = compare({ benchmarks, checkpoints, base: 'one' }).overBase;
        const [back] = compare({ benchmarks, checkpoints, base: 'other' }).overBase;
        expect(back?.benchmarks['a']?.mcnemar).toEqual(forth?.benchmarks['a']?.mcnemar);
        expect(back?.average.difference).toBeCloseTo(-(forth?.average.difference ?? 9), 12);
        expect(back?.average.p).toBeCloseTo(forth?.average.p ?? -1, 12);
        expect(back?.average.interval?.[0]).toBeCloseTo(-(forth?.average.interval?.[1] ?? 9), 12);
        expect(back?.average.interval?.[1]).toBeCloseTo(-(forth?.average.interval?.[0] ?? 9), 12);
      }),
      { numRuns: 60 },
    );
  });

  test('checkpoints that answer the same never differ, and stand or fall together', () => {
    fc.assert(
      fc.property(fc.array(signs(24), { minLength: 1, maxLength: 3 }), (results) => {
        const settled = results.map((text) => text.replace(/[?!]/g, '-'));
        const checkpoints = [...settled, ...settled].map((a, at) => makeCheckpoint(`c${at}`, { a }));
        const { pairs, checkpoints: shown } = compare({ benchmarks: [makeBenchmark('a', 24, 2)], checkpoints });
        for (let at = 0; at < settled.length; at += 1) {
          const pair = pairs.find(({ newer, older }) => newer === `c${at + settled.length}` && older === `c${at}`);
          expect(pair?.average).toMatchObject({ difference: 0, p: 1, adjusted: 1 });
          expect(shown[at]?.best.inSet).toBe(shown[at + settled.length]?.best.inSet);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('the order of problems changes nothing', () => {
    fc.assert(
      fc.property(signs(24), signs(24), fc.infiniteStream(fc.nat()), (one, other, keys) => {
        const checkpoints = [makeCheckpoint('step_1', { a: one }), makeCheckpoint('step_2', { a: other })];
        const benchmark = makeBenchmark('a', 24, 3);
        const order = benchmark.problems.map((problem) => ({ problem, key: keys.next().value ?? 0 }));
        const shuffled = order.sort((left, right) => left.key - right.key).map(({ problem }) => problem);
        const ordered = compare({ benchmarks: [benchmark], checkpoints, facet: 'half' });
        expect(compare({ benchmarks: [{ ...benchmark, problems: shuffled }], checkpoints, facet: 'half' })).toEqual(
          ordered,
        );
      }),
      { numRuns: 25 },
    );
  });

  test('what is not settled widens the interval on both sides and is never taken for a difference', () => {
    const benchmarks = [makeBenchmark('a', 40)];
    const half = '+-'.repeat(20);
    const compared = (newer: string) =>
      compare({
        benchmarks,
        checkpoints: [makeCheckpoint('step_1', { a: half }), makeCheckpoint('step_2', { a: newer })],
      }).overBase[0]?.average;
    const settled = compared(`${'-'.repeat(20)}${'+-'.repeat(10)}`);
    const open = compared(`${'!'.repeat(20)}${'+-'.repeat(10)}`);
    expect(settled?.p).toBeLessThan(0.01);
    expect(open?.difference).toBe(settled?.difference);
    expect(open?.p).toBe(1);
    expect(open?.interval?.[0]).toBeCloseTo(settled?.interval?.[0] ?? 9, 12);
    expect(open?.interval?.[1]).toBeGreaterThan(0.2);
  });

  test('compares what checkpoints share, averages benchmarks as equals, and says what is left out', () => {
    const { average, overBase, pairs, notes, benchmarks } = compare({
      benchmarks: [makeBenchmark('a', 10), makeBenchmark('b', 40), makeBenchmark('c', 5)],
      checkpoints: [
        makeCheckpoint('step_1', { a: '+----+----', b: '-'.repeat(40), c: '+++++' }),
        makeCheckpoint('step_2', { a: '++---+----', b: '-+'.repeat(20), c: '++++-' }),
        makeCheckpoint('step_3', { a: '+++--.....', b: '-+'.repeat(20) }),
      ],
    });
    expect(average).toEqual(['a', 'b']);
    expect(benchmarks.map(({ name, problems }) => [name, problems])).toEqual([
      ['a', 5],
      ['b', 40],
      ['c', 5],
    ]);
    expect(overBase[0]?.average).toMatchObject({ n: 45, difference: (0.2 + 0.5) / 2 });
    expect(Object.keys(overBase[1]?.benchmarks ?? {})).toEqual(['a', 'b']);
    expect(pairs).toHaveLength(3);
    expect(notes).toEqual([
      'Of the 10 problems of a that were asked, all its checkpoints share 5; only these are compared.',
      'step_3 has no results on c: it is not in the average.',
    ]);
  });

  test('says where weights are the same', () => {
    const { notes } = compare({
      benchmarks: [makeBenchmark('a', 4)],
      checkpoints: ['step_1', 'step_2'].map((name) => makeCheckpoint(name, { a: '++--' }, { fingerprint: 'f' })),
    });
    expect(notes).toEqual(['step_1 and step_2 have the same weights.']);
  });

  test('corrects by family: Holm over the base’s rivals and over all pairs, BH over parts', () => {
    const benchmarks = [makeBenchmark('a', 60)];
    const checkpoints = ['-'.repeat(60), `${'+'.repeat(8)}${'-'.repeat(52)}`, `${'-'.repeat(52)}${'+'.repeat(8)}`].map(
      (a, at) => makeCheckpoint(`step_${at}`, { a }),
    );
    const { overBase, pairs, parts } = compare({ benchmarks, checkpoints, facet: 'half' });
    const [p = 0] = overBase.map(({ average }) => average.p);
    expect(overBase.map(({ average }) => average.adjusted)).toEqual([2 * p, 2 * p]);
    expect(pairs.map(({ average }) => average.adjusted)).toEqual([3 * p, 3 * p, 1]);
    expect(parts[0]?.findings.map(({ label, checkpoint, n }) => [label, checkpoint, n])).toEqual([
      ['even', 'step_1', 30],
      ['even', 'step_2', 30],
      ['odd', 'step_1', 30],
      ['odd', 'step_2', 30],
    ]);
    for (const { adjusted, p: alone } of parts[0]?.findings ?? []) expect(adjusted).toBeCloseTo(alone, 12);
  });

  test('goes by bucket where there are ratings, unrated problems among them', () => {
    const rating = (value: number) => ({ rating: value }) as ReturnType<ProblemRatings['of']>;
    const ratings = {
      set: { cuts: { easy: 950, hard: 1050 } },
      of: ({ id }: { id: string }) => (id === '0' ? undefined : rating(Number(id) < 5 ? 800 : 1200)),
    } as unknown as ProblemRatings;
    const { parts } = compare({
      benchmarks: [{ ...makeBenchmark('a', 10), ratings }],
      checkpoints: [makeCheckpoint('step_1', { a: '-'.repeat(10) }), makeCheckpoint('step_2', { a: '-----+++++' })],
    });
    expect(parts.map(({ by }) => by)).toEqual(['bucket']);
    expect(parts[0]?.findings.map(({ label, n, difference }) => [label, n, difference])).toEqual([
      ['easy', 4, 0],
      ['hard', 5, 1],
      ['unrated', 1, 0],
    ]);
  });

  test('refuses what cannot be compared, and a base or facet that is not there', () => {
    const benchmarks = [makeBenchmark('a', 4), makeBenchmark('b', 4)];
    const [one, other] = [makeCheckpoint('step_1', { a: '++--' }), makeCheckpoint('step_2', { b: '++--' })];
    expect(codeOf(() => compare({ benchmarks, checkpoints: [one] }))).toBe('COMPARISON_IMPOSSIBLE');
    expect(codeOf(() => compare({ benchmarks, checkpoints: [one, other] }))).toBe('COMPARISON_IMPOSSIBLE');
    const apart = [makeCheckpoint('step_1', { a: '++..' }), makeCheckpoint('step_2', { a: '..++' })];
    expect(codeOf(() => compare({ benchmarks, checkpoints: apart }))).toBe('COMPARISON_IMPOSSIBLE');
    const same = [one, { ...one, name: 'step_7', step: 7 }];
    expect(codeOf(() => compare({ benchmarks, checkpoints: same, base: 'step_3' }))).toBe('USAGE');
    expect(codeOf(() => compare({ benchmarks, checkpoints: same, facet: 'constructor' }))).toBe('USAGE');
    expect(compare({ benchmarks, checkpoints: same, base: '7' }).base).toBe('step_7');
  });

  test('a single group of problems gives a difference and no interval', () => {
    const { overBase, bestSet, estimate } = compare({
      benchmarks: [makeBenchmark('a', 4, 4)],
      checkpoints: [makeCheckpoint('step_1', { a: '----' }), makeCheckpoint('step_2', { a: '++++' })],
    });
    expect(overBase[0]?.average).toMatchObject({ difference: 1, interval: null, p: 1 });
    expect(bestSet).toEqual(['step_1', 'step_2']);
    expect(estimate).toMatchObject({ accuracy: { measured: 1, corrected: null, interval: null } });
  });
});
