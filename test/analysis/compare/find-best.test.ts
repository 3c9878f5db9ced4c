import { describe, expect, test } from 'vitest';
import type { ClusterScores } from '../../../src/analysis/compare/cluster-scores.ts';
import { findBest } from '../../../src/analysis/compare/find-best.ts';
import { PairBook } from '../../../src/analysis/compare/pair-book.ts';
import { createRandom } from '../../../src/statistics/random.ts';

const count = 20;
const problems = 300;

/**
 * Results of checkpoints with given true accuracies on problems that are as hard for all of them, so that their answers
 * go together (correlation about 0.36) as those of checkpoints of one run do; three problems in a group share this too.
 */
function drawScores(truth: readonly number[], random: () => number, groupSize: number): ClusterScores {
  const groups = problems / groupSize;
  const right = truth.map(() => new Float64Array(groups));
  for (let group = 0; group < groups; group += 1) {
    const shared = random();
    for (let problem = 0; problem < groupSize; problem += 1) {
      const hard = random() < 0.5 ? shared : random();
      for (const [checkpoint, accuracy] of truth.entries()) {
        const drawn = random() < 0.6 ? hard : random();
        if (drawn < accuracy) right[checkpoint]![group]! += 1;
      }
    }
  }
  return { n: problems, repeat: 1, sizes: new Float64Array(groups).fill(groupSize), right, possible: right };
}

interface Simulated {
  /** Mean error of the highest one's accuracy as measured, and corrected, in points. */
  readonly measuredBias: number;
  readonly correctedBias: number;
  readonly measuredError: number;
  readonly correctedError: number;
  readonly gainBias: number;
  /** Shares of the simulated sets. */
  readonly holdsBest: number;
  readonly coversAccuracy: number;
  readonly coversGain: number;
  readonly setSize: number;
}

function simulate(truth: readonly number[], sets: number, groupSize: number): Simulated {
  const random = createRandom(`best ${truth.join()} ${groupSize}`);
  const sums = {
    measured: 0,
    corrected: 0,
    measured2: 0,
    corrected2: 0,
    gain: 0,
    best: 0,
    accuracy: 0,
    covered: 0,
    gains: 0,
    size: 0,
  };
  const top = truth.indexOf(Math.max(...truth));
  for (let set = 0; set < sets; set += 1) {
    const scores = [drawScores(truth, random, groupSize)];
    const book = new PairBook([], [], scores);
    const { highest, members, estimate } = findBest({
      scores,
      base: 0,
      readings: (newer, older) => book.readings(newer, older),
      seed: `${set}`,
      rounds: 1000,
    });
    const worth = truth[highest] ?? 0;
    const { accuracy, gain } = estimate;
    sums.measured += accuracy.measured - worth;
    sums.corrected += (accuracy.corrected ?? 9) - worth;
    sums.measured2 += (accuracy.measured - worth) ** 2;
    sums.corrected2 += ((accuracy.corrected ?? 9) - worth) ** 2;
    sums.best += Number(members[top]?.inSet);
    sums.size += members.filter(({ inSet }) => inSet).length;
    sums.accuracy += Number(within(worth, accuracy.interval));
    if (gain === null) continue;
    sums.gains += 1;
    sums.gain += (gain.corrected ?? 9) - (worth - (truth[0] ?? 0));
    sums.covered += Number(within(worth - (truth[0] ?? 0), gain.interval));
  }
  return {
    measuredBias: (100 * sums.measured) / sets,
    correctedBias: (100 * sums.corrected) / sets,
    measuredError: 100 * Math.sqrt(sums.measured2 / sets),
    correctedError: 100 * Math.sqrt(sums.corrected2 / sets),
    gainBias: (100 * sums.gain) / sums.gains,
    holdsBest: sums.best / sets,
    coversAccuracy: sums.accuracy / sets,
    coversGain: sums.covered / sums.gains,
    setSize: sums.size / sets,
  };
}

function within(value: number, interval: readonly [number, number] | null): boolean {
  return interval !== null && interval[0] <= value && value <= interval[1];
}

const sets = 250;
/** Three standard errors below 95 % of so many sets. */
const least = 0.95 - 3 * Math.sqrt((0.95 * 0.05) / sets);

describe('the best of twenty checkpoints', () => {
  test.each([
    ['all equally good', 0, 1],
    ['all equally good, problems in groups', 0, 3],
    ['a fifth of a point from one to the next', 0.002, 1],
    ['one point from one to the next', 0.01, 1],
  ])(
    '%s: the set holds it, limits cover it, and what picking added is taken off',
    (_, gap, groupSize) => {
      const truth = Array.from({ length: count }, (__, place) => 0.5 - gap * (count - 1 - place));
      const found = simulate(truth, sets, groupSize);
      expect(found.holdsBest).toBeGreaterThan(least);
      expect(found.coversAccuracy).toBeGreaterThan(least);
      expect(found.coversGain).toBeGreaterThan(least);
      // Measured figures of the highest err by up to 4.5 points; standard errors of these means are about 0.15 points.
      expect(Math.abs(found.correctedBias)).toBeLessThan(0.7);
      expect(Math.abs(found.gainBias)).toBeLessThan(0.8);
      if (gap < 0.01) expect(found.correctedError).toBeLessThan(found.measuredError);
      if (gap === 0) expect(found.measuredBias).toBeGreaterThan(3.5);
      // A set that always holds everything would be no news.
      if (gap === 0.01) expect(found.setSize).toBeLessThan(12);
    },
    60_000,
  );
});

test('one that is clearly better is alone in the set', () => {
  const truth = [0.4, 0.5, 0.75];
  const scores = [drawScores(truth, createRandom('clear'), 1)];
  const book = new PairBook([], [], scores);
  const found = findBest({ scores, base: 0, readings: (newer, older) => book.readings(newer, older), seed: '1' });
  expect(found.members.map(({ inSet }) => inSet)).toEqual([false, false, true]);
  expect(found.highest).toBe(2);
  expect(found.estimate.gain?.corrected).toBeCloseTo(found.estimate.gain?.measured ?? 0, 12);
});
