import type { Point, Sheet } from '../drawing/sheet.ts';
import { polar } from '../drawing/sheet.ts';

const palette = ['#3b6fb6', '#e08a2e', '#4f9d5d', '#b9484e', '#7d62a8', '#8a6f4d', '#3a9aa3', '#c46f9f'] as const;

export function colourOf(index: number): string {
  return palette[index % palette.length] ?? '#3b6fb6';
}

export interface AxisChart {
  readonly title: string;
  readonly labels: readonly string[];
  /** Top of the vertical axis, a multiple of `step`. */
  readonly top: number;
  readonly step: number;
  /** Written along the vertical axis. */
  readonly axis?: string;
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly yOf: (value: number) => number;
  /** Middle of the place of a label. */
  readonly xOf: (index: number) => number;
  readonly slot: number;
}

/** Title, horizontal rules, the vertical axis with its numbers, and the labels below. */
export function chartFrame(sheet: Sheet, chart: AxisChart): Frame {
  const left = chart.axis === undefined ? 46 : 62;
  const [right, top, bottom] = [sheet.width - 14, 42, sheet.height - 36];
  const yOf = (value: number): number => bottom - (value / chart.top) * (bottom - top);
  const slot = (right - left) / chart.labels.length;
  const xOf = (index: number): number => left + slot * (index + 0.5);
  sheet.text([sheet.width / 2, 18], chart.title, { size: 11 });
  for (let value = 0; value <= chart.top + 1e-9; value += chart.step) {
    const y = yOf(value);
    sheet.line([left, y], [right, y], { stroke: value === 0 ? '#1f2430' : '#d5dae2', width: value === 0 ? 1.6 : 1 });
    sheet.text([left - 7, y], String(Math.round(value * 100) / 100), { size: 8.5, anchor: 'end' });
  }
  chart.labels.forEach((label, index) => {
    sheet.text([xOf(index), bottom + 16], label, { size: 9 });
  });
  if (chart.axis !== undefined) sheet.text([16, (top + bottom) / 2], chart.axis, { size: 9, rotate: -90 });
  return { left, right, bottom, yOf, xOf, slot };
}

/** Upright bars; several series stand side by side with a legend. */
export function barChart(
  sheet: Sheet,
  chart: AxisChart & {
    readonly series: Readonly<Record<string, readonly number[]>>;
    readonly showValues?: boolean;
    readonly colours?: readonly string[];
  },
): void {
  const frame = chartFrame(sheet, chart);
  const names = Object.keys(chart.series);
  const width = Math.min(38, (frame.slot * 0.72) / names.length);
  names.forEach((name, which) => {
    chart.series[name]?.forEach((value, index) => {
      const x = frame.xOf(index) + (which - names.length / 2) * width;
      const y = frame.yOf(value);
      const fill = chart.colours?.[index] ?? colourOf(which);
      sheet.rectangle([x, y], width, frame.bottom - y, { fill, stroke: '#2b3140', width: 1 });
      if (chart.showValues === true) sheet.text([x + width / 2, y - 9], String(value), { size: 8.5 });
    });
  });
  if (names.length > 1) legend(sheet, names, [frame.left + 10, 34]);
}

/** Points joined by lines. */
export function lineChart(
  sheet: Sheet,
  chart: AxisChart & { readonly series: Readonly<Record<string, readonly number[]>> },
): void {
  const frame = chartFrame(sheet, chart);
  const names = Object.keys(chart.series);
  names.forEach((name, which) => {
    const points = (chart.series[name] ?? []).map((value, index): Point => [frame.xOf(index), frame.yOf(value)]);
    sheet.polyline(points, { stroke: colourOf(which), width: 2.2 });
    for (const point of points) sheet.dot(point, 3.4, colourOf(which));
  });
  if (names.length > 1) legend(sheet, names, [frame.left + 10, 34]);
}

function legend(sheet: Sheet, names: readonly string[], [x, y]: Point, gap = 96): void {
  names.forEach((name, index) => {
    sheet.rectangle([x + index * gap, y - 5], 10, 10, { fill: colourOf(index), width: 0.8 });
    sheet.text([x + index * gap + 16, y], name, { size: 8.5, anchor: 'start' });
  });
}

/** Slices clockwise from the top; the shares are percentages that sum to 100. */
export function pieChart(
  sheet: Sheet,
  chart: {
    readonly title: string;
    readonly slices: Readonly<Record<string, number>>;
    readonly colours?: readonly string[];
    readonly hideShares?: boolean;
  },
): void {
  const centre: Point = [sheet.width / 2, sheet.height / 2 + 14];
  const radius = Math.min(sheet.width, sheet.height) / 2 - 52;
  sheet.text([sheet.width / 2, 18], chart.title, { size: 11 });
  let start = 90;
  Object.entries(chart.slices).forEach(([name, share], index) => {
    const end = start - share * 3.6;
    sheet.sector(centre, radius, end, start, {
      fill: chart.colours?.[index] ?? colourOf(index),
      stroke: '#ffffff',
      width: 1.5,
    });
    const middle = (start + end) / 2;
    const [x, y] = polar(centre, radius + 14, middle);
    const sideways = Math.cos((middle * Math.PI) / 180);
    const anchor = sideways > 0.3 ? 'start' : sideways < -0.3 ? 'end' : 'middle';
    sheet.text([x, y], name, { size: 9.5, anchor });
    if (chart.hideShares !== true)
      sheet.text(polar(centre, radius * 0.62, middle), `${share}%`, { size: 9, colour: '#ffffff', weight: 1.6 });
    start = end;
  });
}
