import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/reports/display-width.ts';
import { summaryTable } from '../../src/reports/terminal-table.ts';
import { drawSummary, runOf, summaryOf } from './make-summary.ts';

const plain = { colour: false, simulated: false } as const;

const twoByTwo = runOf(
  {
    global_step_8: {
      mathvision: summaryOf({ correct: 100, incorrect: 200, no_answer: 4 }),
      wemath: summaryOf({ correct: 900, incorrect: 834, failed: 4, undecided: 2 }),
    },
    global_step_16: {
      mathvision: summaryOf({ correct: 140, incorrect: 164 }),
      wemath: summaryOf({ correct: 1000, incorrect: 740 }),
    },
  },
  false,
);

describe('summaryTable', () => {
  test('checkpoints by benchmarks, with what is unsettled and incomplete in words', () => {
    expect(summaryTable(twoByTwo, { ...plain, simulated: true }).replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
      "demo/run

      checkpoint       mathvision           wemath
                       n = 304              n = 1,740
      global_step_8     32.9 %  27.9–38.4    51.7 %  49.4–54.4 *
      global_step_16    46.1 %  40.5–51.7    57.5 %  55.1–59.8

      Accuracy is correct / asked; after it its 95 % interval.
      * Not settled yet; the interval covers both ends:
        global_step_8, wemath: 4 failed, 2 undecided; the accuracy is between 51.7 % and 52.1 %.

      INCOMPLETE: 4 samples without a response, counted as not correct.
      SIMULATED: the answers come from the built-in simulator and say nothing about any model."
    `);
  });

  test('one block per benchmark where the matrix is too wide', () => {
    const text = summaryTable(twoByTwo, { ...plain, width: 40 });
    expect(text.replaceAll('\u00a0', ' ').split('\n').slice(0, 9).join('\n')).toMatchInlineSnapshot(`
      "demo/run

      mathvision  n = 304
        global_step_8     32.9 %  27.9–38.4
        global_step_16    46.1 %  40.5–51.7

      wemath  n = 1,740
        global_step_8     51.7 %  49.4–54.4 *
        global_step_16    57.5 %  55.1–59.8"
    `);
  });

  test("shows DynaMath's worst case and We-Math's strict score with n and interval, where a checkpoint has them", () => {
    const seeds = { rows: 60, groupSize: 3, facets: { variant: ['1', '2', '3'] }, metrics: ['variants'] } as const;
    const steps = ['one-step', 'one-step', 'two-step'];
    const composites = { rows: 90, groupSize: 3, facets: { step: steps }, metrics: ['four-dimensional'] } as const;
    const run = runOf({
      a: { wemath: drawSummary('w', 0.6, composites), dynamath: drawSummary('d', 0.6, seeds) },
      b: { wemath: drawSummary('v', 0.6, composites), dynamath: drawSummary('e', 0.8, seeds, { failed: 0.1 }) },
      c: { wemath: drawSummary('u', 0.6, { ...composites, rows: 2 }) },
    });
    const lines = summaryTable(run, plain).replaceAll('\u00a0', ' ').split('\n').slice(8, 14).join('\n');
    expect(lines).toMatchInlineSnapshot(`
      "checkpoint   wemath strict score          dynamath worst case
                                                n = 20
      a             35.0 %  20.6–52.8  n = 30    25.0 %  11.2–46.9
      b             23.3 %  12.1–40.3  n = 30    55.0 %  34.2–81.9 *
      c            –  n = 0                     not asked
      "
    `);
  });

  test('gives every figure its own n where checkpoints were asked different numbers', () => {
    const text = summaryTable(
      runOf({
        a: { wemath: summaryOf({ correct: 5, incorrect: 5 }) },
        b: { wemath: summaryOf({ correct: 6, incorrect: 6 }), dynamath: summaryOf({ correct: 1 }) },
      }),
      plain,
    );
    expect(text).toMatch(/a .*n = 10 .*not asked/);
    expect(text).toMatch(/b .*n = 12/);
  });

  test('lines up names that are wide, cuts names that are long, and lets no escape sequence through', () => {
    const wemath = summaryOf({ correct: 5, incorrect: 5 });
    const text = summaryTable(
      runOf({ 检查点八: { wemath }, [`x${'y'.repeat(90)}z`]: { wemath }, 'a\u001b[31mred\u202e': { wemath } }),
      plain,
    );
    expect([...text].filter((character) => ['\u001b', '\u202e'].includes(character))).toEqual([]);
    const starts = text
      .split('\n')
      .filter((line) => line.includes('%  '))
      .map((line) => displayWidth(line.slice(0, line.indexOf('50.0'))));
    expect(starts).toHaveLength(3);
    expect(new Set(starts).size).toBe(1);
    expect(starts[0]).toBeLessThan(60);
  });

  test('colours only when asked, and then says the same', () => {
    const coloured = summaryTable(twoByTwo, { colour: true, simulated: false });
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this is about
    expect(coloured.replace(/\u001b\[[0-9;]*m/g, '')).toBe(summaryTable(twoByTwo, plain));
  });

  test('an empty run, and a benchmark of which nothing was asked', () => {
    expect(summaryTable(runOf({}), plain)).toBe('demo/run\nNothing has been graded yet.');
    expect(summaryTable(runOf({ a: { wemath: summaryOf({}) } }), plain)).toMatch(/a +–$/m);
  });

  test('never shows a share that is not quite all as all, or not quite none as none', () => {
    const text = summaryTable(
      runOf({
        a: { x: summaryOf({ correct: 2999, incorrect: 1 }) },
        b: { x: summaryOf({ correct: 1, incorrect: 2999 }) },
      }),
      plain,
    );
    expect(text).toContain('>99.9');
    expect(text).toContain('<0.1');
    expect(text).not.toContain('100.0');
  });
});
