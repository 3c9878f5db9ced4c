import { biasCorrectedInterval } from '../../statistics/bootstrap.ts';
import { normalCdf } from '../../statistics/normal-cdf.ts';
import { normalQuantile } from '../../statistics/normal-quantile.ts';
import { type Battle, type BattleTable, battlesPerItem, battleTable } from './battle-table.ts';
import { bootstrapStrengths, centred } from './bootstrap-strengths.ts';
import { type BucketCuts, publishedCuts } from './bucket.ts';
import { connectedComponents } from './connected-components.ts';
import { defaultPrior, type Fit, fitStrengths } from './fit-strengths.ts';
import { eloMean, eloPerLogit, type Rating } from './rating.ts';
import { type StandardErrors, standardErrors } from './standard-errors.ts';

export interface RatingOptions {
  /** λ of the normal prior on log-odds; {@link defaultPrior} where left out. */
  readonly prior?: number;
  readonly ties?: 'half' | 'davidson';
  /** Whether the first of a battle is the one that the judge was shown first, and its advantage is fitted. */
  readonly position?: boolean;
  readonly cuts?: BucketCuts;
  /** Rounds of the bootstrap that makes the intervals (bias-corrected); without, they are ±1.96 standard errors. */
  readonly bootstrap?: number;
  readonly seed?: string;
}

/** Ratings with what was fitted beside them. */
export interface RatedBattles {
  /** Hardest first; equal ratings by id. */
  readonly ratings: readonly Rating[];
  readonly battles: number;
  readonly ties: number;
  /** Connected components of the battles; above 1, ratings of different ones cannot be compared. */
  readonly components: number;
  /** Advantage of the first-shown problem in log-odds, with its standard error; undefined where it was not fitted. */
  readonly position: { readonly advantage: number; readonly se: number } | undefined;
  /** Davidson's ν; undefined where ties count as half wins. */
  readonly tieParameter: number | undefined;
  /** Standard errors that hold where the model does not, on the Elo scale, by id. */
  readonly sandwich: ReadonlyMap<string, number>;
}

/**
 * Rates problems by their battles: the highest posterior of a Bradley-Terry model on the Elo scale, with intervals and the
 * chance of each bucket under a normal posterior.
 *
 * @param battles - at least one
 */
export function rateBattles(battles: readonly Battle[], options: RatingOptions = {}): RatedBattles {
  const table = battleTable(battles);
  const model = {
    prior: options.prior ?? defaultPrior,
    ties: options.ties ?? 'half',
    position: options.position ?? false,
  };
  const fit = fitStrengths(table, model);
  const errors = standardErrors(table, fit, model);
  const intervals = intervalsOf(table, fit, errors, {
    ...model,
    rounds: options.bootstrap ?? 0,
    seed: options.seed ?? '0',
  });
  const components = connectedComponents(table);
  return {
    ratings: assemble(table, { fit, errors, intervals, components, cuts: options.cuts ?? publishedCuts }),
    battles: battles.length,
    ties: battles.filter(({ winner }) => winner === 'tie').length,
    components: components.reduce((most, component) => Math.max(most, component + 1), 0),
    position: model.position ? { advantage: fit.shared[0] ?? 0, se: errors.shared[0] ?? 0 } : undefined,
    tieParameter: model.ties === 'davidson' ? Math.exp(fit.shared.at(-1) ?? 0) : undefined,
    sandwich: new Map(table.ids.map((id, item) => [id, (errors.sandwich[item] as number) * eloPerLogit])),
  };
}

/**
 * Rounds can only draw what was seen. Where all of it is alike (a single battle, nothing but ties) they hardly differ, and
 * an interval narrower than this share of the one by standard errors is not believed.
 */
const leastWidth = 0.1;

/** Lower and upper limits in log-odds. */
interface Limits {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

function intervalsOf(
  table: BattleTable,
  fit: Fit,
  { fisher }: StandardErrors,
  options: Parameters<typeof bootstrapStrengths>[2],
): Limits {
  const strengths = centred(fit.strengths);
  const reach = normalQuantile(0.975);
  const limits: Limits = {
    lower: strengths.map((strength, item) => strength - reach * (fisher[item] as number)),
    upper: strengths.map((strength, item) => strength + reach * (fisher[item] as number)),
  };
  if (options.rounds === 0) return limits;
  const rounds = bootstrapStrengths(table, fit, options);
  for (let item = 0; item < strengths.length; item += 1) {
    const drawn = Float64Array.from(rounds, (round) => round[item] as number).sort();
    const [lower, upper] = biasCorrectedInterval(drawn, strengths[item] as number);
    if (upper - lower < leastWidth * 2 * reach * (fisher[item] as number)) continue;
    limits.lower[item] = lower;
    limits.upper[item] = upper;
  }
  return limits;
}

function assemble(
  table: BattleTable,
  found: { fit: Fit; errors: StandardErrors; intervals: Limits; components: Int32Array; cuts: BucketCuts },
): Rating[] {
  const strengths = centred(found.fit.strengths);
  const counts = battlesPerItem(table);
  const order = [...table.ids.keys()].sort(
    (one, other) =>
      (strengths[other] as number) - (strengths[one] as number) || byText(table.ids[one], table.ids[other]),
  );
  const ratings: Rating[] = [];
  for (const [place, item] of order.entries()) {
    const rating = toElo(strengths[item] as number);
    const before = ratings.at(-1);
    const se = (found.errors.fisher[item] as number) * eloPerLogit;
    ratings.push({
      id: table.ids[item] ?? '',
      rating,
      rank: before?.rating === rating ? before.rank : place + 1,
      lowerCi: toElo(found.intervals.lower[item] as number),
      upperCi: toElo(found.intervals.upper[item] as number),
      se,
      battles: counts[item] as number,
      ...bucketChances(rating, se, found.cuts),
      component: found.components[item] as number,
    });
  }
  return ratings;
}

/** Chances of the buckets for a rating that is normal around its estimate. */
export function bucketChances(
  rating: number,
  se: number,
  cuts: BucketCuts,
): Pick<Rating, 'pEasy' | 'pMedium' | 'pHard'> {
  const below = (cut: number) => (se > 0 ? normalCdf((cut - rating) / se) : Number(rating <= cut));
  const pEasy = below(cuts.easy);
  const pHard = se > 0 ? normalCdf((rating - cuts.hard) / se) : Number(rating >= cuts.hard);
  return { pEasy, pMedium: Math.max(0, 1 - pEasy - pHard), pHard };
}

function toElo(strength: number): number {
  return eloMean + eloPerLogit * strength;
}

function byText(one = '', other = ''): number {
  return one < other ? -1 : Number(one > other);
}
