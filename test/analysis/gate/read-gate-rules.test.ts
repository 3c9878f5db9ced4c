import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGateRules } from '../../../src/analysis/gate/read-gate-rules.ts';

describe('rules of a gate', () => {
  test('amounts may be points, percents or proportions; scopes are each, average or names', () => {
    const { alpha, rules } = readGateRules(
      `alpha: 0.1
rules:
  - {metric: accuracy, on: each benchmark, margin: 2 points}
  - {name: hard ones, metric: accuracy, on: [mathverse, wemath], bucket: hard, margin: 0.03}
  - {on: average, margin: 0}
  - {metric: format_failures, on: average, at_most: 2 %}
  - {metric: n, at_least: 500}
  - {metric: accuracy, on: mathverse, facet: version=Vision Only, at_least: 40 %}
`,
      'gate.yaml',
    );
    expect(alpha).toBe(0.1);
    expect(rules.map(({ on, metric, bound }) => [on, metric, bound.kind, bound.amount])).toEqual([
      ['each', 'accuracy', 'margin', 0.02],
      [['mathverse', 'wemath'], 'accuracy', 'margin', 0.03],
      ['average', 'accuracy', 'margin', 0],
      ['average', 'no_answer', 'at_most', 0.02],
      ['each', 'asked', 'at_least', 500],
      [['mathverse'], 'accuracy', 'at_least', 0.4],
    ]);
    expect(rules[5]?.part).toEqual({ kind: 'facet', facet: 'version', value: 'Vision Only' });
  });

  test.each([
    ['rules:\n  - {metric: recall, margin: 2 points}', 2, 'recall'],
    ['rules:\n  - {metric: accuracy, margin: 2}', 2, 'margin'],
    ['rules:\n  - {metric: accuracy}', 2, 'margin'],
    ['rules:\n  - {metric: accuracy, margin: 2 points, at_least: 0.5}', 2, 'margin'],
    ['rules:\n  - {metric: no_answer, margin: 2 points}', 2, 'no_answer'],
    ['rules:\n  - {metric: accuracy, bucket: extreme, margin: 0.1}', 2, 'bucket'],
    ['rules:\n  - {metric: accuracy, marign: 0.1}', 2, 'marign'],
    ['alpha: 2\nrules:\n  - {margin: 0.1}', 1, 'alpha'],
    ['rules: []', 1, 'rule'],
    ['rules:\n  - {on: [], margin: 2 points}', 2, 'each'],
    ['just text', 1, 'rules'],
    ['rules:\n  - {margin: 0.1', 2, ''],
  ])('%j is refused with its line', (text, line, word) => {
    let message = '';
    try {
      readGateRules(text, 'gate.yaml');
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(new RegExp(`gate\\.yaml:${line}`));
    expect(message).toContain(word);
  });

  test('the message about an unknown metric lists the known ones', () => {
    expect(() => readGateRules('rules:\n  - {metric: recall, margin: 0.1}', 'g')).toThrow(
      expect.objectContaining({ code: 'GATE_INVALID', hint: expect.stringContaining('accuracy') }),
    );
  });

  test('any text gives rules or a coded error', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'rules:\n -{}metric,margin0.5%&*!|>#"\'') }), (text) => {
        try {
          readGateRules(text, 'g');
        } catch (error) {
          expect(error).toMatchObject({ code: 'GATE_INVALID' });
        }
      }),
    );
  });
});
