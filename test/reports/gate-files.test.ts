import { expect, test } from 'vitest';
import { gateJunit, gateMarkdown } from '../../src/reports/gate-files.ts';
import type { GateReport } from '../../src/reports/gate-table.ts';
import { gateTable } from '../../src/reports/gate-table.ts';

const hostile = '</failure><script>alert(1)</script> | `x` @everyone \u001b[31m \ud800';

const report: GateReport = {
  run: hostile,
  checkpoint: 'b',
  baseline: { run: 'other', checkpoint: hostile },
  mode: 'rules',
  grader: 'rules/2',
  simulated: true,
  decision: 'regression',
  alpha: 0.05,
  notes: [hostile],
  rules: [
    {
      rule: hostile,
      scope: hostile,
      metric: 'accuracy',
      part: undefined,
      bound: { kind: 'margin', amount: 0.02 },
      decision: 'regression',
      p: 0.001,
      n: 500,
      newer: 0.4,
      older: 0.5,
      lower: -0.14,
      upper: -0.06,
      note: 'There are too few groups.',
    },
    {
      rule: 'floor',
      scope: 'a',
      metric: 'accuracy',
      part: undefined,
      bound: { kind: 'at_least', amount: 0.3 },
      decision: 'pass',
      p: 1,
      n: 500,
      newer: 0.4,
      older: null,
      lower: 0.36,
      upper: 0.44,
    },
  ],
};

test('names are no markup in XML or Markdown, and no escapes in a terminal', () => {
  const xml = gateJunit(report);
  expect(xml).not.toContain('<script');
  expect(xml).not.toContain('\u001b');
  expect(xml).not.toMatch(/[\ud800-\udfff]/);
  expect(xml.match(/<testcase/g)).toHaveLength(2);
  expect(xml).toContain('n 500. There are too few groups');
  expect(xml.match(/<\/failure>/g)).toBeNull();
  const markdown = gateMarkdown(report);
  expect(markdown).not.toMatch(/(?<!\\)<script|@everyone/);
  const row = markdown.split('\n').find((line) => line.includes('regression |')) ?? '';
  expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
  expect(markdown).toContain('There are too few groups.');
  expect(gateTable(report, { colour: false, width: 100 })).not.toContain('\u001b');
});

test('a table keeps to the terminal, says what is simulated, and ends with the decision', () => {
  const table = gateTable(report, { colour: false, width: 80 });
  expect(table).toContain('50.0 % → 40.0 %  [−14.0, −6.0] points');
  expect(table).toContain('REGRESSION');
  expect(table).toContain('SIMULATED');
});
