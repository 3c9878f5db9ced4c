import { describe, expect, test } from 'vitest';
import { comparisonSentence } from '../../src/reports/comparison-sentence.ts';
import { comparisonText } from '../../src/reports/comparison-text.ts';
import { displayWidth } from '../../src/reports/display-width.ts';
import { drawComparison } from './make-comparison.ts';
import { hostileText } from './make-run.ts';

const plain = { colour: false, width: 100, problems: false };
const number = '[+−]?\\d+\\.\\d';

describe('comparisonSentence', () => {
  test('names the best, its gain over the base and those that cannot be told apart from it', () => {
    const sentence = comparisonSentence(
      drawComparison({ global_step_0: 0.4, global_step_88: 0.62, global_step_96: 0.63, global_step_112: 0.62 }),
    );
    expect(sentence).toMatch(
      new RegExp(
        `^global_step_\\d+ is best on average: \\+${number} points \\[${number}, ${number}\\] over global_step_0; global_step_\\d+ and \\d+ cannot be told apart from it\\.$`,
      ),
    );
  });

  test('names one benchmark, and says where nothing else comes near', () => {
    const sentence = comparisonSentence(drawComparison({ base: 0.3, step_1: 0.4, step_2: 0.8 }, ['wemath']));
    expect(sentence).toMatch(/^step_2 is best on wemath: \+\S+ points \[.*\] over base; every other one is worse\.$/);
  });

  test('claims nothing where the base may be the best, or is the highest', () => {
    const even = drawComparison({ base: 0.5, step_1: 0.505, step_2: 0.51 });
    expect(comparisonSentence(even)).toMatch(
      /^(No checkpoint can be told to be better than base|The base base is highest)/,
    );
    const worse = drawComparison({ base: 0.6, step_1: 0.4 });
    expect(comparisonSentence(worse)).toBe('The base base is highest on average; every other one is worse.');
    const slight = drawComparison({ base: 0.5, step_1: 0.52 });
    expect(comparisonSentence(slight)).toMatch(
      /^No checkpoint can be told .*: step_1 is highest, \+?\S+ points \[−.*\]\.$/,
    );
  });
});

describe('comparisonText', () => {
  const many = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`global_step_${16 * at}`, 0.4 + 0.03 * at]));
  const five = ['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath'];

  test('fits into 100 columns, with the verdict first and every checkpoint on every benchmark', () => {
    const text = comparisonText(drawComparison(many, five, { facet: 'half' }), plain);
    const lines = text.split('\n');
    expect(lines[2]).toMatch(/^global_step_\d+ is best on average/);
    for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(100);
    for (const name of five) expect(text).toMatch(new RegExp(`over the base.* ${name}( |$)`, 'm'));
    expect(text.match(/^global_step_112 /gm)?.length).toBeGreaterThan(2);
    expect(text).toMatch(/^global_step_0 .* base /m);
    expect(text).toMatch(/^mathverse even +200 /m);
  });

  test('lists problems on request', () => {
    const comparison = drawComparison({ step_0: 0.3, step_1: 0.6 }, ['wemath']);
    const { counts, problems } = comparison.trajectories?.benchmarks[0] ?? {};
    expect(comparisonText(comparison, plain)).not.toContain('wemath learned (');
    expect(comparisonText(comparison, { ...plain, problems: true })).toContain(
      `wemath learned (${counts?.learned}): ${problems?.learned.join(', ')}`,
    );
  });

  test('says what is simulated, incomplete and left out; control characters do nothing', () => {
    const name = `${hostileText}\u001b[31m`;
    const text = comparisonText(
      drawComparison({ [name]: 0.4, step_2: 0.5 }, ['wemath'], {}, { simulated: true, complete: false, notes: [name] }),
      plain,
    );
    expect(text).toContain('SIMULATED');
    expect(text).toContain('INCOMPLETE');
    expect(text).not.toContain('\u001b');
    expect(comparisonText(drawComparison(many), { ...plain, colour: true })).toContain('\u001b[1m');
  });
});
