import { createRandom } from '../../../statistics/random.ts';
import { type Battle, type BattleTable, battleTable } from '../../ratings/battle-table.ts';
import { type BucketCuts, publishedCuts } from '../../ratings/bucket.ts';
import { fitStrengths } from '../../ratings/fit-strengths.ts';
import { expand } from '../../ratings/paired-model.ts';
import { bucketChances } from '../../ratings/rate-battles.ts';
import { eloMean, eloPerLogit } from '../../ratings/rating.ts';
import type { PairBook } from './pair-book.ts';

/** λ of the prior under which items are paired: a standard deviation of 246 Elo, so that a few early wins are not believed. */
const pairingPrior = 0.5;

/** Share of the places that are handed out evenly where the rest goes to items whose bucket is in doubt. */
const evenShare = 0.25;

/** Most places of one item in a round, so that no item fights all others. */
const mostPlaces = 8;

/** How far down the order an opponent is looked for, to avoid one that was met before. */
const window = 12;

/** What is known of an item. */
interface Belief {
  readonly rating: number;
  readonly se: number;
  /** Chance that it is not in its likeliest bucket. */
  readonly doubt: number;
}

/**
 * Pairs items of similar rating, by all battles so far: each place of an item draws a rating from its posterior, and
 * places fight their neighbours in that order.
 *
 * @param options.focus - `even`: two places for each item (a Swiss tournament); `cuts`: most places go to items whose
 *   bucket is in doubt
 * @returns as many pairs as there are items
 */
export function pairByRating(options: {
  readonly ids: readonly string[];
  readonly battles: readonly Battle[];
  readonly focus: 'even' | 'cuts';
  readonly cuts?: BucketCuts;
  readonly book: PairBook;
  readonly seed: string;
}): [number, number][] {
  const random = createRandom(options.seed);
  const beliefs = beliefsOf(options.ids, options.battles, options.cuts ?? publishedCuts);
  const weights = beliefs.map(({ doubt }) => (options.focus === 'even' ? 1 : doubt));
  const places: { item: number; draw: number }[] = [];
  for (const [item, count] of placesOf(weights, random).entries()) {
    const { rating, se } = beliefs[item] as Belief;
    for (let place = 0; place < count; place += 1) places.push({ item, draw: rating + se * normal(random) });
  }
  places.sort((left, right) => left.draw - right.draw);
  return pairNeighbours(
    places.map(({ item }) => item),
    options.book,
  );
}

function beliefsOf(ids: readonly string[], battles: readonly Battle[], cuts: BucketCuts): Belief[] {
  const table = battleTable(battles, ids);
  const model = { prior: pairingPrior, ties: 'half', position: false } as const;
  const { strengths } = fitStrengths(table, model);
  const variances = roughVariances(table, expand(table, strengths, [], model).weight);
  return Array.from(strengths, (strength, item) => {
    const rating = eloMean + eloPerLogit * strength;
    const se = eloPerLogit * Math.sqrt(variances[item] as number);
    const { pEasy, pMedium, pHard } = bucketChances(rating, se, cuts);
    return { rating, se, doubt: 1 - Math.max(pEasy, pMedium, pHard) };
  });
}

/**
 * Variances of strengths to first order: an item's own battles, and how little is known of those it fought. Good enough to
 * draw pairs by, at the cost of one pass over them.
 */
function roughVariances({ ids, first, second }: BattleTable, weight: Float64Array): Float64Array {
  const precision = new Float64Array(ids.length).fill(pairingPrior);
  const add = (sums: Float64Array, item: number, value: number) => {
    sums[item] = (sums[item] as number) + value;
  };
  for (const [pair, information] of weight.entries()) {
    add(precision, first[pair] as number, information);
    add(precision, second[pair] as number, information);
  }
  const borrowed = new Float64Array(ids.length);
  for (const [pair, information] of weight.entries()) {
    const [one, other] = [first[pair] as number, second[pair] as number];
    add(borrowed, one, information ** 2 / (precision[other] as number));
    add(borrowed, other, information ** 2 / (precision[one] as number));
  }
  return precision.map((own, item) => (1 + (borrowed[item] as number) / own) / own);
}

/** Twice as many places as items, handed out by weight: each item gets its share, rounded up or down at random. */
function placesOf(weights: readonly number[], random: () => number): Int32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const all = 2 * weights.length;
  const shares = weights.map((weight) =>
    total === 0 ? 2 : Math.min(mostPlaces, 2 * evenShare + (all * (1 - evenShare) * weight) / total),
  );
  const scale = all / shares.reduce((sum, share) => sum + share, 0);
  const places = new Int32Array(weights.length);
  let reached = random();
  let handed = 0;
  for (const [item, share] of shares.entries()) {
    reached += share * scale;
    const upTo = item === shares.length - 1 ? all : Math.min(all, Math.floor(reached));
    places[item] = upTo - handed;
    handed = upTo;
  }
  return places;
}

/** Pairs each place with one of the next, the one that it met least, then the nearest. */
function pairNeighbours(order: readonly number[], book: PairBook): [number, number][] {
  const pairs: [number, number][] = [];
  const isTaken = new Uint8Array(order.length);
  const met = new Map<string, number>();
  const key = (one: number, other: number) => `${Math.min(one, other)} ${Math.max(one, other)}`;
  const pair = (one: number, other: number) => {
    pairs.push([one, other]);
    met.set(key(one, other), (met.get(key(one, other)) ?? 0) + 1);
  };
  const left: number[] = [];
  for (const [place, item] of order.entries()) {
    if (isTaken[place] === 1) continue;
    let best: { place: number; times: number } | undefined;
    for (let next = place + 1, seen = 0; next < order.length && seen < window; next += 1) {
      const other = order[next] as number;
      if (isTaken[next] === 1 || other === item) continue;
      seen += 1;
      const times = book.times(item, other) + (met.get(key(item, other)) ?? 0);
      if (best === undefined || times < best.times) best = { place: next, times };
      if (times === 0) break;
    }
    if (best === undefined) left.push(item);
    else {
      isTaken[best.place] = 1;
      pair(item, order[best.place] as number);
    }
  }
  placeLeft(left, pairs);
  return pairs;
}

/** Places left over at the end of the order are all one item's: it enters pairs that it is not in. */
function placeLeft(left: readonly number[], pairs: [number, number][]): void {
  for (let place = 0; place + 1 < left.length; place += 2) {
    const item = left[place] as number;
    const open = pairs.findLastIndex(([one, other]) => one !== item && other !== item);
    const opened = pairs[open];
    if (opened === undefined) return;
    pairs.splice(open, 1, [item, opened[0]], [item, opened[1]]);
  }
}

/** Standard normal, by Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
