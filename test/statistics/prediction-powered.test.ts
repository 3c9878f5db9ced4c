import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/statistics/clustered-interval.ts';
import { predictionPoweredInterval } from '../../src/statistics/prediction-powered.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';

const ones = (total: number, successes: number): Cluster[] =>
  Array.from({ length: total }, (_, index) => ({ total: 1, successes: index < successes ? 1 : 0 }));

test('the estimate is the share of verdicts plus the mean correction, weighted by what may be labelled', () => {
  const labelled = { total: 50, raised: 5, lowered: 2 };
  const found = predictionPoweredInterval({ clusters: ones(1000, 600), eligible: 900, labelled });
  expect(found?.estimate).toBeCloseTo(0.6 + 0.9 * (3 / 50), 12);
});

test('with every row labelled only the rows themselves are uncertain', () => {
  const labelled = { total: 200, raised: 30, lowered: 10 };
  const found = predictionPoweredInterval({ clusters: ones(200, 100), eligible: 200, labelled });
  expect(found?.estimate).toBeCloseTo(0.6, 12);
  const wilson = wilsonInterval(0.6, 200);
  expect(found?.interval[0]).toBeCloseTo(wilson[0], 12);
  expect(found?.interval[1]).toBeCloseTo(wilson[1], 12);
});

test('no flip among few labels leaves room for flips', () => {
  const of = (total: number) =>
    predictionPoweredInterval({
      clusters: ones(100_000, 50_000),
      eligible: 100_000,
      labelled: { total, raised: 0, lowered: 0 },
    })?.interval ?? [0, 0];
  expect(of(30)[1] - 0.5).toBeGreaterThan(0.1);
  expect(of(3000)[1] - 0.5).toBeLessThan(0.005);
});

test('no labels, no correction; counts that contradict each other are refused', () => {
  const clusters = ones(10, 5);
  expect(
    predictionPoweredInterval({ clusters, eligible: 10, labelled: { total: 0, raised: 0, lowered: 0 } }),
  ).toBeUndefined();
  expect(() =>
    predictionPoweredInterval({ clusters, eligible: 5, labelled: { total: 6, raised: 0, lowered: 0 } }),
  ).toThrow(RangeError);
  expect(() =>
    predictionPoweredInterval({ clusters, eligible: 11, labelled: { total: 6, raised: 0, lowered: 0 } }),
  ).toThrow(RangeError);
  expect(() =>
    predictionPoweredInterval({ clusters, eligible: 10, labelled: { total: 6, raised: 4, lowered: 4 } }),
  ).toThrow(RangeError);
});

test('the interval holds the estimate, stays in [0, 1], and mirrors when successes and failures change places', () => {
  const anything = fc
    .record({ total: fc.integer({ min: 2, max: 400 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .chain(({ total, share }) =>
      fc.record({
        total: fc.constant(total),
        successes: fc.constant(Math.round(total * share)),
        n: fc.integer({ min: 1, max: total }),
        raisedShare: fc.double({ min: 0, max: 1, noNaN: true }),
        loweredShare: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    );
  fc.assert(
    fc.property(anything, ({ total, successes, n, raisedShare, loweredShare }) => {
      const raised = Math.min(Math.floor(n * raisedShare), total - successes);
      const lowered = Math.min(Math.floor((n - raised) * loweredShare), successes);
      const one = predictionPoweredInterval({
        clusters: ones(total, successes),
        eligible: total,
        labelled: { total: n, raised, lowered },
      });
      const other = predictionPoweredInterval({
        clusters: ones(total, total - successes),
        eligible: total,
        labelled: { total: n, raised: lowered, lowered: raised },
      });
      if (!one || !other) throw new Error('both have labels');
      expect(one.interval[0]).toBeGreaterThanOrEqual(0);
      expect(one.interval[0]).toBeLessThanOrEqual(one.estimate);
      expect(one.interval[1]).toBeGreaterThanOrEqual(one.estimate);
      expect(one.interval[1]).toBeLessThanOrEqual(1);
      expect(other.interval[0]).toBeCloseTo(1 - one.interval[1], 9);
      expect(other.interval[1]).toBeCloseTo(1 - one.interval[0], 9);
    }),
    { numRuns: 300 },
  );
});

interface Population {
  readonly name: string;
  readonly rows: number;
  readonly perGroup: number;
  /** 0: independent rows; 1: a group is right or wrong as a whole. */
  readonly sameInGroup: number;
  readonly accuracy: number;
  /** Chance that a right row has the verdict wrong, and the other way round. */
  readonly missed: number;
  readonly invented: number;
  readonly labelled: number;
}

const replications = 1500;

/** Shares of replications whose corrected, and whose plain, interval holds the true accuracy. */
function coverage(population: Population): { corrected: number; plain: number } {
  const random = createRandom(`coverage of ${population.name}`);
  const { rows, perGroup, sameInGroup, accuracy, missed, invented, labelled: n } = population;
  let corrected = 0;
  let plain = 0;
  for (let replication = 0; replication < replications; replication += 1) {
    const clusters: { total: number; successes: number }[] = [];
    const flips: number[] = [];
    for (let group = 0; group < rows / perGroup; group += 1) {
      const common = random() < accuracy;
      const cluster = { total: perGroup, successes: 0 };
      for (let row = 0; row < perGroup; row += 1) {
        const truth = random() < sameInGroup ? common : random() < accuracy;
        const verdict = random() < (truth ? missed : invented) ? !truth : truth;
        cluster.successes += verdict ? 1 : 0;
        flips.push(Number(truth) - Number(verdict));
      }
      clusters.push(cluster);
    }
    for (let at = 0; at < n; at += 1) {
      const other = at + Math.floor(random() * (flips.length - at));
      [flips[at], flips[other]] = [flips[other] ?? 0, flips[at] ?? 0];
    }
    const drawn = flips.slice(0, n);
    const labelled = {
      total: n,
      raised: drawn.filter((flip) => flip > 0).length,
      lowered: drawn.filter((flip) => flip < 0).length,
    };
    const found = predictionPoweredInterval({ clusters, eligible: rows, labelled });
    if (found && found.interval[0] <= accuracy && accuracy <= found.interval[1]) corrected += 1;
    const share = clusters.reduce((sum, { successes }) => sum + successes, 0) / rows;
    const [low, high] = wilsonInterval(share, rows);
    if (low <= accuracy && accuracy <= high) plain += 1;
  }
  return { corrected: corrected / replications, plain: plain / replications };
}

describe('coverage of the truth by the 95 % interval', () => {
  const populations: readonly Population[] = [
    population('harsh verdicts', { missed: 0.12, invented: 0.02, labelled: 100 }),
    population('kind verdicts, many labels', { missed: 0.01, invented: 0.15, labelled: 300 }),
    population('rare flips, few labels', { missed: 0.03, invented: 0.01, labelled: 60 }),
    population('high accuracy', { accuracy: 0.92, missed: 0.05, invented: 0.05, labelled: 150 }),
    population('groups of five', { perGroup: 5, sameInGroup: 0.6, missed: 0.1, invented: 0.03, labelled: 100 }),
    population('groups of ten', { rows: 2000, perGroup: 10, sameInGroup: 0.7, missed: 0.05, labelled: 200 }),
    population('all rows labelled', { rows: 400, missed: 0.1, invented: 0.05, labelled: 400 }),
    population('verdicts always right', { labelled: 100 }),
  ];
  test.for(populations)('$name', (population, { annotate }) => {
    const found = coverage(population);
    void annotate(`${population.name}: ${(found.corrected * 100).toFixed(1)} % of ${replications}`);
    const allowance = 4 * Math.sqrt((0.95 * 0.05) / replications);
    expect(found.corrected).toBeGreaterThan(0.95 - allowance);
    // With a handful of flips, or none, the interval is wider than it need be; with enough of them it is not.
    const expectedFlips =
      population.labelled * (population.accuracy * population.missed + (1 - population.accuracy) * population.invented);
    if (expectedFlips >= 7) expect(found.corrected).toBeLessThan(0.95 + allowance);
    // What is corrected for is there to be corrected: without it the truth is often missed.
    if (population.missed + population.invented > 0.1 && population.perGroup === 1 && population.accuracy < 0.9) {
      expect(found.plain).toBeLessThan(0.9);
    }
  });
});

function population(name: string, over: Partial<Population>): Population {
  const usual = { rows: 1000, perGroup: 1, sameInGroup: 0, accuracy: 0.6, missed: 0, invented: 0, labelled: 100 };
  return { name, ...usual, ...over };
}
