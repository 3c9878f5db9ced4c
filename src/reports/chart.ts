import type { ChartConfiguration, Scale } from 'chart.js';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { registerChartFont } from './chart-font.ts';
import { displayWidth } from './display-width.ts';
import { intervalBars } from './interval-bars.ts';
import type { LearningCurve } from './learning-curve.ts';

/** Size of a chart on the page in CSS pixels; the picture has twice as many each way. */
export const chartSize = { width: 400, height: 250 } as const;

export type ChartTheme = 'light' | 'dark';

interface Colours {
  readonly surface: string;
  readonly text: string;
  readonly grid: string;
  readonly line: string;
}

/** Blues that stay apart from their surface for every kind of colour vision (Okabe and Ito's, and a light one). */
const colours: Readonly<Record<ChartTheme, Colours>> = {
  light: { surface: '#ffffff', text: '#4a5361', grid: '#e4e7ec', line: '#0067a8' },
  dark: { surface: '#171b21', text: '#aab3c0', grid: '#2c333d', line: '#5bb6ec' },
};

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

/** Draws a learning curve with a bar for each interval. @returns a PNG */
export function renderLearningCurve(curve: LearningCurve, theme: ChartTheme): Buffer {
  // Only the synchronous calls work on this canvas.
  return rendererOf(theme).renderToBufferSync(configuration(curve, colours[theme]), 'image/png');
}

function configuration(curve: LearningCurve, colour: Colours): ChartConfiguration<'line'> {
  const data = curve.points.map(({ x, accuracy }) => ({ x, y: accuracy }));
  return {
    type: 'line',
    data: {
      datasets: [
        {
          data,
          borderColor: colour.line,
          borderWidth: 2,
          backgroundColor: colour.line,
          pointRadius: curve.points.length > 30 ? 2 : 4,
        },
      ],
    },
    options: {
      animation: false,
      responsive: false,
      devicePixelRatio: 2,
      font: { family: fontFamily, size: 13 },
      layout: { padding: { top: 14, right: 14, bottom: 6, left: 6 } },
      plugins: { legend: { display: false } },
      scales: { x: horizontalScale(curve, colour), y: verticalScale(curve, colour) },
    },
    plugins: [intervalBars(curve, colour.line)],
  };
}

type ScaleOptions = NonNullable<NonNullable<ChartConfiguration<'line'>['options']>['scales']>[string];

function horizontalScale(curve: LearningCurve, colour: Colours): ScaleOptions {
  const first = curve.points[0]?.x ?? 0;
  const last = curve.points.at(-1)?.x ?? 1;
  const margin = (last - first || 1) * 0.06;
  const labels = horizontalLabels(curve);
  return {
    type: 'linear',
    min: first - margin,
    max: last + margin,
    grid: { display: false },
    border: { color: colour.grid },
    title: { display: true, text: labels.title, color: colour.text },
    // One tick under each point; those that would overlap are left out.
    afterBuildTicks: (scale: Scale) => {
      scale.ticks = curve.points.map(({ x }) => ({ value: x }));
    },
    ticks: {
      color: colour.text,
      autoSkipPadding: 8,
      maxRotation: 0,
      callback: (value) => labels.textAt(Number(value)),
    },
  };
}

/** Names stand under the points only where they are few and short: names cut to fit often all look alike. */
function horizontalLabels(curve: LearningCurve): { title: string; textAt: (x: number) => string } {
  if (curve.axis === 'step') return { title: 'training step', textAt: String };
  const names = new Map(curve.points.map(({ x, name }) => [x, name]));
  const short = curve.points.length <= 4 && curve.points.every(({ name }) => displayWidth(name) <= 12);
  if (short) return { title: 'checkpoint', textAt: (x) => names.get(x) ?? '' };
  return { title: 'checkpoint, in the order of the table', textAt: String };
}

function verticalScale(curve: LearningCurve, colour: Colours): ScaleOptions {
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
