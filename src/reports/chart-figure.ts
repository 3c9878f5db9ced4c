import type { CheckpointSummary } from '../core/summary.ts';
import {
  type ChartedShare,
  type CurveChart,
  type CurvePoint,
  chartDescription,
  curveChart,
  verticalAxis,
} from './learning-curve.ts';
import { metricFigure } from './metric-figure.ts';
import { printableText } from './printable-text.ts';
import type { Table } from './table-model.ts';

/** A chart on the page: drawn by a script, or a picture where none runs. */
export interface ChartFigure {
  /** Tells it from the other charts of a page. */
  readonly id: string;
  readonly title: string;
  readonly chart: CurveChart;
  /** The chart as JSON, for the page's script. */
  readonly data: string;
  readonly alternative: string;
  /** Where the vertical axis stands, in words, since it need not begin at 0. */
  readonly axes: string;
  readonly legend: readonly string[];
  /** The same figures as a table; undefined where one stands below. */
  readonly table: Table | undefined;
}

export function chartFigure(
  chart: CurveChart,
  about: { readonly id: string; readonly title: string; readonly alternative?: string; readonly table?: Table },
): ChartFigure {
  const { low, high } = chart.vertical;
  return {
    id: about.id,
    title: about.title,
    chart,
    data: JSON.stringify({ title: about.title, ...chart }),
    alternative: about.alternative ?? chartDescription(about.title, chart),
    axes: `Vertical axis from ${Math.round(low * 100)} to ${Math.round(high * 100)}\u00a0%.`,
    legend: chart.series.length > 1 ? chart.series.map(({ label }) => label) : [],
    table: about.table,
  };
}

/** DynaMath's average against its worst case, over checkpoints. @returns undefined where a benchmark has no such figures */
export function worstCaseFigure(
  benchmark: string,
  title: string,
  checkpoints: readonly CheckpointSummary[],
): ChartFigure | undefined {
  const line = (metric: string, label: string) => ({
    label,
    checkpoints,
    pick: ({ benchmarks }: CheckpointSummary): ChartedShare | undefined => {
      const figure = benchmarks[benchmark] && metricFigure(benchmarks[benchmark], [metric]);
      return figure && { accuracy: figure.value, interval: figure.interval, n: figure.n };
    },
  });
  const chart = curveChart([line('average', 'Average'), line('worst_case', 'Worst case')]);
  if (chart === undefined || chart.series.length < 2) return undefined;
  return chartFigure(chart, { id: `${benchmark} worst case`, title: `Average and worst case on ${title}` });
}

const mostCalibrated = 3;
const quarters = ['q1', 'q2', 'q3', 'q4'] as const;

/** Accuracy by difficulty over checkpoints, and whether answers bear the ratings out; empty without ratings. */
export function difficultyFigures(
  benchmark: string,
  title: string,
  checkpoints: readonly CheckpointSummary[],
): ChartFigure[] {
  const lines = (
    labels: readonly string[],
    pick: (summary: CheckpointSummary, label: string) => ChartedShare | undefined,
  ) => curveChart(labels.map((label) => ({ label, checkpoints, pick: (summary) => pick(summary, label) })));
  const difficultyOf = ({ benchmarks }: CheckpointSummary) => benchmarks[benchmark]?.difficulty;
  const buckets = lines(['easy', 'medium', 'hard'], (summary, label) => {
    const tally = difficultyOf(summary)?.buckets[label as 'easy'];
    return tally && { ...tally, n: tally.asked };
  });
  const weighted = lines(['easy', 'medium', 'hard'], (summary, label) => {
    const share = difficultyOf(summary)?.weighted[label as 'easy'];
    return share && { ...share, n: Math.round(share.n) };
  });
  const steady = calibration(benchmark, checkpoints);
  return [
    ...(buckets ? [chartFigure(buckets, { id: `${benchmark} buckets`, title: `By difficulty on ${title}` })] : []),
    ...(weighted
      ? [chartFigure(weighted, { id: `${benchmark} weighted`, title: `By difficulty on ${title}, weighted` })]
      : []),
    ...(steady
      ? [chartFigure(steady, { id: `${benchmark} quarters`, title: `Ratings against answers on ${title}` })]
      : []),
  ];
}

/** Share right by quarter of the ratings, for the first, the middle and the last checkpoint. */
function calibration(benchmark: string, checkpoints: readonly CheckpointSummary[]): CurveChart | undefined {
  const rated = checkpoints.filter(({ benchmarks }) => benchmarks[benchmark]?.difficulty !== undefined);
  const chosen = new Set(
    Array.from(
      { length: mostCalibrated },
      (_, at) => rated[Math.round((at * (rated.length - 1)) / (mostCalibrated - 1))],
    ),
  );
  const series = [...chosen].flatMap((checkpoint) => {
    const shares = checkpoint?.benchmarks[benchmark]?.difficulty?.quarters;
    if (checkpoint === undefined || shares === undefined) return [];
    const name = printableText(checkpoint.name);
    const points = quarters.flatMap((quarter, at): CurvePoint[] => {
      const { accuracy, interval, asked } = shares[quarter];
      if (accuracy === null || interval === null) return [];
      return [{ name: `${name}, quarter ${at + 1}`, x: at + 1, accuracy, upper: accuracy, interval, n: asked }];
    });
    return points.length === 0 ? [] : [{ label: name, points }];
  });
  if (series.length === 0) return undefined;
  return { axis: 'quarter', series, vertical: verticalAxis(series.flatMap(({ points }) => points)) };
}
