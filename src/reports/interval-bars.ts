import type { Chart, Plugin } from 'chart.js';
import type { CurveChart } from './learning-curve.ts';

/**
 * Draws the intervals of every line under its points: a pale band where a line has several, and a bar with caps at each.
 *
 * @param colours - of the lines, as CSS writes them
 */
export function intervalBars(curve: CurveChart, colours: readonly string[]): Plugin<'line'> {
  return {
    id: 'interval-bars',
    beforeDatasetsDraw(chart: Chart) {
      const { ctx: context, scales } = chart;
      const { x: horizontal, y: vertical } = scales;
      if (!horizontal || !vertical) return;
      for (const [place, { points }] of curve.series.entries()) {
        const places = points.map(({ x, interval: [low, high] }) => ({
          x: horizontal.getPixelForValue(x),
          low: vertical.getPixelForValue(low),
          high: vertical.getPixelForValue(high),
        }));
        const colour = colours[place % colours.length] ?? '';
        context.save();
        context.fillStyle = colour;
        context.strokeStyle = colour;
        drawBand(context, places);
        drawBars(context, places);
        context.restore();
      }
    },
  };
}

type Context = Chart['ctx'];
type Places = readonly { readonly x: number; readonly low: number; readonly high: number }[];

function drawBand(context: Context, places: Places): void {
  context.globalAlpha = 0.13;
  context.beginPath();
  for (const { x, high } of places) context.lineTo(x, high);
  for (const { x, low } of [...places].reverse()) context.lineTo(x, low);
  context.fill();
}

function drawBars(context: Context, places: Places): void {
  context.globalAlpha = 0.75;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const { x, low, high } of places) {
    context.moveTo(x, low);
    context.lineTo(x, high);
    for (const end of [low, high]) {
      context.moveTo(x - 4, end);
      context.lineTo(x + 4, end);
    }
  }
  context.stroke();
}
