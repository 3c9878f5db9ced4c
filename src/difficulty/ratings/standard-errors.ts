import type { BattleTable } from './battle-table.ts';
import type { Fit, FitOptions } from './fit-strengths.ts';
import { hessianOf, sharedResponse, solveSmall } from './fit-strengths.ts';
import { centre, type ItemVariances, itemVariances } from './item-variances.ts';
import { expand } from './paired-model.ts';

/** Standard errors of strengths against their mean, in log-odds. */
export interface StandardErrors {
  /** From the curvature of the posterior: right where the model is. */
  readonly fisher: Float64Array;
  /** From the curvature and the scores as they fell: right also where ties or noise make the model wrong. */
  readonly sandwich: Float64Array;
  /** Of the shared parameters, as fitted. */
  readonly shared: readonly number[];
  /** How the inverse was had. */
  readonly method: ItemVariances['method'];
}

/**
 * Standard errors at a fit: roots of {@link itemVariances}, with what is not known of the shared parameters on top.
 *
 * @see White (1982), https://doi.org/10.2307/1912526 (the sandwich)
 */
export function standardErrors(table: BattleTable, fit: Fit, options: FitOptions): StandardErrors {
  const point = expand(table, fit.strengths, fit.shared, options);
  const matrix = hessianOf(table, point, options.prior);
  const scores = scoreSquares(table, fit, options);
  const { method, fisher, sandwich } = itemVariances(matrix, scores, table.ids.length);
  const { responses, reduced } = sharedResponse(table, point, matrix, options.prior, 1e-10);
  const shared = reduced.map((_, index) => {
    const unit = reduced.map((__, other) => (other === index ? 1 : 0));
    return Math.sqrt(solveSmall(reduced, unit)[index] ?? 0);
  });
  for (const response of responses) centre(response);
  for (let item = 0; item < fisher.length; item += 1) {
    // What the shared parameters leave unsure comes on top.
    const lean = responses.map((response) => response[item] as number);
    const extra = solveSmall(reduced, lean).reduce((sum, value, index) => sum + value * (lean[index] ?? 0), 0);
    fisher[item] = Math.sqrt(Math.max(0, (fisher[item] as number) + extra));
    sandwich[item] = Math.sqrt(Math.max(0, (sandwich[item] as number) + extra));
  }
  return { fisher, sandwich, shared, method };
}

/** Per pair: the sum of its battles' squared scores, the middle of the sandwich. */
function scoreSquares(table: BattleTable, fit: Fit, options: FitOptions): Float64Array {
  const unit = (won: number, tied: number): BattleTable => ({
    ...table,
    won: new Float64Array(table.won.length).fill(won),
    tied: new Float64Array(table.won.length).fill(tied),
    total: new Float64Array(table.won.length).fill(1),
  });
  const slopes = [unit(1, 0), unit(0, 1), unit(0, 0)].map(
    (one) => expand(one, fit.strengths, fit.shared, options).slope,
  );
  return table.total.map((total, pair) => {
    const [won, tied] = [table.won[pair] as number, table.tied[pair] as number];
    const counts = [won, tied, total - won - tied];
    return slopes.reduce((sum, slope, outcome) => sum + (counts[outcome] ?? 0) * (slope[pair] as number) ** 2, 0);
  });
}
