import { rateBattles } from '../../src/difficulty/ratings/rate-battles.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { drawTruth, simulateBattles } from '../difficulty/ratings/simulate-battles.ts';

interface Row {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly n: number;
}

/** Ratings of sets with 32 opponents a problem: fit and errors alone, and with 100 bootstrap rounds. */
export function measureRatings(): Row[] {
  const rows: Row[] = [];
  for (const problems of [100, 500, 3040]) {
    const random = createRandom(`ratings ${problems}`);
    const battles = simulateBattles({
      truth: drawTruth(problems, 150, random),
      opponents: 32,
      random,
      ties: 0.05,
      coins: 0.1,
    });
    for (const bootstrap of [0, 100]) {
      const from = performance.now();
      rateBattles(battles, { bootstrap });
      const seconds = (performance.now() - from) / 1000;
      const what = bootstrap === 0 ? 'fit and errors' : 'and 100 bootstrap rounds';
      rows.push({ measure: `ratings: ${problems} x 32, ${what}`, value: seconds, unit: 's', n: battles.length });
    }
  }
  rows.push({
    measure: 'ratings: peak memory of all of these',
    value: process.resourceUsage().maxRSS / 1024,
    unit: 'MB',
    n: 1,
  });
  return rows;
}
