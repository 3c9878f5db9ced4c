import type { BattleTable } from './battle-table.ts';

/** What is fitted beside the items' strengths. */
export interface ModelOptions {
  /** Fit an advantage of the item that was shown first. */
  readonly position: boolean;
  /** `half`: a tie is half a win of each. `davidson`: ties have a chance of their own. */
  readonly ties: 'half' | 'davidson';
}

/** Negative log-likelihood of all battles with what its derivatives need, per pair and for the shared parameters. */
export interface Expansion {
  readonly value: number;
  /** Per pair: first and second derivative by the difference of strengths. */
  readonly slope: Float64Array;
  readonly weight: Float64Array;
  /** Per pair and shared parameter: the mixed second derivative. */
  readonly mixed: readonly Float64Array[];
  /** First and second derivatives by the shared parameters. */
  readonly sharedSlope: readonly number[];
  readonly sharedCurvature: readonly (readonly number[])[];
}

/** How many shared parameters the model has: the position's first, then the log of the tie parameter. */
export function sharedParameters({ position, ties }: ModelOptions): number {
  return (position ? 1 : 0) + (ties === 'davidson' ? 1 : 0);
}

/**
 * Expands the model around strengths (log-odds) and shared parameters. With d the first's strength less the second's, plus
 * the position's advantage:
 *
 * - Bradley-Terry: P(first) = 1 / (1 + e^−d), a tie counting half for each;
 * - Davidson: P(first) : P(second) : P(tie) = e^(d/2) : e^(−d/2) : ν.
 *
 * @see Bradley, Terry (1952), https://doi.org/10.2307/2334029
 * @see Davidson (1970), https://doi.org/10.1080/01621459.1970.10481082
 */
export function expand(
  table: BattleTable,
  strengths: Float64Array,
  shared: readonly number[],
  options: ModelOptions,
): Expansion {
  const pairs = table.first.length;
  const slope = new Float64Array(pairs);
  const weight = new Float64Array(pairs);
  const byTies = new Float64Array(options.ties === 'davidson' ? pairs : 0);
  const advantage = options.position ? (shared[0] ?? 0) : 0;
  const tieLog = options.ties === 'davidson' ? (shared[options.position ? 1 : 0] ?? 0) : 0;
  const sums = { value: 0, slope: 0, weight: 0, tieSlope: 0, tieCurvature: 0, byTies: 0 };
  for (let pair = 0; pair < pairs; pair += 1) {
    const d =
      (strengths[table.first[pair] as number] as number) -
      (strengths[table.second[pair] as number] as number) +
      advantage;
    const counts = {
      won: table.won[pair] as number,
      tied: table.tied[pair] as number,
      total: table.total[pair] as number,
    };
    const point = options.ties === 'davidson' ? davidsonPoint(d, tieLog, counts) : logisticPoint(d, counts);
    slope[pair] = point.slope;
    weight[pair] = point.weight;
    sums.value += point.value;
    sums.slope += point.slope;
    sums.weight += point.weight;
    if (options.ties !== 'davidson') continue;
    byTies[pair] = point.mixed;
    sums.tieSlope += point.tieSlope;
    sums.tieCurvature += point.tieCurvature;
    sums.byTies += point.mixed;
  }
  return { value: sums.value, slope, weight, ...sharedParts(options, sums, weight, byTies) };
}

function sharedParts(
  options: ModelOptions,
  sums: { slope: number; weight: number; tieSlope: number; tieCurvature: number; byTies: number },
  weight: Float64Array,
  byTies: Float64Array,
): Pick<Expansion, 'mixed' | 'sharedSlope' | 'sharedCurvature'> {
  if (options.ties === 'half') {
    if (!options.position) return { mixed: [], sharedSlope: [], sharedCurvature: [] };
    return { mixed: [weight], sharedSlope: [sums.slope], sharedCurvature: [[sums.weight]] };
  }
  if (!options.position)
    return { mixed: [byTies], sharedSlope: [sums.tieSlope], sharedCurvature: [[sums.tieCurvature]] };
  return {
    mixed: [weight, byTies],
    sharedSlope: [sums.slope, sums.tieSlope],
    sharedCurvature: [
      [sums.weight, sums.byTies],
      [sums.byTies, sums.tieCurvature],
    ],
  };
}

interface Counts {
  readonly won: number;
  readonly tied: number;
  readonly total: number;
}

interface Point {
  readonly value: number;
  readonly slope: number;
  readonly weight: number;
  readonly mixed: number;
  readonly tieSlope: number;
  readonly tieCurvature: number;
}

function logisticPoint(d: number, { won, tied, total }: Counts): Point {
  const score = won + tied / 2;
  const small = Math.exp(-Math.abs(d));
  const chance = d >= 0 ? 1 / (1 + small) : small / (1 + small);
  // −log P(first) = log(1 + e^−d) without overflow, and −log P(second) is that + d.
  const lost = Math.max(0, -d) + Math.log(1 + small);
  const slope = total * chance - score;
  const weight = (total * small) / ((1 + small) * (1 + small));
  return { value: total * lost + (total - score) * d, slope, weight, mixed: 0, tieSlope: 0, tieCurvature: 0 };
}

function davidsonPoint(d: number, tieLog: number, { won, tied, total }: Counts): Point {
  const lost = total - won - tied;
  const largest = Math.max(Math.abs(d) / 2, tieLog);
  const [first, second, tie] = [Math.exp(d / 2 - largest), Math.exp(-d / 2 - largest), Math.exp(tieLog - largest)];
  const all = first + second + tie;
  const [pFirst, pSecond, pTie] = [first / all, second / all, tie / all];
  const lean = (pFirst - pSecond) / 2;
  return {
    value: total * (Math.log(all) + largest) - ((won - lost) * d) / 2 - tied * tieLog,
    slope: total * lean - (won - lost) / 2,
    weight: total * ((pFirst + pSecond) / 4 - lean * lean),
    mixed: -total * pTie * lean,
    tieSlope: total * pTie - tied,
    tieCurvature: total * pTie * (1 - pTie),
  };
}
