import { createRandom } from '../../statistics/random.ts';
import type { BattleTable } from './battle-table.ts';
import { type Fit, type FitOptions, gradientOf, newtonStep } from './fit-strengths.ts';
import { expand } from './paired-model.ts';

/** Two reach the spread of a full fit; one falls short of it by 4 %. */
const newtonSteps = 2;

/** Residual of each step, relative to the gradient; far below the spread between rounds. */
const solvedTo = 1e-3;

/**
 * Strengths of bootstrap rounds: battles are drawn with replacement, as many as there are, and fitted again under the same
 * prior from the estimate on.
 *
 * @param options.rounds - at least 1
 * @param options.seed - equal seeds give equal rounds
 * @returns per round the strength of each item, their mean taken off
 */
export function bootstrapStrengths(
  table: BattleTable,
  fit: Fit,
  options: FitOptions & { readonly rounds: number; readonly seed: string },
): Float64Array[] {
  const random = createRandom(options.seed);
  const outcomes = outcomesOf(table);
  return Array.from({ length: options.rounds }, () =>
    centred(refit(drawBattles(table, outcomes, random), fit, options)),
  );
}

/** Newton steps from the estimate. Its neighbourhood is so close to quadratic that none of them needs to be shortened. */
function refit(table: BattleTable, fit: Fit, options: FitOptions): Float64Array {
  let { strengths, shared } = fit;
  for (let step = 0; step < newtonSteps; step += 1) {
    const point = expand(table, strengths, shared, options);
    const slopes = gradientOf(table, point, strengths, shared, options.prior);
    const move = newtonStep(table, point, slopes, options.prior, solvedTo);
    strengths = strengths.map((strength, item) => strength + (move.items[item] as number));
    shared = shared.map((value, index) => value + (move.shared[index] ?? 0));
  }
  return strengths;
}

/** Per battle: 3 × its pair, plus 0 where the second won, 1 for a tie, 2 where the first won. */
function outcomesOf({ pairOf, score }: BattleTable): Int32Array {
  return pairOf.map((pair, battle) => 3 * pair + 2 * (score[battle] as number));
}

/** Draws as many battles as there are, and keeps the pairs that occur. */
function drawBattles(table: BattleTable, outcomes: Int32Array, random: () => number): BattleTable {
  const pairs = table.first.length;
  const counts = new Uint32Array(3 * pairs);
  for (let drawn = 0; drawn < outcomes.length; drawn += 1) {
    const outcome = outcomes[Math.floor(random() * outcomes.length)] as number;
    counts[outcome] = (counts[outcome] as number) + 1;
  }
  const [first, second] = [new Int32Array(pairs), new Int32Array(pairs)];
  const [won, tied, total] = [new Float64Array(pairs), new Float64Array(pairs), new Float64Array(pairs)];
  let kept = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const [losses, ties, wins] = [
      counts[3 * pair] as number,
      counts[3 * pair + 1] as number,
      counts[3 * pair + 2] as number,
    ];
    if (losses + ties + wins === 0) continue;
    first[kept] = table.first[pair] as number;
    second[kept] = table.second[pair] as number;
    won[kept] = wins;
    tied[kept] = ties;
    total[kept] = losses + ties + wins;
    kept += 1;
  }
  const cut = <Values extends Int32Array | Float64Array>(values: Values) => values.subarray(0, kept) as Values;
  return { ...table, first: cut(first), second: cut(second), won: cut(won), tied: cut(tied), total: cut(total) };
}

/** A copy with the mean taken off. */
export function centred(strengths: Float64Array): Float64Array {
  let sum = 0;
  for (const strength of strengths) sum += strength;
  const mean = sum / strengths.length;
  return strengths.map((strength) => strength - mean);
}
