import type { CheckpointSummary } from '../core/summary.ts';
import { percent, percentText } from './percent.ts';
import { printableText } from './printable-text.ts';

/** One checkpoint's accuracy on one benchmark. */
export interface CurvePoint {
  /** The checkpoint's name, printable. */
  readonly name: string;
  /** Where it stands on the horizontal axis: its training step, or its place among the checkpoints from 1. */
  readonly x: number;
  readonly accuracy: number;
  readonly upper: number;
  readonly interval: readonly [low: number, high: number];
  /** How many samples or problems it rests on. */
  readonly n: number;
}

/** One line of a chart. */
export interface CurveSeries {
  readonly label: string;
  readonly points: readonly CurvePoint[];
}

/** Lines over checkpoints, or over quarters of difficulty, with their intervals. Written into the page as JSON. */
export interface CurveChart {
  readonly axis: 'step' | 'order' | 'quarter';
  readonly series: readonly CurveSeries[];
  readonly vertical: VerticalAxis;
}

/** Limits of the vertical axis and the distance of its ticks, all in [0, 1]. */
export interface VerticalAxis {
  readonly low: number;
  readonly high: number;
  readonly tick: number;
}

/** A share of a checkpoint as a chart draws it. */
export interface ChartedShare {
  readonly accuracy: number | null;
  readonly upper?: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly n: number;
}

/** How accuracy on one benchmark moves over checkpoints. */
export interface LearningCurve {
  readonly axis: 'step' | 'order';
  readonly points: readonly CurvePoint[];
  readonly vertical: VerticalAxis;
}

/**
 * The curve over the checkpoints that have an accuracy. The axis is the training step where all of them have one and no
 * two share it, else the order of checkpoints.
 *
 * @returns undefined where no checkpoint has an accuracy on this benchmark
 */
export function learningCurve(benchmark: string, checkpoints: readonly CheckpointSummary[]): LearningCurve | undefined {
  const axis = axisOf([checkpoints]);
  const points = curvePoints(checkpoints, axis, accuracyOn(benchmark));
  return points.length === 0 ? undefined : { axis, points, vertical: verticalAxis(points) };
}

/** Picks a checkpoint's accuracy on one benchmark. */
export function accuracyOn(benchmark: string): (checkpoint: CheckpointSummary) => ChartedShare | undefined {
  return ({ benchmarks }) => {
    const tally = benchmarks[benchmark];
    return tally === undefined ? undefined : { ...tally, n: tally.asked };
  };
}

/**
 * Several lines in one chart, each over checkpoints of its own; on the training step where all checkpoints have one.
 *
 * @returns undefined where there is nothing to draw; lines without any point are left out
 */
export function curveChart(
  lines: readonly {
    readonly label: string;
    readonly checkpoints: readonly CheckpointSummary[];
    readonly pick: (checkpoint: CheckpointSummary) => ChartedShare | undefined;
  }[],
): CurveChart | undefined {
  const axis = axisOf(lines.map(({ checkpoints }) => checkpoints));
  const series = lines
    .map(({ label, checkpoints, pick }) => ({ label, points: curvePoints(checkpoints, axis, pick) }))
    .filter(({ points }) => points.length > 0);
  if (series.length === 0) return undefined;
  return { axis, series, vertical: verticalAxis(series.flatMap(({ points }) => points)) };
}

function axisOf(groups: readonly (readonly CheckpointSummary[])[]): 'step' | 'order' {
  const byStep = groups.every((checkpoints) => {
    const steps = checkpoints.map(({ step }) => step);
    return steps.every((step) => step !== null) && new Set(steps).size === steps.length;
  });
  return byStep ? 'step' : 'order';
}

function curvePoints(
  checkpoints: readonly CheckpointSummary[],
  axis: 'step' | 'order',
  pick: (checkpoint: CheckpointSummary) => ChartedShare | undefined,
): CurvePoint[] {
  return checkpoints
    .flatMap((checkpoint, at): CurvePoint[] => {
      const share = pick(checkpoint);
      if (!share || share.accuracy === null || share.interval === null) return [];
      const { accuracy, interval, n } = share;
      const x = axis === 'step' && checkpoint.step !== null ? checkpoint.step : at + 1;
      return [{ name: printableText(checkpoint.name), x, accuracy, upper: share.upper ?? accuracy, interval, n }];
    })
    .sort((left, right) => left.x - right.x);
}

const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25];

/** The tightest whole number of round ticks around all intervals. */
export function verticalAxis(points: readonly CurvePoint[]): VerticalAxis {
  const low = Math.min(...points.map(({ interval }) => interval[0]));
  const high = Math.max(...points.map(({ interval }) => interval[1]));
  const tick = ticks.find((size) => (high - low) / size <= 5) ?? 0.25;
  return {
    low: Math.max(0, Math.floor(low / tick + 1e-9) * tick),
    high: Math.min(1, Math.ceil(high / tick - 1e-9) * tick),
    tick,
  };
}

/** What the picture shows, in words for those who do not see it. */
export function curveDescription(title: string, curve: LearningCurve): string {
  const place = (point: CurvePoint) => (curve.axis === 'step' ? `step ${point.x}` : point.name);
  const value = (point: CurvePoint) =>
    `${percentText(point.accuracy)} (${percent(point.interval[0])} to ${percent(point.interval[1])}) at ${place(point)}`;
  const [first] = curve.points;
  const last = curve.points.at(-1);
  if (!first || !last) return title;
  if (curve.points.length === 1) return `Accuracy on ${title}: ${value(first)}.`;
  const highest = curve.points.reduce((best, point) => (point.accuracy > best.accuracy ? point : best));
  return `Accuracy on ${title} over ${curve.points.length} checkpoints: ${value(first)}, ${value(last)}; highest ${value(highest)}.`;
}

/** What a chart of several lines shows, in words: the ends of each. */
export function chartDescription(title: string, chart: CurveChart): string {
  const lines = chart.series.map(({ label, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return label;
    if (points.length === 1) return `${label} ${percentText(first.accuracy)}`;
    return `${label} from ${percentText(first.accuracy)} to ${percentText(last.accuracy)}`;
  });
  return `${title}: ${lines.join('; ')}.`;
}
