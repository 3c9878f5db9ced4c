import type { ChartConfiguration, Plugin } from 'chart.js';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { registerChartFont } from '../chart-font.ts';
import { printableText } from '../printable-text.ts';

/** One accuracy with its 95 % limits, all in [0, 1]. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** Lines of accuracy over checkpoints, as a picture for papers and pull requests. */
export interface LineChart {
  readonly title: string;
  /** What must not be missed, e.g. that answers are simulated; empty where there is nothing. */
  readonly subtitle: string;
  readonly horizontal: string;
  /** Names of checkpoints by place, where the axis is not the training step. */
  readonly names: ReadonlyMap<number, string> | undefined;
  readonly series: readonly { readonly label: string; readonly points: readonly ChartPoint[] }[];
}

/** Size in CSS pixels; the picture has twice as many each way. */
export const exportedChartSize = { width: 720, height: 440 } as const;

/** Colours that stay apart for every kind of colour vision (Okabe and Ito); marks tell lines apart in grey print. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b8860b', '#3a9bdc', '#333333'];
const marks = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'crossRot', 'rectRounded'] as const;
const ink = '#4a5361';

const fontFamily = registerChartFont();

/** The family must stand in every part: those that do not name it take the machine's own, where it has one. */
function fontOf(size: number): { family: string; size: number; weight: number } {
  return { family: fontFamily, size, weight: 500 };
}

let renderer: ChartJSNodeCanvas | undefined;

/** Draws on white. @returns a PNG */
export function renderLineChart(chart: LineChart): Buffer {
  renderer ??= new ChartJSNodeCanvas({ ...exportedChartSize, backgroundColour: '#ffffff' });
  return renderer.renderToBufferSync(chartConfiguration(chart), 'image/png');
}

/** What Chart.js is told to draw. Lines that would hide each other's intervals stand a little beside each other. */
export function chartConfiguration(chart: LineChart): ChartConfiguration<'line'> {
  const shifted = { ...chart, series: apart(chart.series) };
  return {
    type: 'line',
    data: {
      datasets: shifted.series.map(({ label, points }, at) => ({
        label: shortened(label, 40),
        data: points.map(({ x, y }) => ({ x, y })),
        borderColor: colours[at % colours.length] ?? ink,
        backgroundColor: colours[at % colours.length] ?? ink,
        borderWidth: 2,
        pointStyle: marks[at % marks.length] ?? 'circle',
        pointRadius: points.length > 30 ? 2 : 4,
      })),
    },
    options: {
      animation: false,
      responsive: false,
      devicePixelRatio: 2,
      layout: { padding: 16 },
      plugins: headAndLegend(chart),
      scales: scalesOf(chart),
    },
    plugins: [limitBars(shifted)],
  };
}

function headAndLegend({ title, subtitle, series }: LineChart): NonNullable<Options['plugins']> {
  return {
    title: {
      display: true,
      align: 'start',
      text: shortened(title, 80),
      color: '#1a1f27',
      font: fontOf(16),
      padding: { bottom: subtitle === '' ? 20 : 6 },
    },
    subtitle: {
      display: subtitle !== '',
      align: 'start',
      text: shortened(subtitle, 100),
      color: '#a33b00',
      font: fontOf(12),
      padding: { bottom: 20 },
    },
    legend: {
      display: series.length > 1,
      position: 'bottom',
      labels: { usePointStyle: true, boxWidth: 8, boxHeight: 8, padding: 16, color: ink, font: fontOf(12) },
    },
  };
}

type Options = NonNullable<ChartConfiguration<'line'>['options']>;
type Scales = NonNullable<Options['scales']>;

/** Steps as they are; else a whole number for each checkpoint's place, with its name where names are short. */
function scalesOf(chart: LineChart): Scales {
  const places = [...new Set(chart.series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const first = places[0] ?? 0;
  const last = places.at(-1) ?? 1;
  const margin = (last - first || 1) * 0.05;
  return {
    x: {
      type: 'linear',
      min: first - margin,
      max: last + margin,
      grid: { display: false },
      title: { display: true, text: chart.horizontal, color: ink, font: fontOf(12) },
      afterBuildTicks: (scale) => {
        scale.ticks = places.map((value) => ({ value }));
      },
      ticks: {
        color: ink,
        font: fontOf(12),
        autoSkipPadding: 8,
        maxRotation: 0,
        callback: (value) => shortened(chart.names?.get(Number(value)) ?? String(value), 16),
      },
    },
    y: {
      type: 'linear',
      ...verticalLimits(chart),
      grid: { color: '#e4e7ec' },
      border: { display: false },
      title: { display: true, text: 'accuracy, 95 % interval', color: ink, font: fontOf(12) },
      ticks: { color: ink, font: fontOf(12), callback: (value) => `${Math.round(Number(value) * 100)} %` },
    },
  };
}

/** Whole tenths around all limits. */
function verticalLimits({ series }: LineChart): { min: number; max: number } {
  const points = series.flatMap(({ points: all }) => all);
  const low = Math.min(1, ...points.map((point) => point.low));
  const high = Math.max(0, ...points.map((point) => point.high));
  return { min: Math.floor(low * 10 + 1e-9) / 10, max: Math.ceil(high * 10 - 1e-9) / 10 };
}

function apart(series: LineChart['series']): LineChart['series'] {
  const places = series.flatMap(({ points }) => points.map(({ x }) => x));
  const width = Math.max(...places, 0) - Math.min(...places, Infinity) || 1;
  const gap = Math.min(0.006, 0.03 / series.length) * width;
  const middle = (series.length - 1) / 2;
  return series.map(({ label, points }, at) => ({
    label,
    points: points.map((point) => ({ ...point, x: point.x + (at - middle) * gap })),
  }));
}

function limitBars({ series }: LineChart): Plugin<'line'> {
  return {
    id: 'limit-bars',
    beforeDatasetsDraw({ ctx: context, scales: { x: horizontal, y: vertical } }) {
      if (!horizontal || !vertical) return;
      context.save();
      context.lineWidth = 1.5;
      context.globalAlpha = 0.7;
      for (const [at, { points }] of series.entries()) {
        context.strokeStyle = colours[at % colours.length] ?? ink;
        context.beginPath();
        for (const { x, low, high } of points) {
          const place = horizontal.getPixelForValue(x);
          const ends = [low, high].map((limit) => vertical.getPixelForValue(limit));
          context.moveTo(place, ends[0] ?? 0);
          context.lineTo(place, ends[1] ?? 0);
          for (const end of ends) {
            context.moveTo(place - 3, end);
            context.lineTo(place + 3, end);
          }
        }
        context.stroke();
      }
      context.restore();
    },
  };
}

function shortened(text: string, most: number): string {
  const characters = [...printableText(text.slice(0, 4 * most))];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
