import type { Chart, Plugin } from 'chart.js';
import type { LearningCurve } from './learning-curve.ts';

/**
 * Draws each interval of a learning curve as a bar with caps, under the points.
 *
 * @param colour - as CSS writes it
 */
export function intervalBars(curve: LearningCurve, colour: string): Plugin<'line'> {
  return {
    id: 'interval-bars',
    beforeDatasetsDraw(chart: Chart) {
      const { ctx: context, scales } = chart;
      const { x: horizontal, y: vertical } = scales;
      if (!horizontal || !vertical) return;
      context.save();
      context.strokeStyle = colour;
      context.lineWidth = 1.5;
      context.globalAlpha = 0.75;
      context.beginPath();
      for (const { x, interval } of curve.points) {
        const at = horizontal.getPixelForValue(x);
        const [low, high] = interval.map((limit) => vertical.getPixelForValue(limit));
        if (low === undefined || high === undefined) continue;
        context.moveTo(at, low);
        context.lineTo(at, high);
        for (const end of [low, high]) {
          context.moveTo(at - 4, end);
          context.lineTo(at + 4, end);
        }
      }
      context.stroke();
      context.restore();
    },
  };
}
