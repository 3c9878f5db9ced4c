import { expect, test } from 'vitest';
import { masteryTable } from '../../src/reports/mastery-table.ts';
import { deltaToBase } from '../../src/reports/overview-delta.ts';
import { overviewVerdict } from '../../src/reports/overview-verdict.ts';
import { drawComparison } from './make-comparison.ts';
import { richRun } from './make-run.ts';
import { checkpointOf, summaryOf } from './make-summary.ts';

const at = (name: string, correct: number) =>
  checkpointOf(name, null, { wemath: summaryOf({ correct, incorrect: 100 - correct }) });
const titleOf = () => 'We-Math';
const said = (...checkpoints: Parameters<typeof overviewVerdict>[0]) =>
  overviewVerdict(checkpoints, [], titleOf).replaceAll('\u00a0', ' ');

test('without a comparison the verdict claims no difference', () => {
  expect(said(at('a', 30), at('b', 70))).toBe(
    'b is highest on We-Math: 70.0 %, against 30.0 % of a. Their intervals do not overlap; whether the difference is more than chance has not been tested.',
  );
  expect(said(at('a', 30), at('b', 32))).toContain('Their intervals overlap;');
  expect(said(at('a', 70), at('b', 30))).toContain('Whether the later ones are worse has not been tested.');
  expect(said(at('a', 30))).toBe('a answers 30.0 % (21.9–39.6) on We-Math right.');
  expect(said()).toBe('');
});

test('a comparison speaks, and marks only what holds after correction', () => {
  const comparison = drawComparison({ a: 0.3, b: 0.31, c: 0.7 }, ['wemath']);
  const summaries = [at('a', 30), at('b', 31), at('c', 70)];
  expect(overviewVerdict(summaries, [comparison], titleOf)).toMatch(/^c is best on /);
  const deltas = summaries.map((summary) => deltaToBase(summary, 'wemath', summaries, [comparison]));
  expect(deltas[0]).toEqual({});
  expect(deltas[1]?.trend).toBeUndefined();
  expect(deltas[2]).toMatchObject({ trend: 'better', delta: expect.stringMatching(/^\+\d/) });
  expect(deltaToBase(summaries[2]!, 'wemath', summaries, [])).toEqual({ delta: '+40.0' });
});

test('shares of composites are of all composites and add up to one', () => {
  const table = masteryTable('wemath', 'We-Math', richRun(2).summaries);
  expect(table?.rows).toHaveLength(4);
  for (const { cells } of table?.rows ?? []) {
    const shares = cells.slice(1).map(({ main }) => Number(main));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);
    expect(cells[0]?.bar?.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100, 1);
  }
  expect(masteryTable('mathvista', 'MathVista', richRun(1).summaries)).toBeUndefined();
});
