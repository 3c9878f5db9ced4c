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
}

/** How accuracy on one benchmark moves over checkpoints. */
export interface LearningCurve {
  readonly axis: 'step' | 'order';
  readonly points: readonly CurvePoint[];
  /** Limits of the vertical axis and the distance of its ticks, all in [0, 1]. */
  readonly vertical: { readonly low: number; readonly high: number; readonly tick: number };
}

/**
 * The curve over the checkpoints that have an accuracy. The axis is the training step where all of them have one and no
 * two share it, else the order of checkpoints.
 *
 * @returns undefined where no checkpoint has an accuracy on this benchmark
 */
export function learningCurve(benchmark: string, checkpoints: readonly CheckpointSummary[]): LearningCurve | undefined {
  const steps = checkpoints.map(({ step }) => step);
  const byStep = steps.every((step) => step !== null) && new Set(steps).size === steps.length;
  const points = checkpoints.flatMap(({ name, step, benchmarks }, at): CurvePoint[] => {
    const tally = benchmarks[benchmark];
    if (!tally || tally.accuracy === null || tally.upper === null || tally.interval === null) return [];
    const x = byStep && step !== null ? step : at + 1;
    return [{ name: printableText(name), x, accuracy: tally.accuracy, upper: tally.upper, interval: tally.interval }];
  });
  if (points.length === 0) return undefined;
  points.sort((left, right) => left.x - right.x);
  return { axis: byStep ? 'step' : 'order', points, vertical: verticalAxis(points) };
}

const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25];

/** The tightest whole number of round ticks around all intervals. */
function verticalAxis(points: readonly CurvePoint[]): LearningCurve['vertical'] {
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
