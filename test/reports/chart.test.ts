import { describe, expect, test } from 'vitest';
import { chartSize, renderLearningCurve } from '../../src/reports/chart.ts';
import { curveDescription, type LearningCurve, learningCurve } from '../../src/reports/learning-curve.ts';
import { checkpointOf, summaryOf } from './make-summary.ts';

const at = (name: string, step: number | null, correct: number) =>
  checkpointOf(name, step, { wemath: summaryOf({ correct, incorrect: 100 - correct }) });

function curveOf(...checkpoints: Parameters<typeof learningCurve>[1]): LearningCurve {
  const curve = learningCurve('wemath', checkpoints);
  if (curve === undefined) throw new Error('no curve');
  return curve;
}

describe('learningCurve', () => {
  test('stands on training steps where every checkpoint has its own, in their order', () => {
    const curve = curveOf(at('b', 32, 60), at('a', 8, 40));
    expect(curve.axis).toBe('step');
    expect(curve.points.map(({ x, accuracy }) => [x, accuracy])).toEqual([
      [8, 0.4],
      [32, 0.6],
    ]);
  });

  test('stands on the order of checkpoints where one has no step or two share one', () => {
    for (const steps of [
      [8, null],
      [8, 8],
    ] as const) {
      const curve = curveOf(at('a', steps[0], 40), at('b', steps[1], 60));
      expect([curve.axis, ...curve.points.map(({ x }) => x)]).toEqual(['order', 1, 2]);
    }
  });

  test('the vertical axis holds every interval between round ticks', () => {
    const { vertical, points } = curveOf(at('a', 1, 2), at('b', 2, 35), at('c', 3, 98));
    expect(vertical).toEqual({ low: 0, high: 1, tick: 0.2 });
    const tight = curveOf(at('a', 1, 50)).vertical;
    expect(tight.low).toBeCloseTo(0.4, 12);
    expect(tight.high).toBeCloseTo(0.6, 12);
    expect(points.every(({ interval }) => vertical.low <= interval[0] && interval[1] <= vertical.high)).toBe(true);
  });

  test('passes over checkpoints without this benchmark; none at all is no curve', () => {
    expect(curveOf(at('a', 1, 40), checkpointOf('b', 2, {}), at('c', 3, 50)).points.map(({ x }) => x)).toEqual([1, 3]);
    expect(learningCurve('wemath', [checkpointOf('b', 2, { wemath: summaryOf({}) })])).toBeUndefined();
  });

  test('is told in words', () => {
    const words = curveDescription('We-Math', curveOf(at('a', 8, 40), at('b', 16, 60), at('c', 32, 50)));
    expect(words.replaceAll('\u00a0', ' ')).toBe(
      'Accuracy on We-Math over 3 checkpoints: 40.0 % (30.9 to 49.8) at step 8, 50.0 % (40.4 to 59.6) at step 32; highest 60.0 % (50.2 to 69.1) at step 16.',
    );
  });
});

describe('renderLearningCurve', () => {
  test.for([
    ['three steps', [at('a', 8, 40), at('b', 16, 60), at('c', 32, 50)]],
    ['one checkpoint', [at('only', null, 40)]],
    ['names', ['检查点', '<script>alert(1)</script>', 'x'.repeat(300)].map((name) => at(name, null, 30))],
    ['forty checkpoints', Array.from({ length: 40 }, (_, step) => at(`s${step}`, step * 8, 30 + step))],
  ] as const)('%s: a PNG of twice the size on the page, in both themes', ([, checkpoints]) => {
    const curve = curveOf(...checkpoints);
    const pictures = (['light', 'dark'] as const).map((theme) => renderLearningCurve(curve, theme));
    for (const picture of pictures) {
      expect([...picture.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      expect(picture.readUInt32BE(16)).toBe(chartSize.width * 2);
      expect(picture.readUInt32BE(20)).toBe(chartSize.height * 2);
    }
    expect(pictures[0]?.equals(pictures[1] as Buffer)).toBe(false);
    expect(renderLearningCurve(curve, 'light').equals(pictures[0] as Buffer), 'the same again').toBe(true);
  });
});
