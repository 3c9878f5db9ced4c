import { Design, type DesignName, designNames } from '../../src/difficulty/battles/pairing/design.ts';
import type { Battle } from '../../src/difficulty/ratings/battle-table.ts';
import { bucketOf } from '../../src/difficulty/ratings/bucket.ts';
import { rateBattles } from '../../src/difficulty/ratings/rate-battles.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { spearman } from '../../src/statistics/rank-correlation.ts';

interface Row {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly n: number;
}

/** Rounds after which the fit is looked at. */
const looks = [2, 4, 8, 12, 16, 20, 24, 28, 32];

const problems = 500;
const tieShare = 0.05;
const noiseShare = 0.1;

/**
 * How many calls of the judge each design needs for the bucket agreement that `random` reaches with 32 opponents, in a
 * simulated truth: ratings normal around 1000, outcomes by Bradley-Terry, a tenth of them replaced by a fair coin, then a
 * twentieth by a tie. Buckets are cut at quantiles, so that the scale of a design does not matter.
 *
 * @param seeds - simulated truths per spread
 */
export function measureDesigns(seeds = 4): Row[] {
  const rows: Row[] = [];
  for (const spread of [150, 300]) {
    const results = new Map<DesignName, { bucket: number[]; rho: number[] }>(
      designNames.map((name) => [name, average(seeds, (seed) => simulate(name, spread, seed))]),
    );
    const target = results.get('random');
    for (const [name, { bucket, rho }] of results) {
      const label = `designs: ${name}, spread ${spread}`;
      const n = seeds * problems;
      rows.push({ measure: `${label}: bucket agreement at 32`, value: 100 * (bucket.at(-1) ?? 0), unit: '%', n });
      rows.push({ measure: `${label}: Spearman at 32`, value: rho.at(-1) ?? 0, unit: '', n });
      rows.push({
        measure: `${label}: calls saved, bucket`,
        value: saved(bucket, target?.bucket.at(-1)),
        unit: '%',
        n,
      });
      rows.push({ measure: `${label}: calls saved, Spearman`, value: saved(rho, target?.rho.at(-1)), unit: '%', n });
    }
  }
  return rows;
}

/** Share of 32 rounds that are not needed to reach a figure, by interpolation between looks; 0 where it is not reached. */
function saved(figures: readonly number[], target = Number.POSITIVE_INFINITY): number {
  const at = figures.findIndex((figure) => figure >= target);
  if (at < 0) return 0;
  const [before, after] = [figures[at - 1] ?? 0, figures[at] ?? 0];
  const [from, to] = [looks[at - 1] ?? 0, looks[at] ?? 0];
  const rounds = from + ((target - before) / (after - before)) * (to - from);
  return 100 * (1 - rounds / (looks.at(-1) ?? 1));
}

function average(seeds: number, simulateOne: (seed: number) => { bucket: number; rho: number }[]) {
  const runs = Array.from({ length: seeds }, (_, seed) => simulateOne(seed));
  const mean = (read: (point: { bucket: number; rho: number }) => number) =>
    looks.map((_, look) => runs.reduce((sum, run) => sum + read(run[look]!), 0) / seeds);
  return { bucket: mean(({ bucket }) => bucket), rho: mean(({ rho }) => rho) };
}

function simulate(name: DesignName, spread: number, seed: number): { bucket: number; rho: number }[] {
  const random = createRandom(`designs ${spread} ${seed}`);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const truth = Float64Array.from({ length: problems }, () => 1000 + spread * normal());
  const ids = Array.from(truth, (_, item) => String(item));
  const design = new Design({ name, ids, opponents: 32, seed });
  const battles: Battle[] = [];
  const points: { bucket: number; rho: number }[] = [];
  while (design.drawn < design.rounds) {
    for (const { one, other, oneFirst } of design.next(battles)) {
      const [first, second] = oneFirst ? [one, other] : [other, one];
      const chance = 1 / (1 + 10 ** ((truth[second]! - truth[first]!) / 400));
      const firstWins = random() < noiseShare ? random() < 0.5 : random() < chance;
      const winner = random() < tieShare ? 'tie' : firstWins ? 'first' : 'second';
      battles.push({ first: ids[first]!, second: ids[second]!, winner });
    }
    if (looks.includes(design.drawn)) points.push(agreement(truth, battles));
  }
  return points;
}

function agreement(truth: Float64Array, battles: readonly Battle[]): { bucket: number; rho: number } {
  const estimate = new Float64Array(truth.length);
  for (const { id, rating } of rateBattles(battles, { prior: 0.5 }).ratings) estimate[Number(id)] = rating;
  const order = (values: Float64Array) => [...values.keys()].sort((one, other) => values[one]! - values[other]!);
  const wanted = new Array<string>(truth.length);
  const buckets = Array.from(truth, (rating) => bucketOf(rating));
  const sorted = ['easy', 'medium', 'hard'].flatMap((name) => buckets.filter((bucket) => bucket === name));
  for (const [place, item] of order(estimate).entries()) wanted[item] = sorted[place]!;
  return {
    bucket: buckets.filter((bucket, item) => bucket === wanted[item]).length / truth.length,
    rho: spearman(truth, estimate).rho,
  };
}
