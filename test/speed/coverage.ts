import { type RatingOptions, rateBattles } from '../../src/difficulty/ratings/rate-battles.ts';
import { clusteredInterval } from '../../src/statistics/clustered-interval.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { drawTruth, simulateBattles } from '../difficulty/ratings/simulate-battles.ts';

interface Row {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly n: number;
}

const sets = 2000;
const normalReach = 1.96;

/** How often 95 % intervals hold the true value, over 2,000 simulated sets of each kind. Takes some minutes. */
export function measureCoverage(): Row[] {
  const kinds: [string, { problems: number; opponents: number; ties?: number; advantage?: number }, RatingOptions][] = [
    ['50 problems x 16', { problems: 50, opponents: 16 }, {}],
    ['50 problems x 4', { problems: 50, opponents: 4 }, {}],
    ['50 x 16, a judge who leans to the first', { problems: 50, opponents: 16, advantage: 1 }, { position: true }],
  ];
  return [
    ...kinds.flatMap(([name, kind, options]) => ratingCoverage(name, kind, options)),
    accuracyCoverage('200 problems of one row', 200, 1, false),
    accuracyCoverage('200 problems of 5 rows that share their fate', 200, 5, true),
    accuracyCoverage('40 problems of 5 rows that share their fate', 40, 5, true),
  ];
}

function ratingCoverage(
  name: string,
  kind: { problems: number; opponents: number; advantage?: number },
  options: RatingOptions,
): Row[] {
  const random = createRandom(`coverage ${name}`);
  const held = { fisher: 0, sandwich: 0, bootstrap: 0 };
  let all = 0;
  for (let set = 0; set < sets; set += 1) {
    const truth = drawTruth(kind.problems, 150, random);
    const rated = rateBattles(simulateBattles({ ...kind, truth, random }), {
      ...options,
      bootstrap: 100,
      seed: `${set}`,
    });
    for (const { id, rating, se, lowerCi, upperCi } of rated.ratings) {
      const target = truth[Number(id.slice(1))] ?? Number.NaN;
      const off = Math.abs(rating - target);
      all += 1;
      if (off <= normalReach * se) held.fisher += 1;
      if (off <= normalReach * (rated.sandwich.get(id) ?? 0)) held.sandwich += 1;
      if (lowerCi <= target && target <= upperCi) held.bootstrap += 1;
    }
  }
  return Object.entries(held).map(([way, count]) => ({
    measure: `coverage of ratings: ${name}, ${way}`,
    value: (100 * count) / all,
    unit: '%',
    n: all,
  }));
}

function accuracyCoverage(name: string, groups: number, rows: number, isShared: boolean): Row {
  const random = createRandom(`coverage ${name}`);
  let held = 0;
  for (let set = 0; set < sets; set += 1) {
    // Chances are uniform over problems, so that the true accuracy is one half.
    const clusters = Array.from({ length: groups }, () => {
      const chance = isShared ? random() : 0.5;
      let successes = 0;
      for (let row = 0; row < rows; row += 1) successes += Number(random() < chance);
      return { total: rows, successes };
    });
    const [low, high] = clusteredInterval(clusters);
    if (low <= 0.5 && 0.5 <= high) held += 1;
  }
  return { measure: `coverage of accuracy: ${name}`, value: (100 * held) / sets, unit: '%', n: sets };
}
