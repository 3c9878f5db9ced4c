import { csvLine } from './csv-text.ts';
import type { SynthrlMetrics } from './synthrl-results.ts';

/** The original's results of one checkpoint, by benchmark under its original name. */
export interface StepMetrics {
  readonly step: number;
  readonly benchmarks: ReadonlyMap<string, SynthrlMetrics>;
}

const levels = ['hard', 'medium', 'easy'] as const;

/**
 * The four tables of a model by file name: a line per step, a column per benchmark, and their mean over those present.
 * Geometry3K is left out, as there. A benchmark has a column in a table where any step has a figure for it; a table
 * without any has its steps alone.
 *
 * @see NUS-TRAIL/SynthRL@ea242b54:evaluation/parse_res.py (parse_model_benchmarks, save_model_csv)
 */
export function synthrlTables(model: string, steps: readonly StepMetrics[]): Map<string, string> {
  const tables = new Map([[`${model}_results.csv`, tableOf(steps, ({ accuracy }) => accuracy)]]);
  for (const level of levels) {
    tables.set(
      `${model}_results_${level}.csv`,
      tableOf(steps, (metrics) => metrics.sub_accuracies?.[level]),
    );
  }
  return tables;
}

function tableOf(steps: readonly StepMetrics[], figureOf: (metrics: SynthrlMetrics) => number | undefined): string {
  const sorted = [...steps].sort((left, right) => left.step - right.step);
  const figure = ({ benchmarks }: StepMetrics, name: string) => {
    const metrics = benchmarks.get(name);
    return metrics === undefined ? undefined : figureOf(metrics);
  };
  const names = [...new Set(sorted.flatMap(({ benchmarks }) => [...benchmarks.keys()]))].filter(
    (name) => name !== 'geo3k' && sorted.some((step) => figure(step, name) !== undefined),
  );
  const head = csvLine(['step', ...names, ...(names.length > 0 ? ['average'] : [])]);
  const lines = sorted.map((step) => {
    const figures = names.map((name) => figure(step, name) ?? null);
    const known = figures.filter((value) => value !== null);
    const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
    return csvLine([step.step, ...figures, ...(names.length > 0 ? [mean] : [])]);
  });
  // pandas ends lines with a line feed.
  return [head, ...lines].join('').replaceAll('\r\n', '\n');
}
