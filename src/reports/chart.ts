import type { ChartConfiguration, Scale } from 'chart.js';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { registerChartFont } from './chart-font.ts';
import { displayWidth } from './display-width.ts';
import { intervalBars } from './interval-bars.ts';
import type { CurveChart, CurvePoint, LearningCurve } from './learning-curve.ts';

/** Size of a chart on the page in CSS pixels; the picture has twice as many each way. */
export const chartSize = { width: 400, height: 250 } as const;

export type ChartTheme = 'light' | 'dark';

interface Colours {
  readonly surface: string;
  readonly text: string;
  readonly grid: string;
  readonly lines: readonly string[];
}

/** Colours of lines that stay apart for every kind of colour vision (after Okabe and Ito); the page has the same. */
const colours: Readonly<Record<ChartTheme, Colours>> = {
  light: {
    surface: '#ffffff',
    text: '#4a5361',
    grid: '#e4e7ec',
    lines: ['#0067a8', '#c84a00', '#007a5a', '#8f3f82', '#8a6400', '#4a5361'],
  },
  dark: {
    surface: '#171b21',
    text: '#aab3c0',
    grid: '#2c333d',
    lines: ['#5bb6ec', '#ff9457', '#45c9a0', '#dc9acb', '#edbf4c', '#c7ced8'],
  },
};

/** Signs of lines, so that none rests on colour alone; the page has the same. */
const signs = ['circle', 'triangle', 'rect', 'rectRot', 'crossRot', 'star'] as const;

const fontFamily = registerChartFont();

const renderers = new Map<ChartTheme, ChartJSNodeCanvas>();

/** One renderer for each theme: making one loads the chart library anew. */
function rendererOf(theme: ChartTheme): ChartJSNodeCanvas {
  const known = renderers.get(theme);
  if (known) return known;
  const renderer = new ChartJSNodeCanvas({ ...chartSize, backgroundColour: colours[theme].surface });
  renderers.set(theme, renderer);
  return renderer;
}

/** Draws a learning curve with its intervals. @returns a PNG */
export function renderLearningCurve({ axis, points, vertical }: LearningCurve, theme: ChartTheme): Buffer {
  return renderChart({ axis, vertical, series: [{ label: '', points }] }, theme);
}

/** Draws a chart of one or several lines with their intervals. @returns a PNG */
export function renderChart(curve: CurveChart, theme: ChartTheme): Buffer {
  // Only the synchronous calls work on this canvas.
  return rendererOf(theme).renderToBufferSync(configuration(curve, colours[theme]), 'image/png');
}

function configuration(curve: CurveChart, colour: Colours): ChartConfiguration<'line'> {
  return {
    type: 'line',
    data: {
      datasets: curve.series.map(({ label, points }, place) => {
        const line = colour.lines[place % colour.lines.length] ?? '';
        return {
          label,
          data: points.map(({ x, accuracy }) => ({ x, y: accuracy })),
          borderColor: line,
          borderWidth: 2,
          backgroundColor: line,
          pointStyle: signs[place % signs.length] ?? 'circle',
          pointRadius: points.length > 30 ? 2 : 4,
        };
      }),
    },
    options: {
      animation: false,
      responsive: false,
      devicePixelRatio: 2,
      font: { family: fontFamily, size: 13 },
      layout: { padding: { top: 14, right: 14, bottom: 6, left: 6 } },
      plugins: {
        legend: {
          display: curve.series.length > 1,
          labels: { usePointStyle: true, color: colour.text, boxHeight: 7, font: { size: 12 } },
        },
      },
      scales: { x: horizontalScale(curve, colour), y: verticalScale(curve, colour) },
    },
    plugins: [intervalBars(curve, colour.lines)],
  };
}

type ScaleOptions = NonNullable<NonNullable<ChartConfiguration<'line'>['options']>['scales']>[string];

function horizontalScale(curve: CurveChart, colour: Colours): ScaleOptions {
  const points = curve.series.flatMap((series) => series.points);
  const places = [...new Set(points.map(({ x }) => x))].sort((left, right) => left - right);
  const first = places[0] ?? 0;
  const last = places.at(-1) ?? 1;
  const margin = (last - first || 1) * 0.06;
  const labels = horizontalLabels(curve, points);
  return {
    type: 'linear',
    min: first - margin,
    max: last + margin,
    grid: { display: false },
    border: { color: colour.grid },
    title: { display: true, text: labels.title, color: colour.text },
    // One tick under each point; those that would overlap are left out.
    afterBuildTicks: (scale: Scale) => {
      scale.ticks = apart(places).map((value) => ({ value }));
    },
    ticks: {
      color: colour.text,
      autoSkipPadding: 8,
      maxRotation: 0,
      callback: (value) => labels.textAt(Number(value)),
    },
  };
}

/** Those of the sorted places that leave room for a label each. */
function apart(places: readonly number[]): number[] {
  const least = ((places.at(-1) ?? 0) - (places[0] ?? 0)) / 14;
  const kept: number[] = [];
  for (const place of places) {
    const last = kept.at(-1);
    if (last === undefined || place - last >= least) kept.push(place);
  }
  return kept;
}

/** Names stand under the points only where they are few and short: names cut to fit often all look alike. */
function horizontalLabels(
  { axis, series }: CurveChart,
  points: readonly CurvePoint[],
): { title: string; textAt: (x: number) => string } {
  if (axis === 'step') return { title: 'training step', textAt: String };
  if (axis === 'quarter') return { title: 'quarter of difficulty, hardest last', textAt: String };
  const names = new Map(points.map(({ x, name }) => [x, name]));
  const short = series.length === 1 && points.length <= 4 && points.every(({ name }) => displayWidth(name) <= 12);
  if (short) return { title: 'checkpoint', textAt: (x) => names.get(x) ?? '' };
  return { title: 'checkpoint, in the order of the table', textAt: String };
}

function verticalScale(curve: CurveChart, colour: Colours): ScaleOptions {
  return {
    type: 'linear',
    min: curve.vertical.low,
    max: curve.vertical.high,
    grid: { color: colour.grid },
    border: { display: false },
    ticks: {
      color: colour.text,
      padding: 6,
      stepSize: curve.vertical.tick,
      callback: (value) => `${Math.round(Number(value) * 100)} %`,
    },
  };
}
