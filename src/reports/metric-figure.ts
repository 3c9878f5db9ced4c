import type { BenchmarkSummary, MetricInterval, MetricIntervals, Metrics } from '../core/summary.ts';
import { printableText } from './printable-text.ts';

/** Titles of the figures that benchmarks declare, by path; another is shown by its own name. */
const titles: Readonly<Record<string, string>> = {
  average: 'Average',
  worst_case: 'Worst case',
  reasoning_robustness: 'Reasoning robustness',
  strict: 'Strict',
  loose: 'Loose',
  score: 'score',
  ik: 'IK',
  ig: 'IG',
  cm: 'CM',
  rm: 'RM',
  one_step: 'One step',
  two_step: 'Two steps',
  three_step: 'Three steps',
  question_pair: 'Question pairs',
  figure: 'Figures',
  mean: 'Mean',
};

/** A benchmark's own figure with what it rests on. */
export interface MetricFigure extends MetricInterval {
  readonly value: number | null;
}

/** Names that lead to every figure, in the order in which they are declared. */
export function metricPaths(metrics: Metrics, path: readonly string[] = []): (readonly string[])[] {
  return Object.entries(metrics).flatMap(([name, value]) => {
    const here = [...path, name];
    return value !== null && typeof value === 'object' ? metricPaths(value, here) : [here];
  });
}

/** @returns undefined where this benchmark has no such figure */
export function metricFigure(
  { metrics, metric_intervals }: Pick<BenchmarkSummary, 'metrics' | 'metric_intervals'>,
  path: readonly string[],
): MetricFigure | undefined {
  let value: number | null | Metrics | undefined = metrics;
  let beside: MetricInterval | MetricIntervals | undefined = metric_intervals;
  for (const name of path) {
    value = value !== null && typeof value === 'object' ? value[name] : undefined;
    beside = beside === undefined || isLeaf(beside) ? undefined : beside[name];
  }
  if (value === undefined || (value !== null && typeof value === 'object')) return undefined;
  if (beside === undefined || !isLeaf(beside)) return undefined;
  return { value, n: beside.n, interval: beside.interval };
}

/** `Worst case`, `Strict IK`, `pass@3`. */
export function metricTitle(path: readonly string[]): string {
  const [first, second] = path;
  if (first === 'pass_at_k' && second !== undefined) return `pass@${printableText(second)}`;
  return path.map((name) => titles[name] ?? printableText(name)).join(' ');
}

function isLeaf(beside: MetricInterval | MetricIntervals): beside is MetricInterval {
  return typeof beside.n === 'number';
}
